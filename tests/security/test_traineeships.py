"""The first weeks (PM-4): how long, led by whom, and what a trainee may not do meanwhile."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from security.actions.people import leave_region
from security.actions.traineeships import change_traineeship, end_traineeship, start_traineeship
from security.errors import Conflict, Invalid, NotAllowed, NotFound
from security.models import Traineeship, User
from tests.conftest import BY, Cast

TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-02T04:00:00Z")


def test_it_lasts_thirty_days_from_the_first_day_in_the_trainees_own_time_zone(cast: Cast, time_machine):
    User.objects.filter(pk=cast.ben.pk).update(hired_on=TODAY)
    cast.ben.refresh_from_db()
    row = start_traineeship(by=cast.access("dee"), user=cast.ben)
    assert (row.began_on, row.ends_on) == (TODAY, date(2026, 12, 1))
    time_machine.move_to("2026-12-01T15:59:00Z")  # 23:59 in Taipei
    assert cast.access("ben").trainee and cast.access("ben").sight == "assigned"
    time_machine.move_to("2026-12-01T16:01:00Z")
    assert not cast.access("ben").trainee


def test_a_trainee_lacks_what_the_table_says(cast: Cast):
    start_traineeship(by=cast.access("dee"), user=cast.fay)
    fay = cast.access("fay")
    assert fay.can("inbox.reply_conversation")
    for permission in ("inbox.send_template", "inbox.assign_conversation", "inbox.take_conversation"):
        assert not fay.can(permission)
    assert fay.history_from is not None
    end_traineeship(by=cast.access("dee"), user=cast.fay)
    assert cast.access("fay").can("inbox.assign_conversation")


def test_it_is_prolonged_and_gets_a_mentor(cast: Cast):
    start_traineeship(by=cast.access("dee"), user=cast.ben)
    later = TODAY + timedelta(days=60)
    change_traineeship(by=cast.access("dee"), user=cast.ben, ends_on=later, mentor=cast.fay, holds_replies=True)
    row = Traineeship.objects.get()
    assert (row.ends_on, row.mentor, row.holds_replies) == (later, cast.fay, True)


def test_only_one_runs_at_a_time_and_another_may_follow(cast: Cast, time_machine):
    start_traineeship(by=BY, user=cast.ben)
    with pytest.raises(Conflict):
        start_traineeship(by=BY, user=cast.ben)
    time_machine.move_to("2027-02-01T04:00:00Z")
    start_traineeship(by=BY, user=cast.ben)
    assert Traineeship.objects.count() == 2 and cast.access("ben").trainee


@pytest.mark.parametrize("mentor", ["ben", "eli", "cho"])
def test_a_mentor_is_a_senior_of_the_same_region_and_somebody_else(cast: Cast, mentor: str):
    with pytest.raises(Invalid) as refused:
        start_traineeship(by=BY, user=cast.ben, mentor=getattr(cast, mentor))
    assert refused.value.field == "mentor"


def test_replies_wait_for_a_mentor_or_for_nobody(cast: Cast):
    with pytest.raises(Invalid) as refused:
        start_traineeship(by=BY, user=cast.ben, holds_replies=True)
    assert refused.value.field == "mentor"


def test_a_day_that_is_over_is_refused(cast: Cast):
    with pytest.raises(Invalid):
        start_traineeship(by=BY, user=cast.ben, ends_on=TODAY - timedelta(days=1))


def test_seniors_lead_nobody_and_supervisors_only_their_own_regions_people(cast: Cast):
    with pytest.raises(NotAllowed):
        start_traineeship(by=cast.access("fay"), user=cast.ben)
    leave_region(by=BY, user=cast.dee, region=cast.asia)
    with pytest.raises(NotFound):
        start_traineeship(by=cast.access("dee"), user=cast.ben)
    with pytest.raises(NotFound):
        end_traineeship(by=BY, user=cast.ben)
    assert timezone.now().date() == TODAY and not Traineeship.objects.exists()
