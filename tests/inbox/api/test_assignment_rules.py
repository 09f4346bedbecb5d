"""The rules of numbers and what people can be given, through the API: set by supervisors, for their regions."""

from typing import Any

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from inbox.actions.assignments import assign_conversation
from inbox.models import AssignmentRule, Channel, Conversation
from security.models import WorkProfile
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, team
from tests.worlds.threads import logged, thread

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


# --- rules

RULE = {"method": "round_robin", "team": None, "skill": "", "language": "off", "returning": True}


def test_a_supervisor_sets_a_number_s_rule_and_it_is_in_the_log(cast: Cast, shop: Channel):
    dee, orders = cast.browser("dee"), team(cast, cast.ben)
    at_work(cast.ben)
    thread(shop)
    (before,) = get(dee, "assignment-rules").json()["results"]
    assert (before["method"], before["waiting"], before["on_duty"]) == ("off", 1, 1)
    wanted = {**RULE, "team": orders.pk, "skill": " VIP ", "language": "prefer"}
    shown = put(dee, f"assignment-rules/{shop.pk}", **wanted).json()
    assert shown == get(dee, "assignment-rules").json()["results"][0]
    assert (shown["method"], shown["team"]["name"], shown["skill"], shown["language"]) == (
        "round_robin", "Orders", "vip", "prefer")  # fmt: skip
    (line,) = logged("channel.assignment_set")
    assert line.details == {"method": ["off", "round_robin"], "team_id": [None, orders.pk], "skill": ["", "vip"]}


@pytest.mark.parametrize("who", ["ben", "fay", "eli"])
def test_below_supervisor_nobody_sees_or_sets_rules_or_work(cast: Cast, shop: Channel, who: str):
    browser = cast.browser(who)
    assert get(browser, "assignment-rules").status_code == 403
    assert put(browser, f"assignment-rules/{shop.pk}", **RULE).status_code == 403
    assert get(browser, "workloads").status_code == 403
    assert put(browser, f"workloads/{cast.ben.pk}", languages=[], skills=[], capacity=100).status_code == 403
    assert not AssignmentRule.objects.exists() and not WorkProfile.objects.exists()


def test_the_rule_of_another_region_s_number_does_not_exist_even_where_the_number_is_seen(cast: Cast):
    from security.actions.people import leave_region

    abroad = channel(cast.europe)
    leave_region(by=BY, user=cast.dee, region=cast.europe)
    dee = cast.browser("dee")
    assert put(dee, f"assignment-rules/{abroad.pk}", **RULE).status_code == 404
    assign_perm("inbox.see_channel", cast.dee, abroad)
    assert put(dee, f"assignment-rules/{abroad.pk}", **RULE).status_code == 404
    assert get(dee, "assignment-rules").json()["results"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"method": "lottery"}, "method"),
        ({"method": None}, "method"),
        ({"language": "zh"}, "language"),
        ({"team": 999_999}, "team"),
        ({"skill": "x" * 41}, "skill"),
        ({"returning": "maybe"}, "returning"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_its_field(cast: Cast, shop: Channel, wrong: Any, field: str):
    answer = put(cast.browser("dee"), f"assignment-rules/{shop.pk}", **{**RULE, **wrong})
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert not AssignmentRule.objects.exists()


def test_a_rule_s_team_is_of_its_number_s_region(cast: Cast, shop: Channel):
    abroad = team(cast, cast.cho, region=cast.europe)
    answer = put(cast.browser("dee"), f"assignment-rules/{shop.pk}", **{**RULE, "team": abroad.pk})
    assert (answer.status_code, answer.json()["field"]) == (400, "team")


# --- what people can be given


def test_a_supervisor_sets_what_somebody_can_be_given(cast: Cast):
    dee = cast.browser("dee")
    shown = put(dee, f"workloads/{cast.ben.pk}", languages=["ja", "zh"], skills=["VIP", " returns "], capacity=7).json()
    assert (shown["languages"], shown["skills"], shown["capacity"], shown["usual_capacity"]) == (
        ["ja", "zh"], ["returns", "vip"], 7, 20)  # fmt: skip
    (line,) = logged("person.work_changed")
    assert line.details["capacity"] == [None, 7]
    shown = put(dee, f"workloads/{cast.ben.pk}", languages=[], skills=[], capacity=None).json()
    assert (shown["languages"], shown["own_language"], shown["capacity"]) == ([], "zh", None)


def test_those_who_answer_are_listed_with_their_load(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.ben.pk)
    rows = {row["name"]: row for row in get(cast.browser("dee"), "workloads").json()["results"]}
    assert set(rows) == {"Ana", "Ben", "Cho", "Dee", "Fay"} and rows["Ben"]["load"] == 1


def test_somebody_of_another_region_does_not_exist(cast: Cast):
    from security.actions.people import leave_region

    leave_region(by=BY, user=cast.dee, region=cast.europe)
    answer = put(cast.browser("dee"), f"workloads/{cast.cho.pk}", languages=[], skills=[], capacity=1)
    assert answer.status_code == 404 and not WorkProfile.objects.exists()
    assert "Cho" not in {row["name"] for row in get(cast.browser("dee"), "workloads").json()["results"]}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"languages": ["Chinese"]}, "languages.0"),
        ({"languages": ["Z!"]}, "languages"),
        ({"languages": "zh"}, "languages"),
        ({"skills": ["x" * 41]}, "skills.0"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": 501}, "capacity"),
        ({"capacity": "9"}, "capacity"),
    ],
)
def test_what_nobody_can_be_given_is_refused_with_its_field(cast: Cast, wrong: Any, field: str):
    wanted = {"languages": [], "skills": [], "capacity": None, **wrong}
    answer = put(cast.browser("dee"), f"workloads/{cast.ben.pk}", **wanted)
    assert (answer.status_code, answer.json()["field"].partition(".")[0]) == (400, field.partition(".")[0])
