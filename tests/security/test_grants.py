"""Permissions for a time (PM-6): from above, with a reason, and over by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from security.actions.grants import end_grant, extend_grant, give_grant, give_grants, settle_grants
from security.actions.people import leave_region
from security.errors import Conflict, Invalid, Missing, NoSeatLeft, NotAbove, NotAllowed, NotFound
from security.models import Grant, Operation, StreamEvent
from tests.conftest import BY, Cast

HOUR = timedelta(hours=1)


def given(cast: Cast, giver: str = "dee", to: str = "ben", **more: Any) -> Grant:
    details = {"permission": "inbox.assign_conversation", "ends_at": timezone.now() + HOUR, "reason": "Sale week"}
    return give_grant(by=cast.access(giver), user=getattr(cast, to), **{**details, **more})


def test_it_holds_between_its_two_moments_and_not_a_moment_longer(cast: Cast):
    grant = given(cast, starts_at=timezone.now() + HOUR, ends_at=timezone.now() + 2 * HOUR)
    assert not cast.access("ben").can("inbox.assign_conversation"), "it begins later"
    Grant.objects.filter(pk=grant.pk).update(starts_at=timezone.now() - HOUR)
    assert cast.access("ben").can("inbox.assign_conversation")
    Grant.objects.filter(pk=grant.pk).update(ends_at=timezone.now())
    assert not cast.access("ben").can("inbox.assign_conversation"), "it ended, whether or not anybody wrote it down"


def test_what_is_over_is_written_down_once_and_told_to_open_tabs(cast: Cast):
    grant = given(cast)
    Grant.objects.filter(pk=grant.pk).update(starts_at=timezone.now() - 2 * HOUR, ends_at=timezone.now() - HOUR)
    told = StreamEvent.objects.filter(stream=f"person:{cast.ben.pk}", kind="access.changed")
    before = told.count()
    assert settle_grants() == 1 and settle_grants() == 0
    assert told.count() == before + 1
    assert Operation.objects.filter(action="grant.ended").count() == 1


def test_it_can_be_ended_early(cast: Cast):
    grant = given(cast)
    with pytest.raises(Missing):
        end_grant(by=cast.access("dee"), grant_id=grant.pk, reason=" ")
    assert cast.access("ben").can("inbox.assign_conversation")
    for _twice in range(2):
        end_grant(by=cast.access("dee"), grant_id=grant.pk, reason="The sale is over")
    assert not cast.access("ben").can("inbox.assign_conversation")
    assert Operation.objects.get(action="grant.ended").details["reason"] == "The sale is over"


def test_a_duty_can_be_given_for_a_time_past_the_seats(cast: Cast):
    given(cast, permission="", duty="finance")
    assert "finance" in cast.access("ben").duties and cast.access("ben").sight == "payments"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"permission": "inbox.fly"}, "permission"),
        ({"permission": ""}, "permission"),
        ({"duty": "finance"}, "permission"),
        ({"permission": "", "duty": "cleaning"}, "duty"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"ends_at": timezone.now() - HOUR}, "ends_at"),
        ({"ends_at": timezone.now() + timedelta(days=91)}, "ends_at"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(cast: Cast, changed: dict[str, Any], field: str):
    with pytest.raises((Invalid, Missing)) as refused:
        given(cast, **changed)
    assert refused.value.field == field and not Grant.objects.exists()


@pytest.mark.parametrize(
    ("giver", "to", "refusal"),
    [
        ("ben", "eli", NotAllowed),  # an agent gives nothing
        ("fay", "ben", NotAllowed),  # nor does a senior
        ("dee", "dee", NotAbove),  # nobody gives themselves anything
        ("dee", "ana", NotAbove),  # nor upwards
        ("dee", "cho", None),  # Dee is in Europe too
    ],
)
def test_rights_are_given_downwards(cast: Cast, giver: str, to: str, refusal: Any):
    if refusal is None:
        given(cast, giver, to)
        return
    with pytest.raises(refusal):
        given(cast, giver, to)


def test_nobody_gives_what_they_do_not_have(cast: Cast):
    with pytest.raises(NotAbove):
        given(cast, permission="security.give_duty")


def test_somebody_of_another_region_does_not_exist(cast: Cast):
    leave_region(by=BY, user=cast.dee, region=cast.europe)
    with pytest.raises(NotFound):
        given(cast, to="cho")
    grant = give_grant(by=BY, user=cast.cho, duty="finance", ends_at=timezone.now() + HOUR, reason="Audit")
    with pytest.raises(NotFound):
        end_grant(by=cast.access("dee"), grant_id=grant.pk, reason="Over")


def test_more_senders_for_a_time_are_a_share_of_the_team(cast: Cast):
    """Six people: a fifth of them is two (PM-6)."""
    for name in ("ben", "fay"):
        given(cast, to=name, permission="", duty="marketing_sender")
    with pytest.raises(NoSeatLeft):
        given(cast, to="eli", permission="", duty="marketing_sender")
    later = timezone.now() + 2 * HOUR
    given(cast, to="eli", permission="", duty="marketing_sender", starts_at=later, ends_at=later + HOUR)


def test_it_is_given_to_several_people_or_to_nobody(cast: Cast):
    what = {"permission": "inbox.assign_conversation", "ends_at": timezone.now() + HOUR, "reason": "Sale week"}
    dee = cast.access("dee")
    with pytest.raises(NotAbove):
        give_grants(by=dee, user_ids=[cast.ben.pk, cast.ana.pk], **what)
    assert not Grant.objects.exists()
    assert len(give_grants(by=dee, user_ids=[cast.ben.pk, cast.eli.pk, cast.ben.pk], **what)) == 2


def test_its_end_can_be_moved_while_it_is_not_over(cast: Cast):
    grant = given(cast)
    later = timezone.now() + 3 * HOUR
    extend_grant(by=cast.access("dee"), grant_id=grant.pk, ends_at=later, reason="The sale goes on")
    assert Grant.objects.get().ends_at == later
    line = Operation.objects.get(action="grant.extended")
    assert line.details["ends_at"] == [grant.ends_at.isoformat(), later.isoformat()]
    end_grant(by=cast.access("dee"), grant_id=grant.pk, reason="Over")
    with pytest.raises(Conflict):
        extend_grant(by=cast.access("dee"), grant_id=grant.pk, ends_at=later + HOUR, reason="More")
