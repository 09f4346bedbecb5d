"""The link in an alert mail that locks the account: signed, for some hours, and void once a lock was lifted, whoever
locked it and whenever the link was sent."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from security.models import AccountLock, SessionPolicy, User

_SIGNER = "kefu.lock"


def lock_link(user: User) -> str:
    return f"{settings.KEFU_PUBLIC_URL}/lock/{lock_token(user)}"


def lock_token(user: User) -> str:
    return signing.dumps([user.pk, _lifted_of(user)], salt=_SIGNER)


def read_lock_link(token: str) -> User | None:
    """Whose account it locks; ``None`` for one that is over, altered, made up or too old: they look the same. While an
    account is locked its links still say whose they are, so that whoever comes by one is told that it is done."""
    try:
        held = timedelta(hours=SessionPolicy.current().lock_link_hours)
        pk, lifted = signing.loads(token, salt=_SIGNER, max_age=held)
        user = User.objects.filter(pk=int(pk), is_active=True).first()
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        return None
    return user if user is not None and _lifted_of(user) == lifted else None


def is_locked_for_good(user: User) -> bool:
    """Whether a lock holds that does not end by itself: a link has nothing to add."""
    return AccountLock.objects.filter(user=user, lifted_at=None, until=None).exists()


def _lifted_of(user: User) -> int:
    """How many locks were lifted. Those that were only made would leave a link good that was sent while one held."""
    return int(AccountLock.objects.filter(user=user, lifted_at__isnull=False).count())
