"""The quarterly review (PM-7): drawn, confirmed or withdrawn, and what nobody confirmed lapses."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from security.access import Access, Actor, System
from security.actions.duties import take_duty
from security.actions.grants import close_grant
from security.actions.reasons import check_reason
from security.errors import AlreadyDecided, NotFound, require
from security.events import AccessChanged
from security.holdings import drawn, everybody, high_risk_holdings
from security.models import Review, ReviewItem, SecurityPolicy, User, Withheld
from security.policies import may_review, visible_review_items
from security.writing import Change, write

_BY = System("quarterly review")


def quarter_of(moment: datetime) -> str:
    """``2026Q4``."""
    return f"{moment.year}Q{(moment.month - 1) // 3 + 1}"


def run_reviews() -> None:
    """Daily: draw this quarter's review if nobody did, and let lapse what was not confirmed in time."""
    draw_review(by=_BY, quarter=quarter_of(timezone.now()))
    lapse_overdue()


def draw_review(*, by: Actor, quarter: str, seed: str = "") -> Review:
    """Once per quarter. What only the holder themselves could confirm is not drawn: it could only lapse."""
    drawn_before = Review.objects.filter(quarter=quarter).first()
    if drawn_before is not None:
        return drawn_before
    people = everybody()
    with write(by=by) as change:
        policy, now = SecurityPolicy.current(), timezone.now()
        held = high_risk_holdings(people)
        review, fresh = Review.objects.get_or_create(
            quarter=quarter,
            defaults={
                "seed": seed or secrets.token_hex(16),
                "percent": policy.review_percent,
                "held": len(held),
                "drawn_at": now,
                "due_at": now + timedelta(days=policy.review_days),
            },
        )
        if not fresh:
            return review
        reviewable = {
            pk for pk, person in people.items() if any(may_review(other, person) for other in people.values())
        }
        held = [one for one in held if one.holder_id in reviewable]
        chosen = drawn(held, seed=review.seed, percent=review.percent)
        ReviewItem.objects.bulk_create(
            ReviewItem(review=review, holder_id=one.holder_id, kind=one.kind, name=one.name, grant_id=one.grant_id)
            for one in chosen
        )
        change.record("review.drawn", review, seed=review.seed, held=len(held), drawn=len(chosen))
    return review


def confirm_item(*, by: Access, item_id: UUID, comment: str = "") -> ReviewItem:
    """They still need it."""
    with write(by=by) as change:
        item = _open(by, item_id)
        _settle(change, item, "confirmed", by, comment)
    return item


def withdraw_item(*, by: Access, item_id: UUID, comment: str) -> ReviewItem:
    """They do not need it: it is gone at once."""
    check_reason(comment, field="comment")
    with write(by=by) as change:
        item = _open(by, item_id)
        _settle(change, item, "withdrawn", by, comment)
        _take(by, item, comment)
    return item


def lapse_overdue() -> int:
    """What nobody confirmed in time is withdrawn."""
    overdue = ReviewItem.objects.filter(state="open", review__due_at__lte=timezone.now())
    count = 0
    with write(by=_BY) as change:
        for item in overdue.select_for_update(of=("self",)).select_related("holder", "review").order_by("id"):
            _settle(change, item, "lapsed", None, "")
            _take(_BY, item, _not_confirmed(item))
            count += 1
        due = Review.objects.filter(closed_at=None, due_at__lte=timezone.now())
        due.update(closed_at=timezone.now())
    return count


def give_back(*, by: Actor, user: User, permission: str, reason: str) -> None:
    """End a withholding: the level gives the permission again."""
    check_reason(reason)
    require(not isinstance(by, Access) or by.level == "admin")
    with write(by=by) as change:
        rows = Withheld.objects.filter(user=user, permission=permission, lifted_at=None)
        if not rows.update(lifted_at=timezone.now(), lifted_by_id=by.user_id if isinstance(by, Access) else None):
            raise NotFound
        change.record("person.permission_given_back", user, permission=permission, reason=reason.strip())
        change.announce(AccessChanged.of(user.pk))


def _open(by: Access, item_id: UUID) -> ReviewItem:
    rows = ReviewItem.objects.filter(visible_review_items(by)).select_related("holder", "review")
    item = rows.select_for_update(of=("self",)).filter(pk=item_id).first()
    if item is None:
        raise NotFound
    require(by.can("security.review_grant"))
    if item.state != "open":
        raise AlreadyDecided
    return item


def _settle(change: Change, item: ReviewItem, state: str, by: Access | None, comment: str) -> None:
    item.state, item.comment = state, comment.strip()
    item.decided_at, item.decided_by_id = timezone.now(), by.user_id if by else None
    item.save(update_fields=["state", "comment", "decided_at", "decided_by"])
    change.record(f"review.{state}", item, person=item.holder_id, kind=item.kind, name=item.name)


def _take(by: Actor, item: ReviewItem, reason: str) -> None:
    """What was drawn is theirs no longer, however they had it."""
    if item.kind == "duty":
        take_duty(by=System("quarterly review"), user=item.holder, duty=item.name)
    elif item.kind == "grant":
        if item.grant is not None:
            close_grant(by=by, grant=item.grant)
    else:
        withhold(by=by, user=item.holder, permission=item.name, reason=reason)


def _not_confirmed(item: ReviewItem) -> str:
    """In the language of the house: it is kept, and who will read it is not known."""
    with override(settings.LANGUAGE_CODE):
        return _("Not confirmed in the quarterly review %(quarter)s") % {"quarter": item.review.quarter}


def withhold(*, by: Actor, user: User, permission: str, reason: str) -> None:
    """Take one permission of their level from somebody. The caller has checked who may."""
    with write(by=by) as change:
        _, fresh = Withheld.objects.get_or_create(
            user=user,
            permission=permission,
            lifted_at=None,
            defaults={
                "reason": reason.strip(),
                "withheld_by_id": by.user_id if isinstance(by, Access) else None,
                "withheld_at": timezone.now(),
            },
        )
        if fresh:
            change.record("person.permission_withheld", user, permission=permission, reason=reason.strip())
            change.announce(AccessChanged.of(user.pk))
