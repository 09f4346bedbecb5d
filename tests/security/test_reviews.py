"""A tenth of what is high-risk is drawn each quarter; what nobody confirms is withdrawn (PM-7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from security.actions.duties import give_duty
from security.actions.grants import give_grant
from security.actions.people import leave_region
from security.actions.reviews import (
    confirm_item,
    draw_review,
    give_back,
    lapse_overdue,
    quarter_of,
    run_reviews,
    withdraw_item,
)
from security.errors import AlreadyDecided, Missing, NotAllowed, NotFound
from security.holdings import Holding, drawn, everybody, high_risk_holdings
from security.models import DutyHolding, Operation, Review, ReviewItem
from tests.conftest import BY, Cast

MANAGE = "inbox.manage_channel"


def draw(cast: Cast, *, percent: int = 100) -> list[ReviewItem]:
    """Everything that may be drawn, unless told otherwise."""
    from security.models import SecurityPolicy

    policy = SecurityPolicy.current()
    policy.review_percent = percent
    draw_review(by=BY, quarter="2026Q4", seed="test")
    return list(ReviewItem.objects.order_by("kind", "name"))


def item_of(holder: Any, name: str) -> ReviewItem:
    return ReviewItem.objects.get(holder=holder, name=name)


def test_one_in_ten_of_each_kind_is_drawn_and_the_same_ones_again():
    crowd = [Holding("permission", MANAGE, pk) for pk in range(95)] + [Holding("duty", "finance", 7)]
    first = drawn(crowd, seed="a", percent=10)
    assert len([one for one in first if one.kind == "permission"]) == 10
    assert [one for one in first if one.kind == "duty"] == [Holding("duty", "finance", 7)]
    assert drawn(reversed(crowd), seed="a", percent=10) == first
    assert drawn(crowd, seed="b", percent=10) != first


def test_what_is_high_risk_by_level_duty_or_grant_is_there_to_be_drawn(cast: Cast):
    give_duty(by=BY, user=cast.ben, duty="finance")
    until = timezone.now() + timedelta(days=1)
    give_grant(by=BY, user=cast.fay, permission=MANAGE, ends_at=until, reason="Holiday")
    held = {(one.kind, one.name, one.holder_id) for one in high_risk_holdings(everybody())}
    assert ("permission", MANAGE, cast.dee.pk) in held and ("permission", MANAGE, cast.ana.pk) in held
    assert ("duty", "finance", cast.ben.pk) in held and ("grant", MANAGE, cast.fay.pk) in held
    assert not any(holder == cast.eli.pk for _, _, holder in held)


def test_a_quarter_is_drawn_once(cast: Cast):
    draw(cast)
    count = ReviewItem.objects.count()
    draw_review(by=BY, quarter="2026Q4", seed="another")
    assert Review.objects.get().seed == "test" and ReviewItem.objects.count() == count


def test_what_only_the_holder_could_confirm_is_not_drawn(cast: Cast):
    draw(cast)
    assert not ReviewItem.objects.filter(holder=cast.ana).exists(), "nobody is above the only admin"
    assert ReviewItem.objects.filter(holder=cast.dee).exists()


def test_a_confirmed_right_stays_and_a_withdrawn_one_is_gone_at_once(cast: Cast):
    draw(cast)
    ana = cast.access("ana")
    confirm_item(by=ana, item_id=item_of(cast.dee, "security.give_grant").pk)
    withdraw_item(by=ana, item_id=item_of(cast.dee, MANAGE).pk, comment="Fay does it now")
    dee = cast.access("dee")
    assert dee.can("security.give_grant") and not dee.can(MANAGE)
    line = Operation.objects.get(action="person.permission_withheld")
    assert (line.subject_id, line.details["permission"]) == (str(cast.dee.pk), MANAGE)
    give_back(by=ana, user=cast.dee, permission=MANAGE, reason="She does it again")
    assert cast.access("dee").can(MANAGE)


def test_a_withdrawn_duty_and_a_withdrawn_grant_end(cast: Cast):
    give_duty(by=BY, user=cast.ben, duty="finance")
    until = timezone.now() + timedelta(days=1)
    give_grant(by=BY, user=cast.fay, permission=MANAGE, ends_at=until, reason="Holiday")
    draw(cast)
    for holder, name in ((cast.ben, "finance"), (cast.fay, MANAGE)):
        withdraw_item(by=cast.access("dee"), item_id=item_of(holder, name).pk, comment="Over")
    assert not DutyHolding.objects.exists() and not cast.access("fay").can(MANAGE)


def test_what_nobody_confirms_in_time_lapses(cast: Cast, time_machine):
    time_machine.move_to("2026-10-01T00:00:00Z", tick=False)
    run_reviews()
    Review.objects.get()
    item = ReviewItem.objects.filter(holder=cast.dee).first()
    assert item is not None and item.state == "open"
    time_machine.move_to("2026-10-15T00:01:00Z", tick=False)
    assert lapse_overdue() >= 1 and lapse_overdue() == 0
    item.refresh_from_db()
    assert item.state == "lapsed" and not cast.access("dee").can(item.name)
    assert Review.objects.get().closed_at is not None


def test_it_is_decided_once_and_with_a_word_when_it_is_no(cast: Cast):
    draw(cast)
    item = item_of(cast.dee, MANAGE)
    with pytest.raises(Missing):
        withdraw_item(by=cast.access("ana"), item_id=item.pk, comment="  ")
    confirm_item(by=cast.access("ana"), item_id=item.pk)
    with pytest.raises(AlreadyDecided):
        withdraw_item(by=cast.access("ana"), item_id=item.pk, comment="No")


@pytest.mark.parametrize("name", ["fay", "ben", "dee"])
def test_whoever_is_not_above_sees_nothing_of_it(cast: Cast, name: str):
    draw(cast)
    with pytest.raises((NotFound, NotAllowed)):
        confirm_item(by=cast.access(name), item_id=item_of(cast.dee, MANAGE).pk)


def test_people_of_another_region_are_not_reviewed(cast: Cast):
    give_duty(by=BY, user=cast.cho, duty="finance")
    draw(cast)
    leave_region(by=BY, user=cast.dee, region=cast.europe)
    with pytest.raises(NotFound):
        confirm_item(by=cast.access("dee"), item_id=item_of(cast.cho, "finance").pk)


def test_a_quarter_has_a_name():
    assert quarter_of(timezone.now().replace(year=2026, month=12, day=31)) == "2026Q4"
