"""Whether somebody's account is locked."""

from security.models import User


def is_locked(who: User) -> bool:
    return User.objects.get(pk=who.pk).locked_at is not None
