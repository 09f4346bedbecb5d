"""A reply that nobody decides on is told to the supervisors, with what stands in its way, once each."""

from datetime import timedelta

from inbox.actions.assignments import assign_conversation
from inbox.actions.held_alarms import raise_held_alarms
from inbox.actions.held_decisions import approve_held
from inbox.actions.locks import lock_conversation
from inbox.actions.resolutions import resolve_conversation
from inbox.sweeping import sweep
from security.actions.traineeships import close_over_traineeships, end_traineeship
from security.models import Traineeship
from tests.conftest import BY
from tests.inbox.coaching.conftest import Learning
from tests.worlds.threads import fresh, logged


def test_nothing_is_told_while_there_is_time(learning: Learning):
    learning.writes()
    assert raise_held_alarms() == 0 and not logged("reply.alarmed")


def test_after_the_policys_minutes_it_is_late_and_that_is_told_once(learning: Learning, time_machine):
    held = learning.writes()
    time_machine.shift(timedelta(minutes=16).total_seconds())
    assert [raise_held_alarms(), raise_held_alarms()] == [1, 0]
    assert fresh(held).alarms == ["late"]


def test_the_window_is_told_before_it_closes_and_when_it_has(learning: Learning, time_machine):
    held = learning.writes()
    time_machine.shift(timedelta(hours=23, minutes=40).total_seconds())
    raise_held_alarms()
    assert fresh(held).alarms == ["late", "closing"]
    time_machine.shift(timedelta(hours=1).total_seconds())
    raise_held_alarms()
    assert fresh(held).alarms == ["late", "closing", "closed"]
    assert learning.message(held).status == "held"


def test_a_conversation_that_was_given_away_locked_or_resolved(learning: Learning):
    held = learning.writes()
    resolve_conversation(by=learning.by("ben"), conversation_id=learning.talk.pk)
    lock_conversation(by=learning.by("dee"), conversation_id=learning.talk.pk, reason="A refund")
    assign_conversation(by=learning.by("dee"), conversation_id=learning.talk.pk, to=learning.cast.fay.pk)
    sweep()
    assert set(fresh(held).alarms) == {"reassigned", "locked", "resolved"}


def test_the_end_of_the_traineeship(learning: Learning):
    held = learning.writes()
    end_traineeship(by=BY, user=learning.cast.ben)
    raise_held_alarms()
    assert fresh(held).alarms == ["ended"]


def test_the_end_by_itself(learning: Learning, time_machine):
    held = learning.writes()
    time_machine.shift(timedelta(days=31).total_seconds())
    assert close_over_traineeships() == 1 and Traineeship.objects.get().ended_how == "over"
    raise_held_alarms()
    assert "ended" in fresh(held).alarms and learning.message(held).status == "held"


def test_what_was_decided_alarms_nobody(learning: Learning, time_machine):
    held = learning.writes()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    time_machine.shift(timedelta(days=2).total_seconds())
    assert raise_held_alarms() == 0
