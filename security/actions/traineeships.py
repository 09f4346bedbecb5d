"""Somebody's first weeks (PM-4): begun, prolonged, ended."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, access_of
from security.errors import Conflict, Invalid, NotFound, require
from security.events import AccessChanged
from security.levels import rank
from security.models import SecurityPolicy, Traineeship, User
from security.writing import write


def start_traineeship(
    *, by: Actor, user: User, mentor: User | None = None, holds_replies: bool = False, ends_on: date | None = None
) -> Traineeship:
    """From their first day (or today) for as long as the policy says, or until ``ends_on``."""
    _require_lead(by, user)
    today = timezone.now().astimezone(ZoneInfo(user.time_zone)).date()
    began = user.hired_on or today
    last = ends_on or began + timedelta(days=SecurityPolicy.current().trainee_days - 1)
    if last < max(began, today):
        raise Invalid(field="ends_on", message=_("This day is over already."))
    _refuse_mentor(user, mentor, holds_replies=holds_replies)
    with write(by=by) as change:
        User.objects.select_for_update().get(pk=user.pk)
        running = Traineeship.objects.filter(user=user, ended_at=None).first()
        if running is not None and running.ends_on >= today:
            raise Conflict(field="user")
        if running is not None:  # it ran out by itself
            running.ended_at = timezone.now()
            running.save(update_fields=["ended_at"])
        made = Traineeship.objects.create(
            user=user,
            began_on=began,
            ends_on=last,
            mentor=mentor,
            holds_replies=holds_replies,
            started_by_id=by.user_id if isinstance(by, Access) else None,
        )
        change.record("trainee.started", user, ends_on=last.isoformat(), mentor=mentor.pk if mentor else None)
        change.announce(AccessChanged.of(user.pk))
    return made


def change_traineeship(
    *, by: Actor, user: User, ends_on: date, mentor: User | None, holds_replies: bool
) -> Traineeship:
    """Prolong or shorten it, or give it another mentor."""
    _require_lead(by, user)
    _refuse_mentor(user, mentor, holds_replies=holds_replies)
    with write(by=by) as change:
        row = _running(user)
        if ends_on < row.began_on:
            raise Invalid(field="ends_on", message=_("This day is over already."))
        before = {"ends_on": row.ends_on.isoformat(), "mentor": row.mentor_id, "holds_replies": row.holds_replies}
        row.ends_on, row.mentor, row.holds_replies = ends_on, mentor, holds_replies
        row.save(update_fields=["ends_on", "mentor", "holds_replies"])
        after = {"ends_on": row.ends_on.isoformat(), "mentor": row.mentor_id, "holds_replies": row.holds_replies}
        change.record("trainee.changed", user, **{name: [before[name], after[name]] for name in after})
        change.announce(AccessChanged.of(user.pk))
    return row


def end_traineeship(*, by: Actor, user: User) -> None:
    """They are one of the team now."""
    _require_lead(by, user)
    with write(by=by) as change:
        row = _running(user)
        row.ended_at, row.ended_by_id = timezone.now(), by.user_id if isinstance(by, Access) else None
        row.save(update_fields=["ended_at", "ended_by"])
        change.record("trainee.ended", user)
        change.announce(AccessChanged.of(user.pk))


def _running(user: User) -> Traineeship:
    row = Traineeship.objects.select_for_update().filter(user=user, ended_at=None).first()
    if row is None:
        raise NotFound(field="user")
    return row


def _require_lead(by: Actor, user: User) -> None:
    """Somebody of another region does not exist for a supervisor."""
    if not isinstance(by, Access):
        return
    if by.level != "admin" and not by.region_ids & access_of(user).region_ids:
        raise NotFound(field="user")
    require(by.can("security.lead_trainee"))


def _refuse_mentor(user: User, mentor: User | None, *, holds_replies: bool) -> None:
    if mentor is None:
        if holds_replies:
            raise Invalid(field="mentor", message=_("Replies can only wait for a mentor."))
        return
    theirs = access_of(mentor)
    fit = mentor.is_active and rank(theirs.level) >= rank("senior") and not theirs.trainee and mentor.pk != user.pk
    if not fit or not theirs.region_ids & access_of(user).region_ids:
        raise Invalid(field="mentor", message=_("A mentor is a senior of the same region."))
