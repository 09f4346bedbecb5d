"""Duties besides the level (PM-2): given by admins, and of marketing senders never more than the policy allows."""

import pytest
from django.db import IntegrityError, transaction

from security.actions.duties import give_duty, take_duty
from security.actions.policies import change_policy
from security.errors import Invalid, NoSeatLeft, NotAllowed
from security.models import DutyHolding, SecurityPolicy
from tests.conftest import BY, Cast


def test_a_duty_gives_what_the_table_says_and_takes_it_back(cast: Cast):
    assert not cast.access("eli").can("inbox.mark_payment")
    give_duty(by=cast.access("ana"), user=cast.eli, duty="finance", reason="Refunds")
    give_duty(by=cast.access("ana"), user=cast.eli, duty="finance", reason="Refunds")
    eli = cast.access("eli")
    assert eli.duties == {"finance"} and eli.can("inbox.mark_payment")
    take_duty(by=cast.access("ana"), user=cast.eli, duty="finance", reason="Holiday")
    assert not cast.access("eli").can("inbox.mark_payment")


def test_a_fourth_marketing_sender_is_refused_until_a_seat_is_free(cast: Cast):
    ana = cast.access("ana")
    for name in ("ben", "fay", "dee"):
        give_duty(by=ana, user=getattr(cast, name), duty="marketing_sender", reason="The sale")
    with pytest.raises(NoSeatLeft):
        give_duty(by=ana, user=cast.eli, duty="marketing_sender", reason="The sale")
    take_duty(by=ana, user=cast.fay, duty="marketing_sender", reason="The sale")
    give_duty(by=ana, user=cast.eli, duty="marketing_sender", reason="The sale")
    assert set(DutyHolding.objects.values_list("seat", flat=True)) == {1, 2, 3}


def test_the_number_of_senders_is_a_setting(cast: Cast):
    policy = SecurityPolicy.current()
    policy.marketing_senders = 1
    change_policy(by=BY, policy=policy, changed=["marketing_senders"])
    give_duty(by=BY, user=cast.ben, duty="marketing_sender", reason="The sale")
    with pytest.raises(NoSeatLeft):
        give_duty(by=BY, user=cast.fay, duty="marketing_sender", reason="The sale")


@pytest.mark.parametrize("seat", [None, 0, 1])
def test_the_database_itself_refuses_a_sender_without_a_seat_of_their_own(cast: Cast, seat: int | None):
    give_duty(by=BY, user=cast.ben, duty="marketing_sender", reason="The sale")
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyHolding.objects.create(user=cast.fay, duty="marketing_sender", seat=seat)


@pytest.mark.parametrize("name", ["ben", "fay", "dee"])
def test_only_admins_give_duties(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        give_duty(by=cast.access(name), user=cast.eli, duty="finance", reason="Refunds")
    assert not DutyHolding.objects.exists()


def test_an_unknown_duty_is_refused(cast: Cast):
    with pytest.raises(Invalid):
        give_duty(by=BY, user=cast.eli, duty="cleaning")
