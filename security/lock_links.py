"""The link in an alert mail that locks the account: signed, for some hours, and void once the account was locked."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from security.models import AccountLock, SessionPolicy, User

_SIGNER = "kefu.lock"


def lock_link(user: User) -> str:
    return f"{settings.KEFU_PUBLIC_URL}/lock/{lock_token(user)}"


def lock_token(user: User) -> str:
    return signing.dumps([user.pk, _locks_of(user)], salt=_SIGNER)


def read_lock_link(token: str) -> User | None:
    """Whose account it locks; ``None`` for one that was used, altered, made up or is too old: they look the same."""
    try:
        held = timedelta(hours=SessionPolicy.current().lock_link_hours)
        pk, locks = signing.loads(token, salt=_SIGNER, max_age=held)
        user = User.objects.filter(pk=int(pk), is_active=True).first()
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        return None
    return user if user is not None and _locks_of(user) == locks else None


def _locks_of(user: User) -> int:
    return int(AccountLock.objects.filter(user=user).count())
