"""Who is watched cannot switch off first what watches them."""

import pytest
from django.utils import timezone

from inbox.models import Notification
from security.actions.behaviour import lay_out_rules, save_rule, watch_behaviour
from security.actions.levels import set_level
from security.models import BehaviourRule
from tests.conftest import BY, Cast
from tests.security.behaviour.watched import alarms, deeds, each, rule
from tests.worlds.locks import is_locked

AT_THREE = "2026-11-03T19:00:00Z"


@pytest.fixture
def two_admins(cast: Cast) -> Cast:
    set_level(by=BY, user=cast.dee, level="admin")
    watch_behaviour()
    return cast


@pytest.mark.parametrize(
    "changed",
    [
        {"is_on": False},
        {"actions": ["file.viewed"]},
        {"from_hour": 13, "until_hour": 14},
        {"days": [6]},
        {"threshold": 9},
    ],
)
def test_the_change_of_a_rule_is_judged_by_what_it_was(two_admins: Cast, time_machine, changed: dict[str, object]):
    lay_out_rules(by=BY)
    time_machine.move_to(AT_THREE, tick=False)
    night = BehaviourRule.objects.get(shipped="settings_at_night")
    for name, value in changed.items():
        setattr(night, name, value)
    save_rule(by=two_admins.access("dee"), rule=night, reason="It disturbs me")
    (alarm,) = alarms()
    assert (alarm.rule.shipped, alarm.person, alarm.done) == ("settings_at_night", two_admins.dee, "locked")


def test_what_follows_is_what_the_rule_said_then(two_admins: Cast):
    watching = rule(threshold=1, actions=["behaviour.changed"], follows="lock", severity="critical")
    watching.follows, watching.severity = "tell", "notice"
    save_rule(by=two_admins.access("dee"), rule=watching, reason="Softer")
    (alarm,) = alarms()
    assert (alarm.done, alarm.severity) == ("locked", "critical") and is_locked(two_admins.dee)


def test_what_was_done_before_the_change_counts_by_the_rule_of_then(
    two_admins: Cast,
):
    looking = rule()
    deeds(two_admins.ben, *each(3))
    looking.is_on = False
    save_rule(by=two_admins.access("dee"), rule=looking, reason="Quick, before anybody looks")
    deeds(two_admins.fay, *each(3))
    assert [alarm.person for alarm in alarms()] == [two_admins.ben]


def test_several_changes_at_once_are_undone_one_by_one(two_admins: Cast):
    looking, dee = rule(threshold=9), two_admins.access("dee")
    for threshold, who in ((2, two_admins.ben), (5, two_admins.fay), (7, two_admins.eli)):
        looking.threshold = threshold
        save_rule(by=dee, rule=looking, reason="Trying")
        deeds(who, *each(4))
    assert [alarm.person for alarm in alarms()] == [two_admins.ben]


def test_the_others_who_decide_on_alarms_hear_of_every_change(two_admins: Cast):
    fresh = BehaviourRule(name="Mine", actions=["contact.viewed"], threshold=3, window_minutes=10)
    saved = save_rule(by=two_admins.access("dee"), rule=fresh, reason="We look")
    saved.is_on = False
    save_rule(by=two_admins.access("dee"), rule=saved, reason="We look away")
    save_rule(by=two_admins.access("dee"), rule=saved, reason="Nothing changes")
    told = Notification.objects.for_system("the test").filter(kind="behaviour.changed")
    assert [(row.to_id, row.data["rule"]) for row in told] == [(two_admins.ana.pk, str(saved.pk))] * 2


def test_a_rule_that_was_off_when_it_was_done_raises_nothing_once_it_is_on(two_admins: Cast):
    looking = rule(is_on=False)
    deeds(two_admins.ben, *each(3))
    looking.is_on = True
    save_rule(by=two_admins.access("dee"), rule=looking, reason="On")
    assert alarms() == []
    deeds(two_admins.ben, timezone.now())
    assert [alarm.person for alarm in alarms()] == [two_admins.ben]
