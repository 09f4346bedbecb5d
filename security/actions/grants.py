"""Permissions and duties for a time (PM-6): given by somebody above, with a reason, and over by themselves."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, System, access_of
from security.actions.reasons import because, check_reason
from security.errors import Conflict, Invalid, NoSeatLeft, NotAbove, NotFound
from security.events import AccessChanged
from security.levels import DUTY_NAMES, MARKETING_SENDER, given_for_a_time
from security.models import Grant, Membership, SecurityPolicy, User
from security.policies import colleagues_of, levels_below
from security.tiers.holding import require_right
from security.writing import Change, write

_LATELY = timedelta(minutes=2)  # twice what lies between two settlings


def give_grant(
    *,
    by: Actor,
    user: User,
    permission: str = "",
    duty: str = "",
    on: models.Model | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime,
    reason: str,
) -> Grant:
    """Give a permission (on one object, with ``on``) or a duty until ``ends_at``; from now on without ``starts_at``."""
    begins = starts_at or timezone.now()
    _refuse_odd(permission, duty, begins, ends_at, reason)
    refuse_from_below(by, user, permission)
    with write(by=by) as change:
        if duty == MARKETING_SENDER:
            _refuse_too_many(user, begins, ends_at)
        grant = Grant(
            user=user,
            permission=permission,
            duty=duty,
            object_label=on._meta.label_lower if on is not None else "",
            object_pk=str(on.pk) if on is not None else "",
            reason=reason.strip(),
            starts_at=begins,
            ends_at=ends_at,
            given_by_id=by.user_id if isinstance(by, Access) else None,
        )
        grant.save(force_insert=True)
        what = {"permission": permission} if permission else {"duty": duty}
        place = {"on": f"{grant.object_label} {grant.object_pk}"} if on is not None else {}
        change.record(
            "grant.given", grant, person=user.pk, starts_at=begins.isoformat(), ends_at=ends_at.isoformat(),
            reason=grant.reason, region_id=getattr(on, "region_id", None), **what, **place,
        )  # fmt: skip
        change.announce(AccessChanged.of(user.pk))
    return grant


def give_grants(*, by: Access, user_ids: Sequence[int], **what: Any) -> list[Grant]:
    """To several people at once: to all of them or to nobody. Somebody the giver does not see does not exist."""
    people = {user.pk: user for user in colleagues_of(by).filter(pk__in=user_ids)}
    if len(people) != len(set(user_ids)):
        raise NotFound(field="people")
    with write(by=by):
        return [give_grant(by=by, user=people[pk], **what) for pk in dict.fromkeys(user_ids)]


def end_grant(*, by: Actor, grant_id: UUID, reason: str = "") -> None:
    """Before its time, with a reason. Ending what is over changes nothing."""
    because(by, reason)
    with write(by=by):
        grant = _locked(by, grant_id)
        refuse_from_below(by, grant.user, grant.permission)
        close_grant(by=by, grant=grant, reason=reason)


def close_grant(*, by: Actor, grant: Grant, reason: str = "") -> None:
    """The same for whoever has checked who may."""
    with write(by=by) as change:
        if grant.ended_at is None:
            told = because(by, reason, needed=False)
            _end(change, grant, by.user_id if isinstance(by, Access) else None, **told)


def extend_grant(*, by: Actor, grant_id: UUID, ends_at: datetime, reason: str) -> Grant:
    """Let one that is not over end at another time."""
    check_reason(reason)
    with write(by=by) as change:
        grant = _running(by, grant_id)
        refuse_from_below(by, grant.user, grant.permission)
        _refuse_span(grant.starts_at, ends_at)
        before, grant.ends_at = grant.ends_at, ends_at
        grant.save(update_fields=["ends_at"])
        change.record(
            "grant.extended", grant, person=grant.user_id, reason=reason.strip(),
            ends_at=[before.isoformat(), ends_at.isoformat()],
        )  # fmt: skip
        change.announce(AccessChanged.of(grant.user_id))
    return grant


def settle_grants() -> int:
    """Write down what is over, and tell people whose rights began or ended lately: open tabs learn of it. Rights begin
    and end at their time without this. Returns how many ended."""
    now = timezone.now()
    due = Grant.objects.filter(ended_at=None, ends_at__lte=now).order_by("id")
    begun = Grant.objects.filter(ended_at=None, starts_at__gt=now - _LATELY, starts_at__lte=now)
    count = 0
    with write(by=System("grants that are over")) as change:
        for grant in due.select_for_update():
            _end(change, grant, None)
            count += 1
        for user_id in begun.values_list("user_id", flat=True).distinct():
            change.announce(AccessChanged.of(user_id))
    return count


def _end(change: Change, grant: Grant, ended_by: int | None, **told: str) -> None:
    grant.ended_at, grant.ended_by_id = timezone.now(), ended_by
    grant.save(update_fields=["ended_at", "ended_by"])
    change.record("grant.ended", grant, person=grant.user_id, **told)
    change.announce(AccessChanged.of(grant.user_id))


def _locked(by: Actor, grant_id: UUID) -> Grant:
    """One of somebody of a region of ``by``: that of another takes no more steps to refuse than one that never was."""
    rows = Grant.objects.select_for_update(of=("self",)).select_related("user").filter(pk=grant_id)
    if isinstance(by, Access):
        colleagues = Membership.objects.filter(region_id__in=by.region_ids)
        rows = rows.filter(user_id__in=colleagues.values("user_id"))
    grant = rows.first()
    if grant is None:
        raise NotFound
    return grant


def _running(by: Actor, grant_id: UUID) -> Grant:
    grant = _locked(by, grant_id)
    if grant.ended_at is not None or grant.ends_at <= timezone.now():
        raise Conflict(field="grant", message=_("It is over already."), remedy=_("Give it anew."))
    return grant


def _refuse_odd(permission: str, duty: str, starts_at: datetime, ends_at: datetime, reason: str) -> None:
    if bool(permission) == bool(duty):
        raise Invalid(field="permission")
    if permission and permission not in given_for_a_time():
        raise Invalid(field="permission", message=_("There is no such permission that can be given for a time."))
    if duty and duty not in DUTY_NAMES:
        raise Invalid(field="duty")
    check_reason(reason)
    _refuse_span(starts_at, ends_at)


def _refuse_span(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= max(starts_at, timezone.now()):
        raise Invalid(field="ends_at", message=_("It must end after it begins."))
    longest = SecurityPolicy.current().grant_days
    if ends_at > starts_at + timedelta(days=longest):
        raise Invalid(field="ends_at", message=_("At most %(n)s days.") % {"n": longest})


def _refuse_too_many(user: User, starts_at: datetime, ends_at: datetime) -> None:
    """Besides those who hold the duty for good, a share of the team may hold it at the same time (PM-6)."""
    team = User.objects.filter(is_active=True).count()
    most = max(1, math.ceil(team * SecurityPolicy.current().campaign_senders_percent / 100))
    held = Grant.objects.select_for_update().filter(duty=MARKETING_SENDER, ended_at=None)
    others = held.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exclude(user=user)
    if len(set(others.values_list("user_id", flat=True))) >= most:
        raise NoSeatLeft(field="duty", remedy=_("Wait until somebody's time is over, or end it early."))


def refuse_from_below(by: Actor, user: User, permission: str) -> None:
    """From above, within a region, and only what one has oneself. Somebody of another region does not exist."""
    if not isinstance(by, Access):
        return
    theirs = access_of(user)
    if not by.region_ids & theirs.region_ids:
        raise NotFound
    require_right(by, "security.give_grant")
    if by.user_id == user.pk or theirs.level not in levels_below(by) or (permission and not by.can(permission)):
        raise NotAbove
