"""The first weeks (PM-4): how long, led by whom, and what a trainee may not do meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from security.account_errors import FactorMissing, FactorNeeded
from security.actions.people import leave_region
from security.actions.policies import change_policy
from security.actions.traineeships import (
    close_over_traineeships,
    end_traineeship,
    extend_traineeship,
    hold_replies,
    promote_trainee,
    prompt_promotion,
    put_off_promotion,
    set_mentors,
    start_traineeship,
)
from security.errors import Conflict, Invalid, Missing, NotAllowed, NotFound
from security.models import SecurityPolicy, Traineeship, User
from security.writing import write
from tests.conftest import BY, Cast
from tests.worlds.factors import enrol, fresh_access, fresh_browser

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


def test_it_is_prolonged_with_a_reason(cast: Cast):
    start_traineeship(by=cast.access("dee"), user=cast.ben)
    later = TODAY + timedelta(days=60)
    with pytest.raises(Missing):
        extend_traineeship(by=cast.access("dee"), user=cast.ben, ends_on=later, reason=" ")
    extend_traineeship(by=cast.access("dee"), user=cast.ben, ends_on=later, reason="Was ill for two weeks")
    assert Traineeship.objects.get().ends_on == later
    for odd in (TODAY - timedelta(days=1), TODAY + timedelta(days=400)):
        with pytest.raises(Invalid):
            extend_traineeship(by=cast.access("dee"), user=cast.ben, ends_on=odd, reason="Odd")


def test_it_has_one_mentor_or_several_or_the_supervisors(cast: Cast):
    start_traineeship(by=cast.access("dee"), user=cast.ben, mentors=[cast.fay], holds_replies=True)
    assert cast.access("ben").held and cast.access("fay").mentor_of == {cast.ben.pk}
    set_mentors(by=cast.access("dee"), user=cast.ben, mentors=[cast.fay, cast.dee])
    assert cast.access("dee").mentor_of == {cast.ben.pk}
    set_mentors(by=cast.access("dee"), user=cast.ben, mentors=[])
    assert not cast.access("fay").mentor_of and cast.access("ben").held


def test_holding_is_switched_on_and_off(cast: Cast):
    start_traineeship(by=BY, user=cast.ben)
    assert not cast.access("ben").held
    hold_replies(by=cast.access("dee"), user=cast.ben, holds=True)
    assert cast.access("ben").held
    hold_replies(by=cast.access("dee"), user=cast.ben, holds=False)
    assert not cast.access("ben").held


def test_whoever_is_no_trainee_any_more_is_not_held(cast: Cast, time_machine):
    start_traineeship(by=BY, user=cast.ben, holds_replies=True)
    time_machine.move_to("2026-12-05T04:00:00Z")
    assert not cast.access("ben").held
    assert close_over_traineeships() == 1 and close_over_traineeships() == 0
    assert Traineeship.objects.get().ended_how == "over"


def ask_for_the_factor() -> None:
    policy = SecurityPolicy.current()
    policy.admin_needs_factor = True
    change_policy(by=BY, policy=policy, changed=["admin_needs_factor"])


def test_promotion_ends_it_and_only_admins_give_another_level(cast: Cast):
    start_traineeship(by=BY, user=cast.ben)
    with pytest.raises(NotAllowed):
        promote_trainee(by=cast.access("dee"), user=cast.ben, level="senior")
    ask_for_the_factor()
    with pytest.raises(FactorMissing):
        promote_trainee(by=cast.access("ana"), user=cast.ben, level="senior")
    with pytest.raises(FactorNeeded):
        promote_trainee(by=replace(fresh_access(cast, "ana"), factor_at=None), user=cast.ben, level="senior")
    with pytest.raises(NotAllowed):
        promote_trainee(by=replace(fresh_access(cast, "ana"), key_name="bot"), user=cast.ben, level="senior")
    with pytest.raises(Missing):
        promote_trainee(by=fresh_access(cast, "ana"), user=cast.ben, level="admin")
    assert cast.access("ben").trainee and cast.access("ben").level == "agent"
    promote_trainee(by=fresh_access(cast, "ana"), user=cast.ben, level="senior")
    assert cast.access("ben").level == "senior" and not cast.access("ben").trainee
    assert Traineeship.objects.get().ended_how == "promoted"


def test_promotion_over_the_api_asks_for_the_factor_as_the_administration_does(cast: Cast):
    start_traineeship(by=BY, user=cast.ben)
    path, body = f"/api/v1/trainees/{cast.ben.pk}/promote", {"level": "senior"}
    ask_for_the_factor()
    enrol(cast, "ana")
    refused = cast.browser("ana").post(path, body, content_type="application/json")
    assert refused.json()["code"] == "second_factor_required"
    admin = {"level": "admin", "reason": "Takes over from Ana"}
    assert fresh_browser(cast, "ana").post(path, admin, content_type="application/json").status_code == 204
    assert cast.access("ben").level == "admin"


def test_without_another_level_no_code_is_asked_for(cast: Cast):
    start_traineeship(by=BY, user=cast.ben)
    promote_trainee(by=cast.access("dee"), user=cast.ben)
    assert not cast.access("ben").trainee


def test_a_proposal_is_put_off_with_a_reason(cast: Cast):
    row = start_traineeship(by=BY, user=cast.ben)
    with pytest.raises(NotFound):
        put_off_promotion(by=cast.access("dee"), user=cast.ben, reason="Not yet", days=14)
    with write(by=BY) as change:
        assert prompt_promotion(change, row) and not prompt_promotion(change, row)
    put_off_promotion(by=cast.access("dee"), user=cast.ben, reason="Not yet", days=14)
    row.refresh_from_db()
    assert row.prompted_at is None and row.prompt_again_at is not None
    assert row.prompt_again_at.date() == TODAY + timedelta(days=14)


def test_nobody_leads_themselves(cast: Cast):
    start_traineeship(by=BY, user=cast.ben)
    with pytest.raises(NotAllowed):
        start_traineeship(by=cast.access("dee"), user=cast.dee)


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
        start_traineeship(by=BY, user=cast.ben, mentors=[getattr(cast, mentor)])
    assert refused.value.field == "mentors"


def test_replies_wait_only_where_somebody_could_approve_them(cast: Cast):
    """Cho works in Europe, where only Dee and Ana lead."""
    for name in ("dee", "ana"):
        leave_region(by=BY, user=getattr(cast, name), region=cast.europe)
    with pytest.raises(Invalid) as refused:
        start_traineeship(by=BY, user=cast.cho, holds_replies=True)
    assert refused.value.field == "mentors"
    start_traineeship(by=BY, user=cast.ben, holds_replies=True)


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
