"""Trying a rule on the log: the alarms it would have raised, and nothing written."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from security.actions.behaviour import lay_out_rules
from security.behaviour import trying
from security.behaviour.trying import try_rule
from security.models import BehaviourAlarm, BehaviourRule
from tests.conftest import BY, Cast
from tests.security.behaviour.watched import deeds, each, rule


def said(*given: str, **options: object) -> str:
    out = StringIO()
    call_command("try_rule", *given, stdout=out, **options)
    return out.getvalue()


def test_it_finds_each_time_it_would_have_been_too_much(cast: Cast):
    looking, now = rule(), timezone.now()
    for days in (1, 3, 40):
        deeds(cast.ben, *each(3, begin=now - timedelta(days=days)))
    deeds(cast.fay, *each(2))
    trial = try_rule(looking, days=30)
    assert [(burst.user_id, burst.measured) for burst in trial.bursts] == [(cast.ben.pk, 3)] * 2
    assert trial.bursts[0].lines[-1].at > trial.bursts[1].lines[-1].at and (trial.looked_at, trial.whole) == (8, True)


def test_a_rule_that_was_never_saved_can_be_tried(cast: Cast):
    deeds(cast.ben, *each(7))
    unsaved = BehaviourRule(name="New", actions=["contact.*"], threshold=3, window_minutes=10)
    assert len(try_rule(unsaved, days=1).bursts) == 2, "the seventh is left over"
    assert not BehaviourRule.objects.exists()


def test_it_writes_nothing(cast: Cast):
    looking = rule(follows="lock")
    deeds(cast.ben, *each(3))
    with CaptureQueriesContext(connection) as seen:
        assert len(try_rule(looking, days=30).bursts) == 1
    assert not [one for one in seen if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not BehaviourAlarm.objects.exists()


def test_it_says_when_it_did_not_look_at_everything(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trying, "MOST_LINES", 4)
    monkeypatch.setattr(trying, "_PAGE", 2)
    deeds(cast.ben, *each(9))
    trial = try_rule(rule(), days=30)
    assert (trial.looked_at, trial.whole, len(trial.bursts)) == (4, False, 1)


@pytest.mark.parametrize(("asked", "days"), [(0, 1), (-5, 1), (10**9, 365)])
def test_the_days_are_bounded(cast: Cast, asked: int, days: int):
    assert try_rule(rule(), days=asked).days == days


def test_the_command_tells_of_the_alarms_and_their_lines(cast: Cast):
    lay_out_rules(by=BY)
    rule(name="Mine")
    deeds(cast.ben, *each(3))
    told = said("Mine", days=7)
    assert "would have raised 1 alarms in the last 7 days" in told and "Ben: 3 lines" in told
    assert "mass_viewing" in said() and "raised 0 alarms" in said("mass_viewing")
    with pytest.raises(CommandError):
        said("no such rule")
    with pytest.raises(CommandError):
        said("")
