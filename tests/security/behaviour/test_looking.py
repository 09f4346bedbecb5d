"""Every line is looked at once: over chunks, crashes, two workers at once, and the order in which lines appear."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from security.actions import behaviour
from security.actions.alarms import confirm_alarm, dismiss_alarm
from security.actions.behaviour import lay_out_rules, let_rules_only_tell, looked_upto, watch_behaviour
from security.behaviour import looking
from security.models import BehaviourAlarm, BehaviourCursor, BehaviourRule, Operation
from tests.conftest import BY, Cast
from tests.security.behaviour.watched import alarms, deeds, each, rule


def newest() -> int:
    row = Operation.objects.order_by("-id").first()
    assert row is not None
    return row.pk


def test_lines_that_came_over_several_looks_count_together(cast: Cast):
    rule()
    moments = each(3)
    for at in moments:
        assert alarms() == []
        deeds(cast.ben, at)
    assert len(alarms()) == 1


def test_more_lines_than_a_chunk_are_looked_at_to_the_end(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(looking, "LINES_AT_ONCE", 4)
    rule(threshold=10)
    deeds(cast.ben, *each(10))
    assert len(alarms()) == 1
    assert looked_upto() >= max(BehaviourAlarm.objects.get().lines)


def test_what_was_there_before_the_rules_raises_nothing(cast: Cast):
    deeds(cast.ben, *each(5))
    BehaviourCursor.objects.all().delete()
    rule()
    assert alarms() == [] and looked_upto() > 0
    deeds(cast.ben, timezone.now())
    assert len(alarms()) == 1, "what is new counts together with what was there"


def test_a_crash_before_the_end_loses_and_doubles_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    rule()
    deeds(cast.ben, *each(3))
    before = looked_upto()

    def breaks(**_given: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(behaviour, "raise_alarm", breaks)
        with pytest.raises(RuntimeError):
            watch_behaviour()
    assert looked_upto() == before and alarms(look=False) == []
    assert len(alarms()) == 1 and len(alarms()) == 1


def test_of_two_workers_at_once_one_raises_it(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    rule()
    deeds(cast.ben, *each(3))
    found_in = looking.found_in

    def overtaken(*given: object, **named: object) -> object:
        monkeypatch.setattr(behaviour, "found_in", found_in)
        found = found_in(*given, **named)  # type: ignore[arg-type]
        assert watch_behaviour() == 1, "the other one is done meanwhile"
        return found

    monkeypatch.setattr(behaviour, "found_in", overtaken)
    assert watch_behaviour() == 0
    assert BehaviourAlarm.objects.count() == 1


def test_a_line_that_appears_late_completes_a_window(cast: Cast):
    """A longer transaction: its line is the older one, and comes second."""
    rule(threshold=2)
    now = timezone.now()
    deeds(cast.ben, now)
    assert alarms() == []
    deeds(cast.ben, now - timedelta(minutes=5))
    assert len(alarms()) == 1


def test_an_open_alarm_takes_in_what_follows(cast: Cast):
    rule()
    deeds(cast.ben, *each(3))
    assert len(alarms()) == 1
    deeds(cast.ben, *each(9))
    assert len(alarms()) == 1


def test_what_was_decided_on_does_not_count_again(cast: Cast):
    rule()
    deeds(cast.ben, *each(3))
    (alarm,) = alarms()
    deeds(cast.ben, *each(2))
    dismiss_alarm(by=cast.access("ana"), alarm_id=alarm.pk, comment="The stocktaking")
    deeds(cast.ben, *each(2))
    assert len(alarms()) == 1
    deeds(cast.ben, timezone.now())
    first, second = alarms()
    assert not set(first.lines) & set(second.lines)
    confirm_alarm(by=cast.access("ana"), alarm_id=second.pk, comment="Not again")


def test_looking_at_nothing_new_costs_next_to_nothing(cast: Cast):
    lay_out_rules(by=BY)
    watch_behaviour()
    with CaptureQueriesContext(connection) as seen:
        assert watch_behaviour() == 0
    assert not [query for query in seen if query["sql"].startswith(("INSERT", "UPDATE"))]


def test_many_lines_of_one_person_cost_the_same_few_queries(cast: Cast):
    rule(threshold=500)
    costs = []
    for count in (1, 2, 60):
        deeds(cast.ben, *each(count))
        with CaptureQueriesContext(connection) as seen:
            watch_behaviour()
        costs.append(len(seen))
    assert costs[1] == costs[2], "the first read the policy too"


def test_the_shipped_rules_are_laid_out_once_and_stay_as_they_were_changed(cast: Cast):
    lay_out_rules(by=BY)
    first = BehaviourRule.objects.count()
    BehaviourRule.objects.filter(shipped="mass_viewing").update(threshold=7, is_on=False)
    lay_out_rules(by=BY)
    changed = BehaviourRule.objects.get(shipped="mass_viewing")
    assert (BehaviourRule.objects.count(), changed.threshold, changed.is_on) == (first, 7, False)


def test_where_programs_work_the_rules_only_tell(cast: Cast):
    deeds(cast.ben, *each(400), action="contact.viewed")
    let_rules_only_tell(by=BY)
    assert alarms() == [], "what was there is nobody's fault"
    deeds(cast.fay, *each(300), action="contact.viewed")
    assert [alarm.done for alarm in alarms()] == ["told"]


def test_a_new_installation_begins_with_its_first_line(cast: Cast):
    BehaviourCursor.objects.all().delete()
    upto = newest()
    lay_out_rules(by=BY)
    assert looked_upto() == upto
