"""Incident mode (SE-9): one switch that raises the tier, holds rights back, and ends by itself or by hand."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, System
from security.actions.reasons import because
from security.actions.session_ends import put_out_all_but
from security.actions.tiers import check_author_meets, require_author, tell_admins, tell_everybody, tier_now
from security.errors import Conflict, Invalid
from security.models import Incident, TierPolicy
from security.tiers.standing import forget_standing, is_at_least
from security.writing import Change, write

_BY = System("incidents that end")
_OVER = "its time was over"


def begin_incident(*, by: Actor, reason: str, hours: int, end_sessions: bool = False) -> Incident:
    """``hours``: when it ends by itself. ``end_sessions``: everybody signs in anew, but for the author here."""
    require_author(by)
    told = because(by, reason)
    policy, now = TierPolicy.current(), timezone.now()
    if not 1 <= hours <= policy.incident_most_hours:
        message = _("From 1 to %(n)s hours.") % {"n": policy.incident_most_hours}
        raise Invalid(field="hours", message=message)
    with write(by=by) as change:
        _close_over(change)
        present = tier_now()
        tier = present if is_at_least(present, policy.incident_tier) else policy.incident_tier
        check_author_meets(change, by, tier, even_unlisted=True)
        row = _begun(by, tier=tier, reason=reason.strip(), begun_at=now, ends_at=now + timedelta(hours=hours))
        if end_sessions:
            kept = by.session_id if isinstance(by, Access) else None
            row.ended_sessions = put_out_all_but(change, kept)
            row.save(update_fields=["ended_sessions"])
        change.record("incident.begun", row, tier=[present, tier], hours=hours, sessions=row.ended_sessions, **told)
        tell_everybody(change)
        tell_admins(change, "incident.begun", incident=str(row.pk), hours=hours)
    forget_standing()
    return row


def end_incident(*, by: Actor, reason: str) -> None:
    """``Conflict`` when it is over already."""
    require_author(by)
    told = because(by, reason)
    with write(by=by) as change:
        row = Incident.objects.select_for_update().filter(open=True).first()
        if row is None or row.ends_at <= timezone.now():
            raise Conflict(message=_("There is no incident."))
        _close(change, row, by, reason.strip())
        change.record("incident.ended", row, **told)
    forget_standing()


def settle_incidents() -> bool:
    """Write down that one is over, which counts since it is; whether one was."""
    with write(by=_BY) as change:
        closed = _close_over(change)
    if closed:
        forget_standing()
    return closed


def _begun(by: Actor, **columns: object) -> Incident:
    try:
        with transaction.atomic():
            return Incident.objects.create(begun_by_id=by.user_id if isinstance(by, Access) else None, **columns)
    except IntegrityError:
        raise Conflict(message=_("There is an incident already.")) from None


def _close_over(change: Change) -> bool:
    row = Incident.objects.select_for_update().filter(open=True, ends_at__lte=timezone.now()).first()
    if row is None:
        return False
    _close(change, row, _BY, _OVER)
    change.record("incident.ended", row, reason=_OVER)
    return True


def _close(change: Change, row: Incident, by: Actor, why: str) -> None:
    row.open, row.ended_why = False, why
    row.ended_at = min(timezone.now(), row.ends_at)
    row.ended_by_id = by.user_id if isinstance(by, Access) else None
    row.save(update_fields=["open", "ended_why", "ended_at", "ended_by"])
    tell_everybody(change)
    tell_admins(change, "incident.ended", incident=str(row.pk))
