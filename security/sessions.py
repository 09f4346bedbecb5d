"""Sessions outside a request: a socket asks whether its sign-in still holds, and until when."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest

from security.models import BrowserSession, SessionPolicy, User
from security.models.session import digest_of_key
from security.session_store import SessionStore
from security.tier_policy import BASIC
from security.tiers.standing import standing

_REPORT_SECONDS = 60


def user_of_session(session_key: str | None) -> User | None:
    """The active person signed in under ``session_key``, or ``None`` once it ended or the password changed."""
    return signed_in_by(session_key)[0]


def signed_in_by(session_key: str | None) -> tuple[User | None, datetime | None, str]:
    """The same, with when they are signed out should they do nothing more, or else why they are signed out."""
    if not session_key:
        return None, None, ""
    session = SessionStore(session_key)
    pk = session.get(SESSION_KEY)
    user = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    if user is None or session.row is None or session.get(HASH_SESSION_KEY) != user.get_session_auth_hash():
        return None, None, session.over
    return user, session.row.idle_at, ""


def session_id_of(session_key: str | None) -> UUID | None:
    """Which row it is, where something hangs on that: in the basic tier nothing does, and nothing is read."""
    if standing().tier == BASIC or not session_key:
        return None
    return BrowserSession.objects.filter(digest=digest_of_key(session_key)).values_list("pk", flat=True).first()


def session_of_request(request: HttpRequest) -> BrowserSession | None:
    """The row of the session that came with ``request``, as it was read with it."""
    session = getattr(request, "session", None)
    return getattr(session, "row", None)


def why_over(request: HttpRequest) -> str:
    """Why the session that came with ``request`` counts no more, once it was looked at; empty where none came."""
    return str(getattr(getattr(request, "session", None), "over", ""))


def report_seconds(policy: SessionPolicy) -> int:
    """How often a browser says at most that its person is there: seldom, yet some times within the time they have."""
    return min(_REPORT_SECONDS, policy.idle_minutes * 60 // 4)
