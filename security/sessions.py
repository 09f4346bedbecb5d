"""Sessions outside a request: a socket asks whether its sign-in still holds."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY

from security.models import User


def user_of_session(session_key: str | None) -> User | None:
    """The active person signed in under ``session_key``, or ``None`` once it ended or the password changed."""
    if not session_key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = (
        User.objects.filter(pk=session.get(SESSION_KEY), is_active=True).first() if session.get(SESSION_KEY) else None
    )
    if user is None or session.get(HASH_SESSION_KEY) != user.get_session_auth_hash():
        return None
    return user
