"""Locking an account: nobody gets in, by no password, passkey or key, and every session ends at once (SE-3, SE-8).

The one mechanism for whoever suspects something: an admin, a behaviour rule, or the person by the link of an alert.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from security.access import Access, Actor, System
from security.account_errors import AccountLocked, LinkRefused, NotLocked
from security.actions.levels import keep_an_admin
from security.actions.mails import send_mail_later
from security.actions.reasons import because
from security.actions.session_ends import put_out
from security.errors import Invalid, require
from security.events import AccessChanged
from security.lock_links import read_lock_link
from security.models import AccountLock, User
from security.models.session import LOCKED
from security.notifying import notify_people
from security.security_team import admins_but
from security.writing import Change, write

_STRENGTH = ("owner", "rule", "admin")  # of ``AccountLock.how``


def refuse_locked(user: User) -> None:
    """``AccountLocked`` for whoever is locked: called by every way in, once it is proven who it is."""
    if user.locked_at is not None:
        raise AccountLocked


def lock_account(
    *, by: Actor, user: User, reason: str, until: datetime | None = None, how: str = "admin"
) -> AccountLock:
    """Shut ``user`` out until ``until``, or until somebody unlocks them: sessions end and sockets close at once, keys
    are refused. Nothing of theirs is lost. Who is locked already stays so for the longer of the two, and by the
    stronger: an admin's lock takes over from a rule's, a rule's from the person's own.

    ``LastAdmin`` when nobody else could unlock them, but by the person's own link: the machine's owner can
    (``manage.py unlock_account``). ``how``: one of ``AccountLock.how``.
    """
    require(not isinstance(by, Access) or by.level == "admin")
    told = because(by, reason)
    if until is not None and until <= timezone.now():
        raise Invalid(field="until")
    with write(by=by) as change:
        if how != "owner":
            keep_an_admin(by=by, user=user, field="reason")
        row = User.objects.select_for_update().get(pk=user.pk)
        present = AccountLock.objects.filter(user=row, lifted_at=None).first()
        if present is not None:
            return _strengthened(change, present, until, how=how, told=told)
        lock = AccountLock.objects.create(
            user=row,
            how=how,
            reason=reason.strip(),
            locked_at=timezone.now(),
            locked_by_id=by.user_id if isinstance(by, Access) else None,
            until=until,
        )
        row.locked_at = lock.locked_at
        row.save(update_fields=["locked_at"])
        put_out(change, row, LOCKED)
        change.record("person.locked", row, how=how, until=until.isoformat() if until else None, **told)
        _tell(change, row, how)
    return lock


def _tell(change: Change, user: User, how: str) -> None:
    """The person, who cannot look any more, and whoever can unlock them."""
    admins = admins_but(user)
    notify_people(change, to=admins, kind="account.locked", note=user.name, person_id=user.pk)
    for admin in User.objects.filter(pk__in=admins):
        send_mail_later(kind="account.locked_told", user=admin, person=user.pk)
    send_mail_later(kind="account.locked", user=user, how=how)


def unlock_account(*, by: Actor, user: User, reason: str) -> None:
    """Let ``user`` in again; they sign in anew, their keys work again."""
    require(not isinstance(by, Access) or by.level == "admin")
    told = because(by, reason)
    with write(by=by) as change:
        require(_lift(change, user, reason.strip()), NotLocked)
        change.record("person.unlocked", user, **told)


def unlock_by_own_password(change: Change, user: User, *, hows: Collection[str]) -> None:
    """Whoever set a new password by a link has proven to be it. ``hows``: of whose locks that is enough for; of those
    an admin or a rule made only with a link that an admin passed on."""
    held = AccountLock.objects.filter(user=user, lifted_at=None, how__in=hows).exists()
    if held and _lift(change, user, "a new password by a link"):
        change.record("person.unlocked", user, how="password_link")


def lock_by_link(token: str) -> User:
    """What the link of an alert mail does; once a lock was lifted every link sent before is void. A lock that is there
    already, and would end by itself, holds until somebody lifts it. Raises ``LinkRefused``."""
    with write(by=System("the link of an alert mail")) as change:
        found = read_lock_link(token)
        if found is None:
            raise LinkRefused
        user = User.objects.select_for_update().get(pk=found.pk)
        if read_lock_link(token) is None:  # it was lifted while we waited
            raise LinkRefused
        lock_account(by=change.by, user=user, reason=_("This was not me"), how="owner")
    return user


def lift_ended_locks() -> int:
    """Unlock those whose time is over."""
    over = AccountLock.objects.filter(lifted_at=None, until__lte=timezone.now()).select_related("user")
    return sum(lift_if_over(lock) for lock in over)


def lift_if_over(lock: AccountLock) -> int:
    """Nothing when somebody was faster, or made it longer since it was read."""
    why = "its time was over"
    with write(by=System("locks that end")) as change:
        opened = _lift(change, lock.user, why, pk=lock.pk, until__lte=timezone.now())
        if opened:
            change.record("person.unlocked", lock.user, reason=why)
    return opened


def _lift(change: Change, user: User, why: str, **which: object) -> int:
    """The open lock of ``user``, if it is ``which``."""
    row = User.objects.select_for_update().get(pk=user.pk)
    lifter = change.by.user_id if isinstance(change.by, Access) else None
    opened = AccountLock.objects.filter(user=row, lifted_at=None, **which).update(
        lifted_at=timezone.now(), lifted_by_id=lifter, lifted_why=why
    )
    if opened:
        row.locked_at = None
        row.save(update_fields=["locked_at"])
        change.announce(AccessChanged.of(row.pk))
    return opened


def give_back_end(change: Change, lock: AccountLock, **told: str) -> None:
    """An alarm that prolonged it was false: it ends when it would have without any."""
    first = lock.alarms.exclude(held_until=None).order_by("raised_at").first()
    if lock.until is None and first is not None:
        before = _terms(lock)
        lock.until = first.held_until
        lock.save(update_fields=["until"])
        _note_changed(change, lock, before, told)


def give_back_to_owner(change: Change, lock: AccountLock, **told: str) -> None:
    """A rule took it over for a false alarm: it is what the person made it again, and their link opens it."""
    give_back_end(change, lock, **told)
    before = _terms(lock)
    lock.how, lock.was_owners = "owner", False
    lock.save(update_fields=["how", "was_owners"])
    send_mail_later(kind="account.locked", user=lock.user, how="owner")
    _note_changed(change, lock, before, told)


def _strengthened(
    change: Change, lock: AccountLock, until: datetime | None, *, how: str, told: dict[str, str]
) -> AccountLock:
    """What a second lock makes of the first: the longer of the two, and the stronger. Whoever could open theirs by a
    mailed link is told that it is over. What an admin wants holds whatever becomes of the alarms that wanted more."""
    before = _terms(lock)
    if how == "admin":
        shorter = lock.alarms.exclude(held_until=None)
        (shorter if until is None else shorter.filter(held_until__lt=until)).update(held_until=until)
    if lock.until is not None and (until is None or until > lock.until):
        lock.until = until
        lock.save(update_fields=["until"])
    if _STRENGTH.index(how) > _STRENGTH.index(lock.how):
        lock.was_owners = lock.was_owners or lock.how == "owner"
        lock.how, lock.reason = how, told.get("reason", "")
        lock.locked_by_id = change.by.user_id if isinstance(change.by, Access) else None
        lock.save(update_fields=["how", "reason", "locked_by", "was_owners"])
        send_mail_later(kind="account.locked", user=lock.user, how=how)
    _note_changed(change, lock, before, told)
    return lock


def _terms(lock: AccountLock) -> tuple[str, datetime | None]:
    return lock.how, lock.until


def _note_changed(change: Change, lock: AccountLock, before: tuple[str, datetime | None], told: dict[str, str]) -> None:
    if before != _terms(lock):
        ends = [moment.isoformat() if moment else None for moment in (before[1], lock.until)]
        change.record("person.lock_changed", lock.user, how=[before[0], lock.how], until=ends, **told)
