"""Locking an account: nobody gets in, by no password, passkey or key, and every session ends at once (SE-3, SE-8)."""

from datetime import datetime

from django.utils import timezone

from security.access import Access, Actor, System, access_of
from security.actions.mails import send_mail_later
from security.actions.reasons import because
from security.actions.session_ends import put_out
from security.actions.sign_in_watch import admins_but
from security.errors import LinkRefused
from security.lock_links import read_lock_link
from security.models import AccountLock, User
from security.models.session import LOCKED
from security.notifying import notify_people
from security.writing import Change, write


def lock_account(*, by: Actor, user: User, reason: str, until: datetime | None = None) -> AccountLock:
    """Until ``until``, or until it is lifted. Locking a locked account adds another lock, and ends sessions again."""
    because(by, reason)
    with write(by=by) as change:
        locker = by.user_id if isinstance(by, Access) else None
        row = AccountLock.objects.create(user=user, reason=reason.strip(), until=until, locked_by_id=locker)
        put_out(change, user, LOCKED)
        change.record("account.locked", user, reason=row.reason)
        admins = admins_but(user)
        notify_people(change, to=admins, kind="account.locked", note=user.name, person_id=user.pk)
        for admin in User.objects.filter(pk__in=admins):
            send_mail_later(kind="account.locked_told", user=admin, person=user.pk)
        send_mail_later(kind="account.locked", user=user)
    return row


def unlock_account(*, by: Actor, user: User, reason: str) -> int:
    """Lift every lock of ``user``; returns how many there were."""
    told = because(by, reason)
    with write(by=by) as change:
        lifted = _lift(by, user)
        if lifted:
            change.record("account.unlocked", user, **told)
    return lifted


def unlock_by_own_password(change: Change, user: User) -> None:
    """Whoever set a new password by a link that only their mailbox holds has proven to be it."""
    if _lift(access_of(user), user):
        change.record("account.unlocked", user, how="password_link")


def lock_by_link(token: str) -> User:
    """What the link of an alert mail does, once: each lock makes every earlier link void. Raises ``LinkRefused``."""
    with write(by=System("the link of an alert mail")) as change:
        found = read_lock_link(token)
        if found is None:
            raise LinkRefused
        user = User.objects.select_for_update().get(pk=found.pk)
        if read_lock_link(token) is None:  # of two who use it at once, one does
            raise LinkRefused
        lock_account(by=change.by, user=user, reason="This was not me")
    return user


def _lift(by: Actor, user: User) -> int:
    lifter = by.user_id if isinstance(by, Access) else None
    rows = AccountLock.objects.in_force().filter(user=user)
    lifted: int = rows.update(lifted_at=timezone.now(), lifted_by_id=lifter)
    return lifted
