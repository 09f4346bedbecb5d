"""What counts for a rule: how often, of how many rows, within which time, by whom, at which hour of whose day."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from security.actions.duties import give_duty
from security.actions.people import leave_region
from security.models import Region
from tests.conftest import BY, Cast
from tests.security.behaviour.watched import NOON, alarms, deeds, each, rule


def test_too_often_within_the_window_is_an_alarm_with_its_lines(cast: Cast):
    looking = rule()
    deeds(cast.ben, *each(3))
    (alarm,) = alarms()
    assert (alarm.rule, alarm.person, alarm.measured, len(alarm.lines)) == (looking, cast.ben, 3, 3)


def test_fewer_or_slower_is_none(cast: Cast):
    rule()
    deeds(cast.ben, *each(2))
    deeds(cast.fay, *each(3, seconds=300))
    assert alarms() == [], "the first of Fay's three is ten minutes old"


def test_nobody_answers_for_another(cast: Cast):
    rule()
    for who in (cast.ben, cast.fay, cast.eli):
        deeds(who, timezone.now())
    assert alarms() == []


def test_rows_are_added_up(cast: Cast):
    rule(actions=["contact.exported"], measure="rows", threshold=1001, window_minutes=60)
    deeds(cast.ben, *each(2), action="contact.exported", rows=500)
    assert alarms() == []
    deeds(cast.ben, timezone.now(), action="contact.exported")
    (alarm,) = alarms()
    assert alarm.measured == 1001, "a line that says no number counts as one"


@pytest.mark.parametrize("told", [-5, "many", True, None, [1000], 1e9, {"n": 1000}])
def test_a_line_with_an_odd_number_counts_as_one(cast: Cast, told: object):
    rule(actions=["contact.exported"], measure="rows", threshold=2)
    deeds(cast.ben, timezone.now(), action="contact.exported", rows=told)
    assert alarms() == []


def test_all_of_a_subject_and_nothing_that_only_begins_like_it(cast: Cast):
    rule(actions=["contact.*"], threshold=1)
    deeds(cast.ben, timezone.now(), action="contacts.exported")
    deeds(cast.ben, timezone.now(), action="contactXviewed")
    assert alarms() == []
    deeds(cast.ben, timezone.now(), action="contact.named")
    assert len(alarms()) == 1


@pytest.mark.parametrize(
    ("watches", "watched", "who"),
    [
        ("anybody", "", {"ben", "fay", "dee"}),
        ("level", "senior", {"fay"}),
        ("duty", "finance", {"ben"}),
    ],
)
def test_a_rule_watches_whom_it_says(cast: Cast, watches: str, watched: str, who: set[str]):
    give_duty(by=BY, user=cast.ben, duty="finance")
    rule(watches=watches, watched=watched, threshold=1)
    for name in ("ben", "fay", "dee"):
        deeds(getattr(cast, name), timezone.now())
    assert {alarm.person.name.lower() for alarm in alarms()} == who


def test_a_rule_about_keys_leaves_people_alone(cast: Cast):
    rule(watches="keys", threshold=2)
    deeds(cast.ben, *each(5))
    deeds(cast.fay, *each(2), key=True)
    assert [alarm.person for alarm in alarms()] == [cast.fay]


@pytest.mark.parametrize(
    ("zone", "at", "raised"),
    [
        ("Asia/Taipei", "2026-11-03T19:00:00+00:00", True),  # three o'clock
        ("Asia/Taipei", "2026-11-03T21:00:00+00:00", False),  # five o'clock
        ("Asia/Taipei", "2026-11-03T17:00:00+00:00", True),  # one o'clock
        ("Europe/London", "2026-11-03T19:00:00+00:00", False),  # in the evening
        ("Europe/London", "2026-11-04T03:00:00+00:00", True),
    ],
)
def test_three_in_the_morning_is_that_of_the_persons_region(cast: Cast, time_machine, zone: str, at: str, raised: bool):
    time_machine.move_to(datetime.fromisoformat(at), tick=False)
    Region.objects.filter(pk=cast.asia.pk).update(time_zone=zone)
    rule(threshold=1, from_hour=1, until_hour=5)
    deeds(cast.ben, timezone.now())
    assert bool(alarms()) == raised


def test_who_is_in_no_region_goes_by_the_clock_of_the_house(cast: Cast, time_machine):
    time_machine.move_to("2026-11-03T19:00:00Z", tick=False)
    leave_region(by=BY, user=cast.cho, region=cast.europe)
    rule(threshold=1, from_hour=1, until_hour=5)
    deeds(cast.cho, timezone.now())
    assert len(alarms()) == 1


@pytest.mark.parametrize(
    ("at", "raised"),
    [
        ("2026-11-06T15:00:00+00:00", True),  # Friday, 23:00
        ("2026-11-06T21:00:00+00:00", True),  # Saturday, 05:00: still Friday's night
        ("2026-11-06T23:00:00+00:00", False),  # Saturday, 07:00
        ("2026-11-05T21:00:00+00:00", False),  # Friday, 05:00: Thursday's night
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(cast: Cast, time_machine, at: str, raised: bool):
    time_machine.move_to(datetime.fromisoformat(at), tick=False)
    rule(threshold=1, from_hour=22, until_hour=6, days=[4])
    deeds(cast.ben, timezone.now())
    assert bool(alarms()) == raised


def test_days_without_hours_are_whole_days(cast: Cast, time_machine):
    time_machine.move_to(NOON, tick=False)
    rule(name="Weekend", threshold=1, days=[5, 6])
    rule(name="Wednesday", threshold=1, days=[2])
    deeds(cast.ben, timezone.now())
    assert [alarm.rule.name for alarm in alarms()] == ["Wednesday"]


def test_what_kefu_does_itself_is_nobodys(cast: Cast):
    rule(threshold=1, actions=["person.added", "level.*", "region.*"])
    from security.actions.people import add_region

    add_region(by=BY, code="africa", name="Africa", time_zone="Africa/Nairobi")
    assert alarms() == []


def test_a_rule_that_is_off_raises_nothing(cast: Cast):
    rule(threshold=1, is_on=False)
    deeds(cast.ben, timezone.now() - timedelta(seconds=1))
    assert alarms() == []
