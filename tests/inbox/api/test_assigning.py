"""Giving out work through the API: who is offered, teams, and why somebody was given something."""

from typing import Any

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from inbox.actions.assignments import assign_conversation
from inbox.actions.dispatch import give_waiting
from inbox.actions.replies import send_text
from inbox.assigning.rota import on_duty
from inbox.errors import AssigneeUnfit
from inbox.models import Channel, Conversation
from security.actions.duties import give_duty
from security.actions.traineeships import start_traineeship
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, can_take, holder, rule, team
from tests.worlds.threads import fresh, logged, thread

API = "/api/v1"


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def talk(shop: Channel) -> Conversation:
    return thread(shop, customer("Mei Lin"))


def get(client: Client, path: str) -> Any:
    return client.get(f"{API}/{path}")


def put(client: Client, path: str, **body: Any) -> Any:
    return client.put(f"{API}/{path}", body, content_type="application/json")


def post(client: Client, talk: Conversation, deed: str, **body: Any) -> Any:
    return client.post(f"{API}/conversations/{talk.pk}/{deed}", body, content_type="application/json")


# --- who could have it


def test_who_has_not_set_a_password_yet_is_offered_to_nobody_and_given_nothing(cast: Cast, talk: Conversation):
    at_work(cast.fay)
    cast.fay.set_unusable_password()
    cast.fay.save()
    offered = get(cast.browser("dee"), f"conversations/{talk.pk}/assignees").json()
    assert {one["name"] for one in offered["people"]} == {"Ana", "Ben", "Dee"}
    assert on_duty(cast.asia.pk) == []
    with pytest.raises(AssigneeUnfit):
        assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.fay.pk)


def test_those_who_may_answer_are_offered_with_what_they_have_and_can(cast: Cast, shop: Channel, talk: Conversation):
    at_work(cast.fay)
    can_take(cast.fay, languages=("ja", "en"), skills=("Returns",), capacity=3)
    assign_conversation(by=cast.access("dee"), conversation_id=thread(shop).pk, to=cast.fay.pk)
    offered = get(cast.browser("fay"), f"conversations/{talk.pk}/assignees").json()
    assert offered["people"][0] == {
        "id": cast.fay.pk, "name": "Fay", "availability": "available", "is_here": True, "load": 1, "capacity": 3,
        "languages": ["en", "ja"], "skills": ["returns"],
    }  # fmt: skip
    assert {one["name"] for one in offered["people"]} == {"Ana", "Ben", "Dee", "Fay"}, (
        "Eli only reads, Cho is elsewhere"
    )


def test_whoever_would_not_see_it_is_not_offered_and_a_trainee_is(cast: Cast, talk: Conversation):
    give_duty(by=BY, user=cast.ben, duty="finance")
    start_traineeship(by=BY, user=cast.fay)
    dee = cast.browser("dee")
    names = {one["name"] for one in get(dee, f"conversations/{talk.pk}/assignees").json()["people"]}
    assert "Ben" not in names, "he sees only what is marked payment"
    assert "Fay" in names, "she sees it once it is hers"
    assert post(dee, talk, "assign", assignee=cast.ben.pk).json()["code"] == "assignee_unfit"
    assert post(dee, talk, "assign", assignee=cast.fay.pk).status_code == 200
    post(dee, talk, "payment")
    assert post(dee, talk, "assign", assignee=cast.ben.pk).status_code == 200


def test_the_teams_of_its_region_are_offered(cast: Cast, talk: Conversation):
    team(cast, cast.ben, name="Orders")
    team(cast, cast.cho, name="Europe's", region=cast.europe)
    offered = get(cast.browser("dee"), f"conversations/{talk.pk}/assignees").json()["teams"]
    assert [one["name"] for one in offered] == ["Orders"]


def test_who_is_offered_costs_the_same_for_few_and_for_many(cast: Cast, talk: Conversation):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from security.actions.people import add_person

    def cost() -> int:
        browser = cast.browser("dee")
        with CaptureQueriesContext(connection) as queries:
            get(browser, f"conversations/{talk.pk}/assignees")
        return len(queries)

    cost()  # reads the policy
    few = cost()
    for number in range(8):
        add_person(by=BY, email=f"a{number}@kefu.test", name="A", password="x" * 14, level="agent", regions=[cast.asia])
    assert cost() == few <= 15


# --- teams


def test_given_to_a_team_it_waits_for_anybody_of_it(cast: Cast, talk: Conversation):
    orders = team(cast, cast.ben)
    shown = post(cast.browser("fay"), talk, "team", team=orders.pk).json()
    assert (shown["team"], shown["assignee"]) == ({"id": orders.pk, "name": "Orders"}, None)
    ben, fay = cast.browser("ben"), cast.browser("fay")
    assert [row["id"] for row in get(ben, "conversations?view=team").json()["results"]] == [str(talk.pk)]
    assert get(fay, "conversations?view=team").json()["results"] == []
    assert (get(ben, "conversations/counts").json()["team"], get(fay, "conversations/counts").json()["team"]) == (1, 0)
    assert len(get(fay, f"conversations?team={orders.pk}").json()["results"]) == 1
    post(ben, talk, "assign", assignee=cast.ben.pk)
    assert get(ben, "conversations/counts").json()["team"] == 0
    post(ben, talk, "assign", assignee=None)
    assert get(ben, "conversations/counts").json()["team"] == 1, "put back it waits for the team again"
    assert post(fay, talk, "team", team=None).json()["team"] is None
    assert [line.details for line in logged("conversation.team_set")] == [
        {"before": None, "after": orders.pk}, {"before": orders.pk, "after": None}]  # fmt: skip


