"""The guard against guessing passwords (SE-3): three wrong ones in a row lock signing in with that address.

Every attempt takes one of the few places first and gives all of them back when its password was right. Counting what
failed afterwards, as libraries do, lets any number of guesses through that are made at the same moment. An address that
nobody has is counted in the same way, so that nothing tells it from one that somebody has.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from security.access import Actor, System
from security.account_errors import SignInLocked
from security.actions.mails import mail_is_set_up
from security.actions.reasons import because
from security.encryption.blind_index import blind
from security.models import SignInGuard, SignInPolicy, User
from security.writing import write

_GUARD = System("sign-in guard")
_DOUBLED_MOST = 20  # beyond any lock's time


@dataclass(frozen=True)
class Attempt:
    """One that took its place. ``last``: when it fails, signing in is locked."""

    digest: str
    last: bool


def begin_attempt(email: str) -> Attempt:
    """Take a place, or refuse with ``SignInLocked``."""
    digest, policy, now = digest_of(email), SignInPolicy.current(), timezone.now()
    with transaction.atomic():
        SignInGuard.objects.bulk_create([SignInGuard(digest=digest, last_at=now)], ignore_conflicts=True)
        guard = SignInGuard.objects.select_for_update().get(digest=digest)
        if guard.locked_until is not None and guard.locked_until > now:
            raise SignInLocked(wait=(guard.locked_until - now).total_seconds(), mail=mail_is_set_up())
        forgotten = guard.locked_until is not None or guard.last_at <= now - policy.lock
        guard.failures = 1 if forgotten else guard.failures + 1
        guard.last_at, last = now, guard.failures >= policy.failures
        guard.locked_until = now + policy.lock if last else None
        guard.save()
    return Attempt(digest=digest, last=last)


def note_success(attempt: Attempt) -> None:
    """The password was right: nothing counts against the address any more."""
    SignInGuard.objects.filter(digest=attempt.digest).update(failures=0, locked_until=None)


def note_failure(attempt: Attempt, user: User | None) -> None:
    """Tell the log: of the person, or of an address that nobody has. Both take as long."""
    with write(by=_GUARD) as change:
        subject = user or SignInGuard(digest=attempt.digest)
        change.record("sign_in.locked" if attempt.last else "sign_in.refused", subject)


def unlock_sign_in(*, by: Actor, user: User, reason: str) -> bool:
    """Let ``user`` try again at once. Returns whether anything counted against them."""
    told = because(by, reason)
    with write(by=by) as change:
        held = forgive(user)
        if held:
            change.record("sign_in.unlocked", user, **told)
    return held


def forgive(user: User) -> bool:
    """Nothing counts against them any more; returns whether anything did."""
    found = SignInGuard.objects.filter(digest=digest_of(user.email)).exclude(failures=0)
    return bool(found.update(failures=0, locked_until=None))


def is_sign_in_locked(user: User) -> bool:
    return SignInGuard.objects.filter(digest=digest_of(user.email), locked_until__gt=timezone.now()).exists()


def own_password_waits(user: User) -> bool:
    """Whether somebody who is in gave a wrong password of their own so lately that the next one is not looked at."""
    return SignInGuard.objects.filter(digest=_digest_of_own(user), locked_until__gt=timezone.now()).exists()


def count_own_password(user: User, *, right: bool) -> None:
    """A right one clears the account; each wrong one doubles the time to the next, up to what locks signing in for as
    long. Apart from signing in, which goes on elsewhere. Call it with the person locked."""
    digest, policy, now = _digest_of_own(user), SignInPolicy.current(), timezone.now()
    if right:
        SignInGuard.objects.filter(digest=digest).delete()
        return
    guard = SignInGuard.objects.filter(digest=digest).first() or SignInGuard(digest=digest)
    guard.failures, guard.last_at = guard.failures + 1, now
    wait = timedelta(seconds=2 ** min(guard.failures - 1, _DOUBLED_MOST))
    guard.locked_until = now + min(wait, policy.lock)
    guard.save()


def forget_old_guards() -> int:
    """Hourly: what counts no more goes, or made-up addresses would fill the table."""
    now, policy = timezone.now(), SignInPolicy.current()
    over = Q(locked_until=None) | Q(locked_until__lte=now)
    return SignInGuard.objects.filter(over, last_at__lte=now - policy.lock - timedelta(hours=1)).delete()[0]


def _digest_of_own(user: User) -> str:
    return blind(str(user.pk), kind="own-password", region_id=None).hex()


def digest_of(email: str) -> str:
    return blind(User.objects.normalize_email(email), kind="sign-in", region_id=None).hex()
