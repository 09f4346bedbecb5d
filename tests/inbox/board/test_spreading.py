"""Moving conversations on the board: two supervisors at once, and spreading what waits at somebody away."""

from typing import Any

import pytest

from inbox.actions.assignments import assign_conversation
from inbox.actions.locks import lock_conversation
from inbox.models import Channel, Conversation
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.inbox.together.conftest import call
from tests.worlds.channels import channel
from tests.worlds.duty import at_work, can_take, given, holder, rule, team
from tests.worlds.threads import thread


def moved(cast: Cast, talk: Conversation, to: int | None, *, by: str = "dee", seen: Any = None) -> Any:
    body = {"assignee": to} if seen is None else {"assignee": to, "seen": seen}
    return call(cast.browser(by), "post", f"conversations/{talk.pk}/assign", body)


def preview(cast: Cast, by: str = "dee") -> list[dict[str, Any]]:
    return cast.browser(by).get(f"/api/v1/people/{cast.ben.pk}/spread").json()["results"]


def spread(cast: Cast, moves: list[dict[str, Any]], by: str = "dee") -> Any:
    wanted = [{name: one[name] for name in ("conversation_id", "person_id")} for one in moves]
    return call(cast.browser(by), "post", f"people/{cast.ben.pk}/spread", {"moves": wanted})


@pytest.fixture
def waiting(cast: Cast, shop: Channel) -> list[Conversation]:
    """Three of Ben's, whose customers wait."""
    talks = [thread(shop, ago=ago) for ago in (300, 200, 100)]
    for talk in talks:
        assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    return talks


def test_what_somebody_moved_meanwhile_is_left_and_told(cast: Cast, shop: Channel):
    talk, nobody = thread(shop), {"assignee": None, "team": None}
    assert moved(cast, talk, cast.ben.pk, seen=nobody).status_code == 200
    refused = moved(cast, talk, cast.fay.pk, by="ana", seen=nobody)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    assert holder(talk) == cast.ben.pk
    assert moved(cast, talk, None, seen={"assignee": cast.ben.pk, "team": None}).status_code == 200


def test_a_team_is_a_place_too(cast: Cast, shop: Channel):
    group, talk = team(cast, cast.ben), thread(shop)
    body = {"team": group.pk, "seen": {"assignee": None, "team": None}}
    assert call(cast.browser("dee"), "post", f"conversations/{talk.pk}/team", body).status_code == 200
    again = call(cast.browser("ana"), "post", f"conversations/{talk.pk}/team", body)
    assert again.json()["code"] == "changed_meanwhile"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_drag_the_same_card_one_moves_it(cast: Cast):
    talk, nobody = thread(channel(cast.asia)), {"assignee": None, "team": None}
    answers: dict[str, int] = {}

    def drag(by: str, to: int) -> None:
        answers[by] = moved(cast, talk, to, by=by, seen=nobody).status_code

    at_once(lambda: drag("dee", cast.ben.pk), lambda: drag("ana", cast.fay.pk))
    assert sorted(answers.values()) == [200, 409]
    winner = cast.ben.pk if answers["dee"] == 200 else cast.fay.pk
    assert holder(talk) == winner and len(given(talk)) == 1


def test_a_preview_follows_the_rules_and_capacities(cast: Cast, shop: Channel, waiting: list[Conversation]):
    at_work(cast.fay, cast.dee, cast.ben)
    can_take(cast.fay, capacity=1)
    can_take(cast.dee, capacity=1)
    plan = preview(cast)
    assert [one["conversation_id"] for one in plan] == [str(talk.pk) for talk in waiting]
    assert {one["person_id"] for one in plan[:2]} == {cast.fay.pk, cast.dee.pk} and plan[2]["person_id"] is None
    assert [holder(talk) for talk in waiting] == [cast.ben.pk] * 3


def test_a_rule_of_the_number_is_kept(cast: Cast, shop: Channel, waiting: list[Conversation]):
    at_work(cast.fay, cast.dee)
    can_take(cast.dee, skills=("orders",))
    rule(cast, shop, skill="orders")
    assert {one["person_id"] for one in preview(cast)} == {cast.dee.pk}


def test_it_is_spread_as_previewed(cast: Cast, waiting: list[Conversation]):
    at_work(cast.fay)
    answer = spread(cast, preview(cast)).json()
    assert answer == {"moved": 3, "left": []}
    assert [holder(talk) for talk in waiting] == [cast.fay.pk] * 3
    assert given(waiting[0])[-1].method == "balance"


def test_what_changed_meanwhile_is_left(cast: Cast, waiting: list[Conversation]):
    at_work(cast.fay)
    plan = preview(cast)
    assign_conversation(by=cast.access("fay"), conversation_id=waiting[0].pk, to=cast.dee.pk)
    can_take(cast.fay, capacity=1)
    answer = spread(cast, plan).json()
    assert answer["moved"] == 1 and set(answer["left"]) == {str(waiting[0].pk), str(waiting[2].pk)}
    assert holder(waiting[0]) == cast.dee.pk


def test_a_locked_one_stays(cast: Cast, waiting: list[Conversation]):
    at_work(cast.fay)
    lock_conversation(by=cast.access("dee"), conversation_id=waiting[0].pk, reason="A refund")
    assert str(waiting[0].pk) not in {one["conversation_id"] for one in preview(cast)}


def test_only_supervisors_of_the_region_spread(cast: Cast, waiting: list[Conversation]):
    from security.actions.people import leave_region
    from tests.conftest import BY

    at_work(cast.fay)
    plan = preview(cast)
    assert spread(cast, plan, by="fay").status_code == 403
    leave_region(by=BY, user=cast.dee, region=cast.asia)
    assert spread(cast, plan).status_code == 404
    assert holder(waiting[0]) == cast.ben.pk


def test_nothing_is_no_spread(cast: Cast, waiting: list[Conversation]):
    assert spread(cast, []).json()["code"] == "nothing_to_spread"