def test_handing_to_a_team_takes_it_from_whoever_has_it(cast: Cast, talk: Conversation):
    orders = team(cast, cast.ben)
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.ben.pk)
    assert post(cast.browser("ben"), talk, "team", team=orders.pk).json()["assignee"] is None


def test_a_team_of_another_region_cannot_have_it(cast: Cast, talk: Conversation):
    abroad = team(cast, cast.cho, region=cast.europe)
    for wanted in (abroad.pk, 999_999):
        answer = post(cast.browser("dee"), talk, "team", team=wanted)
        assert (answer.status_code, answer.json()["code"]) == (400, "team_unfit")
    assert fresh(talk).team_id is None


def test_an_agent_hands_to_a_team_only_what_is_theirs_or_nobodys(cast: Cast, talk: Conversation):
    orders = team(cast, cast.ben)
    assert post(cast.browser("ben"), talk, "team", team=orders.pk).status_code == 200
    assert post(cast.browser("ben"), talk, "team", team=None).status_code == 200
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.fay.pk)
    assert post(cast.browser("ben"), talk, "team", team=orders.pk).status_code == 403
    assert post(cast.browser("cho"), talk, "team", team=orders.pk).status_code == 404
    assert post(cast.browser("eli"), talk, "team", team=orders.pk).status_code == 403
    assert holder(talk) == cast.fay.pk and fresh(talk).team_id is None


def test_teams_are_listed_to_those_of_their_region(cast: Cast):
    orders = team(cast, cast.ben, cast.fay)
    (shown,) = get(cast.browser("eli"), "teams").json()["results"]
    assert shown == {"id": orders.pk, "name": "Orders", "region_id": cast.asia.pk,
                     "person_ids": [cast.ben.pk, cast.fay.pk]}  # fmt: skip
    assert get(cast.browser("cho"), "teams").json()["results"] == []
    assert get(cast.browser("ben"), "me").json()["team_ids"] == [orders.pk]


# --- attacks on assignment


@pytest.mark.parametrize("who", ["cho", "eli"])
def test_nobody_gives_a_conversation_to_who_cannot_see_or_answer_it(cast: Cast, talk: Conversation, who: str):
    answer = post(cast.browser("ana"), talk, "assign", assignee=getattr(cast, who).pk)
    assert (answer.status_code, answer.json()["code"]) == (400, "assignee_unfit")
    assert holder(talk) is None


def test_an_agent_gives_away_only_what_is_theirs(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    assert post(ben, talk, "assign", assignee=cast.fay.pk).status_code == 403
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.fay.pk)
    for wanted in (cast.ben.pk, None):
        assert post(ben, talk, "assign", assignee=wanted).status_code == 403
    assert holder(talk) == cast.fay.pk


# --- why


def test_everybody_who_sees_it_can_ask_why(cast: Cast, shop: Channel, talk: Conversation):
    can_take(cast.fay, capacity=0)
    at_work(cast.ben, cast.fay)
    rule(cast, shop)
    give_waiting(channel_id=shop.pk)
    (why,) = get(cast.browser("eli"), f"conversations/{talk.pk}/assignments").json()["results"]
    assert (why["assignee"]["name"], why["by"], why["method"], why["rule"]) == ("Ben", None, "round_robin", "only")
    assert why["candidates"] == [
        {"id": cast.ben.pk, "name": "Ben", "load": 0, "capacity": 20, "out": ""},
        {"id": cast.fay.pk, "name": "Fay", "load": 0, "capacity": 0, "out": "full"},
    ]
    assert get(cast.browser("cho"), f"conversations/{talk.pk}/assignments").status_code == 404


def test_what_people_did_is_told_as_well(cast: Cast, talk: Conversation):
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    assign_conversation(by=cast.access("ben"), conversation_id=talk.pk, to=cast.fay.pk)
    newest, first = get(cast.browser("ben"), f"conversations/{talk.pk}/assignments").json()["results"]
    assert (newest["method"], newest["by"]["name"], newest["ended_at"]) == ("hand", "Ben", None)
    assert (first["method"], first["ended_how"]) == ("reply", "handed")


def test_whoever_was_shown_this_one_conversation_only_learns_no_colleague_of_its_region(
    cast: Cast, shop: Channel, talk: Conversation
):
    at_work(cast.ben, cast.fay)
    rule(cast, shop)
    give_waiting(channel_id=shop.pk)
    assign_perm("inbox.see_conversation", cast.cho, talk)
    (why,) = get(cast.browser("cho"), f"conversations/{talk.pk}/assignments").json()["results"]
    assert why["candidates"] == []
