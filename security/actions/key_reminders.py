"""Before an API key ends, and when it has: its owner hears of it, and by mail whoever looks after keys (SE-6)."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from security.access import System
from security.actions.mails import send_mail_later
from security.models import ApiKey, KeyPolicy
from security.notifying import notify_people
from security.security_team import mail_security_team, security_team
from security.writing import Change, write

_BY = System("API keys")
_ENDED = 0  # days before its end
# A key that ended longer ago is no news, should nothing have run meanwhile.
_NEWS = timedelta(days=3)


def settle_api_keys() -> None:
    """Remind of keys that end soon, tell of those that ended, and forget those that ended long ago. Not of those that
    have a successor, or were revoked: their end was somebody's wish."""
    now, policy = timezone.now(), KeyPolicy.current()
    with write(by=_BY) as change:
        _remind(change, now, policy.reminders)
        _tell_ended(change, now)
        forgotten = now - timedelta(days=policy.kept_days)
        ApiKey.objects.filter(Q(revoked_at__lt=forgotten) | Q(expiry__lt=forgotten)).delete()


def _remind(change: Change, now: datetime, stages: list[int]) -> None:
    soon = _unfollowed(now).filter(expiry__gt=now)
    due = soon.filter(expiry__lte=now + timedelta(days=stages[-1]))
    for row in due.select_for_update(of=("self",)).select_related("user").order_by("expiry", "pk"):
        left = row.expiry - now
        stage = next(days for days in stages if left <= timedelta(days=days))
        if row.reminded_days is not None and row.reminded_days <= stage:
            continue
        count = max(1, round(left / timedelta(days=1)))
        _tell(change, row, "key.ending", stage, count=count, admins=stage == stages[0])


def _tell_ended(change: Change, now: datetime) -> None:
    over = _unfollowed(now).filter(expiry__lte=now, expiry__gt=now - _NEWS).exclude(reminded_days=_ENDED)
    for row in over.select_for_update(of=("self",)).select_related("user").order_by("expiry", "pk"):
        _tell(change, row, "key.ended", _ENDED, admins=True)


def _unfollowed(now: datetime) -> QuerySet[ApiKey]:
    """Keys in use, without a successor: one that has ended is none."""
    followed = Q(successor__revoked_at=None) & (Q(successor__expiry=None) | Q(successor__expiry__gt=now))
    return ApiKey.objects.filter(Q(successor=None) | ~followed, revoked_at=None, user__is_active=True)


def _tell(change: Change, row: ApiKey, kind: str, stage: int, *, admins: bool, **data: int) -> None:
    """``admins``: by mail too, at the last moment: before that it is its owner's alone."""
    row.reminded_days = stage
    row.save(update_fields=["reminded_days"])
    notify_people(change, to=[row.user_id], kind=kind, note=row.name, **data)
    send_mail_later(kind=kind, user=row.user, key=str(row.public_id))
    if admins:
        others = set(security_team()) - {row.user_id}
        mail_security_team(kind=kind, team=others, key=str(row.public_id))
