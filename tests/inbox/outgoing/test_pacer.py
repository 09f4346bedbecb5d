"""SR-4: no minute holds more messages of a channel than its pace, over any number of workers."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.models import Channel, ChannelPace, InboxPolicy
from inbox.sending.outbox import deliver
from inbox.sending.pacer import per_minute, take_slot
from security.models import StreamEvent
from tests.conftest import Cast
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, thread

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
FOREVER = 10_000.0


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def pace(shop: Channel, number: int) -> None:
    InboxPolicy.objects.update_or_create(pk=1, defaults={"pace_first_month": number, "pace_after": number})
    from security.policy import Policy

    Policy.forget()


def test_the_first_leaves_at_once_and_each_further_one_a_step_later(shop: Channel):
    pace(shop, 60)
    assert [take_slot(shop, NOON, patience=FOREVER) for _ in range(4)] == [0, 1, 2, 3]


def test_a_quiet_time_is_not_saved_up(shop: Channel):
    pace(shop, 60)
    take_slot(shop, NOON, patience=FOREVER)
    later = NOON + timedelta(hours=1)
    assert [take_slot(shop, later, patience=FOREVER) for _ in range(2)] == [0, 1]


def test_whoever_will_not_wait_that_long_takes_no_slot_and_is_told_a_turn_of_their_own(shop: Channel):
    pace(shop, 60)
    assert take_slot(shop, NOON, patience=0) == 0
    assert [take_slot(shop, NOON, patience=0.5) for _ in range(3)] == [1, 2, 3]
    turns = [NOON + timedelta(seconds=second) for second in (1, 2, 3)]
    assert [take_slot(shop, turn, patience=0.5, turn=turn) for turn in turns] == [0, 0, 0]


def test_whoever_comes_later_stands_behind_those_who_wait(shop: Channel):
    pace(shop, 60)
    for _ in range(4):
        take_slot(shop, NOON, patience=0.5)
    later = NOON + timedelta(seconds=1)
    assert take_slot(shop, later, patience=0.5) == 3
    assert take_slot(shop, later, patience=0.5, turn=later) == 0


def test_those_who_missed_their_turn_take_the_slots_that_are_free_and_no_more(shop: Channel):
    pace(shop, 60)
    for _ in range(4):
        take_slot(shop, NOON, patience=0.5)
    late = NOON + timedelta(seconds=30)
    assert [take_slot(shop, late, patience=1, turn=NOON) for _ in range(4)] == [0, 1, 2, 2]


def test_a_line_that_has_passed_holds_nobody_up(shop: Channel):
    pace(shop, 60)
    for _ in range(10):
        take_slot(shop, NOON, patience=0.5)
    assert take_slot(shop, NOON + timedelta(seconds=11), patience=0) == 0


def test_a_clock_that_was_set_back_does_not_hold_messages_for_as_long(shop: Channel):
    pace(shop, 60)
    take_slot(shop, NOON, patience=1)
    earlier = NOON - timedelta(hours=1)
    assert [take_slot(shop, earlier, patience=1) for _ in range(2)] == [0, 1]


def test_each_channel_has_a_pace_of_its_own(cast: Cast, shop: Channel):
    other = channel(cast.asia)
    pace(shop, 60)
    assert [take_slot(one, NOON, patience=FOREVER) for one in (shop, other, shop)] == [0, 0, 1]


def test_a_young_number_is_slower_and_no_setting_exceeds_the_hard_stop(shop: Channel):
    policy = InboxPolicy(pace_first_month=200, pace_after=500, pace_hard_stop=1000, first_month_days=30)
    shop.live_since = NOON - timedelta(days=29)
    assert per_minute(shop, policy, NOON) == 200
    shop.live_since = NOON - timedelta(days=30)
    assert per_minute(shop, policy, NOON) == 500
    policy.pace_after = 5000
    assert per_minute(shop, policy, NOON) == 1000
    shop.live_since = None
    assert per_minute(shop, policy, NOON) == 200, "a number not live yet is young"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(1, 2000),
    gaps=st.lists(st.floats(0, 90), min_size=5, max_size=40),
)
def test_no_minute_holds_more_than_the_pace_whenever_they_are_asked_for(shop: Channel, number: int, gaps: list[float]):
    pace(shop, number)
    InboxPolicy.objects.update(pace_hard_stop=80_000)
    ChannelPace.objects.all().delete()
    moment, slots = NOON, []
    for gap in gaps:
        moment += timedelta(seconds=gap)
        slots.append((moment - NOON).total_seconds() + take_slot(shop, moment, patience=FOREVER))
    most = max(sum(begin <= slot < begin + 60 - 1e-3 for slot in slots) for begin in slots)
    assert most <= number


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_get_eight_different_slots_each_time(cast: Cast):
    shop = channel(cast.asia)
    pace(shop, 600)
    start, waits = threading.Barrier(8), []

    def work() -> None:
        start.wait()
        for _ in range(10):
            waits.append(take_slot(shop, NOON, patience=FOREVER))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(waits) == pytest.approx([place / 10 for place in range(80)])


def test_a_crowd_that_waits_for_its_pace_is_told_different_times_and_nobody_hears_of_it(desk: Desk):
    pace(desk.shop, 10)
    talks = [desk.talk, *(thread(desk.shop) for _ in range(4))]
    rows = [desk.answers(talk=talk) for talk in talks]
    versions = [fresh(talk).version for talk in talks]
    told = StreamEvent.objects.count()
    assert [deliver(talk.pk) for talk in talks] == [1, 0, 0, 0, 0]
    waits = [(fresh(row).due_at - fresh(rows[1]).due_at).total_seconds() for row in rows[1:]]
    assert waits == pytest.approx([0, 6, 12, 18], abs=2)
    assert [fresh(row).version for row in rows[1:]] == [row.version for row in rows[1:]]
    assert [fresh(talk).version for talk in talks[1:]] == versions[1:]
    assert StreamEvent.objects.count() - told == 2, "the one that was sent, and its conversation"


def test_a_message_that_would_wait_too_long_goes_back_to_the_queue_with_its_time(desk: Desk):
    pace(desk.shop, 10)
    first, second, third = (desk.answers(str(number)) for number in range(3))
    assert desk.sends() == 1
    assert [state(row)[0] for row in (first, second, third)] == ["accepted", "queued", "queued"]
    waits = fresh(second).due_at - fresh(second).created_at
    assert timedelta(seconds=4) < waits < timedelta(seconds=8)
    assert fresh(second).attempts == 0
