"""The supervisors' board: what it shows, to whom, and what of it (PM-11, PM-3)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.assignments import assign_conversation, assign_to_team
from inbox.actions.replies import send_text
from inbox.actions.resolutions import resolve_conversation
from inbox.actions.risk_lists import lay_risk_lists
from inbox.actions.sla import Promise, set_service
from inbox.actions.snoozes import snooze_conversation
from inbox.board.figures import figures
from inbox.models import Channel
from security.actions.duties import give_duty
from security.actions.people import leave_region
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, can_take, team
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says


def shown(cast: Cast, name: str = "dee", **query: Any) -> dict[str, Any]:
    return cast.browser(name).get("/api/v1/board", query).json()


def person(board: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in board["people"] if one["name"] == name)


def test_the_queue_is_what_waits_for_nobody_in_the_order_of_waiting(cast: Cast, shop: Channel):
    late, early, taken = (thread(shop, ago=ago) for ago in (60, 600, 300))
    assign_conversation(by=cast.access("fay"), conversation_id=taken.pk, to=cast.ben.pk)
    board = shown(cast)
    assert board["queue"] == {"ids": [str(early.pk), str(late.pk)], "count": 2}
    told = {one["id"]: one for one in board["conversations"]}
    assert set(told) == {str(early.pk), str(late.pk)} and told[str(early.pk)]["waiting_since"]


def test_people_are_shown_with_what_they_have(cast: Cast, shop: Channel):
    can_take(cast.ben, capacity=7)
    at_work(cast.ben)
    group = team(cast, cast.ben)
    first, second = (thread(shop, ago=ago) for ago in (600, 60))
    for talk in (first, second):
        assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    send_text(by=cast.access("ben"), conversation_id=second.pk, client_ref="1", text="Yes")
    board = shown(cast)
    ben = person(board, "Ben")
    assert (ben["load"], ben["waiting"], ben["capacity"], ben["is_here"], ben["team_ids"]) == (
        2,
        1,
        7,
        True,
        [group.pk],
    )
    assert ben["last_reply_at"] is not None and ben["waiting_since"] is not None
    assert (person(board, "Fay")["load"], person(board, "Fay")["last_reply_at"]) == (0, None)
    assert "Eli" not in {one["name"] for one in board["people"]}


def test_a_team_is_shown_with_what_waits_for_it(cast: Cast, shop: Channel):
    group = team(cast, cast.ben)
    talk = thread(shop)
    assign_to_team(by=cast.access("fay"), conversation_id=talk.pk, team_id=group.pk)
    assert shown(cast)["teams"] == [{"id": group.pk, "name": "Orders", "region_id": cast.asia.pk, "waiting": 1}]


def test_promises_at_risk_and_broken_come_as_they_are_due(cast: Cast, shop: Channel):
    promise = Promise(None, None, 30, 60, None, within_hours=True)
    set_service(by=cast.access("dee"), region_id=cast.asia.pk, hours=[], holidays=[], promises=[promise])
    first, second = (thread(shop, ago=ago) for ago in (120, 60))
    assert shown(cast)["at_risk"]["count"] == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=28, seconds=30)):
        board = shown(cast)
        assert (board["at_risk"]["ids"], board["broken"]) == ([str(first.pk), str(second.pk)], 1)


def test_what_is_risky_and_what_wakes_soon(cast: Cast, shop: Channel):
    lay_risk_lists()
    fraud, harm = thread(shop, text="詐騙詐騙詐騙"), thread(shop, text="我不想活了")
    soon, later = thread(shop), thread(shop)
    for talk, minutes in ((soon, 30), (later, 300)):
        until = timezone.now() + timedelta(minutes=minutes)
        snooze_conversation(by=cast.access("ben"), conversation_id=talk.pk, until=until)
    board = shown(cast)
    assert board["risky"] == {"ids": [str(harm.pk), str(fraud.pk)], "count": 2}
    assert board["waking"] == {"ids": [str(soon.pk)], "count": 1}


def test_today_in_figures(cast: Cast, shop: Channel):
    old, answered, done = thread(shop, ago=2 * 86400), thread(shop, ago=600), thread(shop, ago=300)
    for talk in (answered, done):
        send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref=str(talk.pk), text="Yes")
    resolve_conversation(by=cast.access("ben"), conversation_id=done.pk)
    figures = shown(cast)["figures"]
    assert (figures["answered"], figures["resolved"], figures["over_window"]) == (2, 1, 1)
    assert 295 <= figures["median_seconds"] <= 330
    assert old.pk and figures["received"] >= 1


def test_figures_of_whoever_sees_less_are_their_own(cast: Cast, shop: Channel):
    give_duty(by=BY, user=cast.fay, duty="finance")
    thread(shop, ago=600)
    whole, part = cast.access("dee"), cast.access("fay")
    assert figures(access=whole, channel_ids=[shop.pk]).received == 1
    assert figures(access=part, channel_ids=[shop.pk]).received == 0
    assert figures(access=whole, channel_ids=[shop.pk]).received == 1


def test_by_region_and_by_channel(cast: Cast, shop: Channel):
    other, far = channel(cast.asia), channel(cast.europe)
    here, there, away = thread(shop), thread(other), thread(far)
    assert shown(cast)["queue"]["count"] == 3
    assert set(shown(cast, region=cast.asia.pk)["queue"]["ids"]) == {str(here.pk), str(there.pk)}
    assert shown(cast, channel=str(far.pk))["queue"]["ids"] == [str(away.pk)]
    assert {one["name"] for one in shown(cast, region=cast.europe.pk)["people"]} == {"Ana", "Cho", "Dee"}


def test_another_region_is_not_on_it(cast: Cast, shop: Channel):
    away = thread(channel(cast.europe))
    leave_region(by=BY, user=cast.dee, region=cast.europe)
    board = shown(cast)
    assert board["queue"]["count"] == 0 and "Cho" not in {one["name"] for one in board["people"]}
    for query in ({"region": cast.europe.pk}, {"channel": str(away.channel_id)}):
        empty = shown(cast, **query)
        assert empty["queue"]["count"] == 0 and empty["conversations"] == [] and empty["teams"] == []


@pytest.mark.parametrize("query", [{"region": "x"}, {"region": "1" * 30}, {"channel": "x"}, {"region": "-1"}])
def test_nonsense_is_refused(cast: Cast, query: dict[str, str]):
    answer = cast.browser("dee").get("/api/v1/board", query)
    assert (answer.status_code, answer.json()["field"]) == (400, next(iter(query)))


def test_only_supervisors_see_it(cast: Cast):
    statuses = {
        name: cast.browser(name).get("/api/v1/board").status_code for name in ("ana", "ben", "dee", "eli", "fay")
    }
    assert statuses == {"ana": 200, "ben": 403, "dee": 200, "eli": 403, "fay": 403}


def test_the_statements_do_not_grow_with_the_work(cast: Cast, shop: Channel):
    counted = []
    for more in (2, 20):
        for number in range(more):
            who = customer(f"Customer {number}")
            says(shop, who, message(who))
        dee = cast.browser("dee")
        dee.get("/api/v1/board")  # names and keys are known after this
        with CaptureQueriesContext(connection) as asked:
            dee.get("/api/v1/board")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 40


def _statements_of(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get("/api/v1/board")
    return len(asked)
