"""What customers were promised: when it is due, who is told, and who may change it (PM-11)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.priorities import set_priority
from inbox.actions.replies import send_text
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.actions.sla import Promise, refresh_region, set_service, warn_due
from inbox.actions.snoozes import snooze_conversation, wake_conversation
from inbox.models import Channel, Conversation, SlaBreach, SlaPolicy
from security.errors import NotAllowed, NotFound
from security.models import StreamEvent
from tests.conftest import Cast
from tests.inbox.together.conftest import call, listed
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.webhooks import message, says


def promise(**change: Any) -> Promise:
    usual = {"channel_id": None, "priority": None, "first_minutes": 30, "next_minutes": 60, "resolution_hours": None}
    return Promise(**{**usual, "within_hours": True, **change})


def promised(cast: Cast, *promises: Promise, hours: Any = (), holidays: Any = ()) -> None:
    set_service(
        by=cast.access("dee"), region_id=cast.asia.pk, hours=hours, holidays=holidays, promises=promises or [promise()]
    )


# --- when it is due


def test_without_a_promise_nothing_is_due(talk: Conversation):
    row = fresh(talk)
    assert (row.due_at, row.risk_at, row.watch_at, row.due_for) == (None, None, None, "")


def test_the_first_answer_is_due_from_the_first_question_on(cast: Cast, shop: Channel):
    promised(cast)
    who = customer()
    talk = thread(shop, who)
    says(shop, who, message(who, "text", "Hello?"))
    row = fresh(talk)
    assert (row.due_for, row.due_at) == ("first", row.waiting_since + timedelta(minutes=30))
    assert row.risk_at == row.watch_at == row.waiting_since + timedelta(minutes=24)
    shown = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()
    assert shown["due_for"] == "first" and shown["due_at"] > shown["risk_at"]


def test_an_answer_keeps_it_and_the_next_question_has_its_own(cast: Cast, shop: Channel):
    promised(cast)
    who = customer()
    talk = thread(shop, who)
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    assert fresh(talk).due_at is None
    says(shop, who, message(who, "text", "And in blue?"))
    row = fresh(talk)
    assert (row.due_for, row.due_at) == ("next", row.waiting_since + timedelta(minutes=60))


def test_a_resolution_is_due_whoever_waits(cast: Cast, talk: Conversation):
    promised(cast, promise(resolution_hours=8))
    refresh_region(cast.asia.pk)
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    assert fresh(talk).due_for == "resolution"
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    assert fresh(talk).due_at is None
    reopen_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    assert fresh(talk).due_for == "resolution"


def test_the_most_particular_promise_holds(cast: Cast, shop: Channel):
    other = channel(cast.asia)
    promised(
        cast,
        promise(first_minutes=10),
        promise(first_minutes=20, priority="urgent"),
        promise(first_minutes=30, channel_id=shop.pk),
        promise(first_minutes=40, channel_id=shop.pk, priority="urgent"),
    )
    for place, priority, minutes in (
        (other, "normal", 10), (other, "urgent", 20), (shop, "normal", 30), (shop, "urgent", 40)
    ):  # fmt: skip
        talk = thread(place)
        set_priority(by=cast.access("ben"), conversation_id=talk.pk, priority=priority)
        row = fresh(talk)
        assert row.due_at - row.waiting_since == timedelta(minutes=minutes)


def test_what_sleeps_is_not_due_and_is_again_when_it_wakes(cast: Cast, talk: Conversation):
    promised(cast)
    refresh_region(cast.asia.pk)
    due = fresh(talk).due_at
    until = timezone.now() + timedelta(hours=1)
    snooze_conversation(by=cast.access("ben"), conversation_id=talk.pk, until=until)
    assert fresh(talk).due_at is None
    wake_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    assert fresh(talk).due_at == due


def test_a_change_of_the_promise_moves_what_is_open_and_tells_it(cast: Cast, talk: Conversation):
    promised(cast)
    assert refresh_region(cast.asia.pk) == 1 and refresh_region(cast.asia.pk) == 0
    version = fresh(talk).version
    promised(cast, promise(first_minutes=5))
    refresh_region(cast.asia.pk)
    row = fresh(talk)
    assert (row.due_at - row.waiting_since, row.version) == (timedelta(minutes=5), version + 1)


# --- who is told


def warned() -> list[tuple[str, str]]:
    rows = SlaBreach.objects.for_system("the test").order_by("told_at")
    return [(row.due_for, row.stage) for row in rows]


def test_it_is_told_once_near_and_once_when_broken(cast: Cast, talk: Conversation):
    promised(cast)
    refresh_region(cast.asia.pk)
    began = fresh(talk).waiting_since
    assert warn_due() == 0
    for minutes, told in ((25, 1), (26, 0), (31, 1), (90, 0)):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert warn_due() == told
    assert warned() == [("first", "near"), ("first", "breach")]
    assert StreamEvent.objects.filter(kind="sla.warned").count() == 2


def test_one_that_nobody_watched_is_told_as_broken_only(cast: Cast, talk: Conversation):
    promised(cast)
    refresh_region(cast.asia.pk)
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert warn_due() == 1
    assert warned() == [("first", "breach")]


def test_what_is_at_risk_has_a_view_in_the_order_in_which_it_is_due(cast: Cast, shop: Channel):
    promised(cast, promise(first_minutes=60), promise(first_minutes=30, priority="urgent"))
    first, second, third = (thread(shop, ago=ago) for ago in (300, 200, 100))
    set_priority(by=cast.access("ben"), conversation_id=third.pk, priority="urgent")
    ben = cast.browser("ben")
    assert listed(ben, "?view=at_risk") == []
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        ben = cast.browser("ben")  # the session of before has gone idle
        assert listed(ben, "?view=at_risk") == [str(row.pk) for row in (third, first, second)]
        assert ben.get("/api/v1/conversations/counts").json()["at_risk"] == 3
        page = ben.get("/api/v1/conversations?view=at_risk&limit=2").json()
        rest = ben.get(f"/api/v1/conversations?view=at_risk&cursor={page['next']}").json()
        assert [row["id"] for row in rest["results"]] == [str(second.pk)]


# --- who changes it


def body(**change: Any) -> dict[str, Any]:
    usual = {
        "hours": [{"weekday": 0, "opens": "09:00", "closes": "18:00"}],
        "holidays": [{"on": "2026-12-25", "name": "聖誕節"}],
        "promises": [
            {"channel_id": None, "priority": "urgent", "first_minutes": 5, "next_minutes": None, "resolution_hours": 4}
        ],
    }
    return {**usual, **change}


def test_a_supervisor_reads_and_replaces_it(cast: Cast):
    dee, path = cast.browser("dee"), f"regions/{cast.asia.pk}/service"
    saved = call(dee, "put", path, body()).json()
    assert (saved["hours"], saved["holidays"]) == (body()["hours"], body()["holidays"])
    assert saved["promises"] == [{**body()["promises"][0], "within_hours": True}]
    shown = dee.get("/api/v1/service").json()["results"]
    assert {row["region_id"] for row in shown} == {cast.asia.pk, cast.europe.pk}
    assert next(row for row in shown if row["region_id"] == cast.asia.pk) == saved
    call(dee, "put", path, {"hours": [], "holidays": [], "promises": []})
    assert not SlaPolicy.objects.for_system("the test").exists()
    before, after = (line.details for line in logged("service.changed"))
    assert after["before"] == before["after"] and after["after"]["promises"] == []


def test_a_supervisor_of_another_region_neither_sees_nor_changes_it(cast: Cast):
    from security.actions.people import leave_region
    from tests.conftest import BY

    promised(cast)
    leave_region(by=BY, user=cast.dee, region=cast.asia)
    dee = cast.browser("dee")
    assert [row["region_id"] for row in dee.get("/api/v1/service").json()["results"]] == [cast.europe.pk]
    assert call(dee, "put", f"regions/{cast.asia.pk}/service", body()).status_code == 404
    with pytest.raises(NotFound):
        promised(cast)


def test_nobody_below_changes_it(cast: Cast):
    for name in ("ben", "fay"):
        with pytest.raises(NotAllowed):
            set_service(by=cast.access(name), region_id=cast.asia.pk, hours=[], holidays=[], promises=[])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": [{"weekday": 0, "opens": "18:00", "closes": "09:00"}]}, "hours"),
        ({"hours": [{"weekday": 7, "opens": "09:00", "closes": "18:00"}]}, "hours.0.weekday"),
        (
            {
                "hours": [
                    {"weekday": 0, "opens": "09:00", "closes": "13:00"},
                    {"weekday": 0, "opens": "12:00", "closes": "18:00"},
                ]
            },
            "hours",
        ),
        ({"holidays": [{"on": "2026-12-25"}, {"on": "2026-12-25"}]}, "holidays"),
        ({"promises": body()["promises"] * 2}, "promises"),
        ({"promises": [{**body()["promises"][0], "first_minutes": 0}]}, "promises.0.first_minutes"),
        ({"promises": [{**body()["promises"][0], "channel_id": "01890000-0000-7000-8000-000000000000"}]}, "promises"),
    ],
    ids=["closes before", "eighth day", "overlap", "day twice", "promise twice", "no time", "no such number"],
)
def test_what_makes_no_sense_is_refused(cast: Cast, change: dict[str, Any], field: str):
    answer = call(cast.browser("dee"), "put", f"regions/{cast.asia.pk}/service", body(**change))
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert not SlaPolicy.objects.for_system("the test").exists()


def test_a_number_of_another_region_is_not_of_this_one(cast: Cast):
    other = channel(cast.europe)
    wrong = {**body()["promises"][0], "channel_id": str(other.pk)}
    answer = call(cast.browser("dee"), "put", f"regions/{cast.asia.pk}/service", body(promises=[wrong]))
    assert (answer.status_code, answer.json()["field"]) == (400, "promises")


def test_the_assignee_and_the_supervisors_hear_of_it(cast: Cast, talk: Conversation):
    from inbox.policies import scope_of
    from inbox.sla_policies import hears_warnings

    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    scope = scope_of(fresh(talk))
    hearing = {name for name in ("ana", "ben", "cho", "dee", "eli", "fay") if hears_warnings(cast.access(name), scope)}
    assert hearing == {"ana", "ben", "dee"}


@pytest.mark.parametrize("which", [{}, {"priority": 2}, {"channel": True}, {"channel": True, "priority": 2}])
def test_the_database_keeps_one_promise_of_each_kind(cast: Cast, shop: Channel, which: dict[str, Any]):
    named = {**which, "channel": shop} if "channel" in which else which
    SlaPolicy.objects.create(region=cast.asia, first_minutes=30, **named)
    with pytest.raises(IntegrityError), transaction.atomic():
        SlaPolicy.objects.create(region=cast.asia, first_minutes=60, **named)
    SlaPolicy.objects.create(region=cast.europe, first_minutes=60, priority=which.get("priority"))
