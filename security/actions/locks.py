"""Locking an account, and unlocking it (SE-8): the one mechanism for whoever suspects something."""

from datetime import datetime

from django.utils import timezone

from security.access import Access, Actor, System
from security.actions.levels import keep_an_admin
from security.actions.reasons import because
from security.errors import AccountLocked, Invalid, NotLocked, require
from security.events import AccessChanged, SessionEnded
from security.models import AccountLock, User
from security.writing import write


def refuse_locked(user: User) -> None:
    """``AccountLocked`` for whoever is locked: called by every way in, once it is proven who it is."""
    if user.locked_at is not None:
        raise AccountLocked


def lock_account(
    *, by: Actor, user: User, reason: str, until: datetime | None = None, how: str = "admin"
) -> AccountLock:
    """Shut ``user`` out until ``until``, or until somebody unlocks them: sessions end and sockets close at once, keys
    are refused. Nothing of theirs is lost. Who is locked already stays so for the longer of the two.

    ``LastAdmin`` when nobody else could unlock them. ``how``: one of ``AccountLock.how``.
    """
    require(not isinstance(by, Access) or by.level == "admin")
    told = because(by, reason)
    if until is not None and until <= timezone.now():
        raise Invalid(field="until")
    with write(by=by) as change:
        keep_an_admin(by=by, user=user, field="reason")
        row = User.objects.select_for_update().get(pk=user.pk)
        present = AccountLock.objects.filter(user=row, lifted_at=None).first()
        if present is not None:
            return _prolonged(present, until)
        lock = AccountLock.objects.create(
            user=row,
            how=how,
            reason=reason.strip(),
            locked_at=timezone.now(),
            locked_by_id=by.user_id if isinstance(by, Access) else None,
            until=until,
        )
        row.locked_at, row.sign_outs = lock.locked_at, row.sign_outs + 1
        row.save(update_fields=["locked_at", "sign_outs"])
        change.record("person.locked", row, how=how, until=until.isoformat() if until else None, **told)
        change.announce(SessionEnded.of(row.pk))
    return lock


def unlock_account(*, by: Actor, user: User, reason: str) -> None:
    """Let ``user`` in again; they sign in anew, their keys work again."""
    require(not isinstance(by, Access) or by.level == "admin")
    told = because(by, reason)
    with write(by=by) as change:
        row = User.objects.select_for_update().get(pk=user.pk)
        opened = AccountLock.objects.filter(user=row, lifted_at=None).update(
            lifted_at=timezone.now(),
            lifted_by_id=by.user_id if isinstance(by, Access) else None,
            lifted_why=reason.strip(),
        )
        require(opened, NotLocked)
        row.locked_at = None
        row.save(update_fields=["locked_at"])
        change.record("person.unlocked", row, **told)
        change.announce(AccessChanged.of(row.pk))


def lift_ended_locks() -> int:
    """Unlock those whose time is over."""
    over = AccountLock.objects.filter(lifted_at=None, until__lte=timezone.now()).select_related("user")
    count = 0
    for lock in over:
        try:
            unlock_account(by=System("locks that end"), user=lock.user, reason="its time was over")
        except NotLocked:
            continue  # somebody was faster
        count += 1
    return count


def _prolonged(lock: AccountLock, until: datetime | None) -> AccountLock:
    if lock.until is not None and (until is None or until > lock.until):
        lock.until = until
        lock.save(update_fields=["until"])
    return lock
