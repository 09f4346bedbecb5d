"""Signing in and out, and the word that somebody is still there."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from security.access import access_of
from security.actions.sign_in_watch import watch
from security.errors import AccountLocked, SignInFailed, require
from security.events import SessionEnded
from security.models import BrowserSession, SessionPolicy, User
from security.models.lock import is_locked
from security.models.session import digest_of_key
from security.origin import current_origin
from security.sessions import report_seconds
from security.whereabouts import place_of
from security.writing import write


def sign_in(request: HttpRequest, *, email: str, password: str) -> User:
    """Start a session. A wrong address and a wrong password look, and take, the same."""
    user = authenticate(request, username=User.objects.normalize_email(email), password=password)
    if not isinstance(user, User):
        raise SignInFailed(field="password")
    open_session(request, user, how="password")
    return user


def open_session(request: HttpRequest, user: User, *, how: str) -> BrowserSession:
    """Sign ``user``, who has proven to be it, in in this browser. The only place where that happens.

    ``how``: one of ``models.session.HOWS``. The session's key is new, whatever the browser came with. Raises
    ``AccountLocked``. What is unusual about the sign-in is told after it (``sign_in_watch``).
    """
    require(not is_locked(user), AccountLocked)
    is_first = user.last_login is None
    origin = current_origin()
    place = place_of(origin.ip)
    with transaction.atomic():
        if SESSION_KEY in request.session:
            request.session.flush()
        login(request, user, backend=getattr(user, "backend", settings.AUTHENTICATION_BACKENDS[-1]))
        request.session.save()
        row = BrowserSession.objects.get(digest=digest_of_key(str(request.session.session_key)))
        row.how, row.begun_at = how, timezone.now()
        row.last_active_at = row.begun_at
        row.ip, row.device, row.country = origin.ip, origin.device[:120], place.country
        row.latitude, row.longitude = place.latitude, place.longitude
        with write(by=access_of(user)) as change:
            change.record("session.started", user, how=how, country=place.country, session=str(row.pk))
        watch(request, user, row, place, is_first=is_first)
        row.save(update_fields=_SETTLED)
    request.session.row = row  # type: ignore[attr-defined]
    return row


_SETTLED = (
    "how", "begun_at", "last_active_at", "ip", "device", "country", "latitude", "longitude", "known_device",
)  # fmt: skip


def sign_out(request: HttpRequest) -> None:
    """End the session; every socket that hangs on it closes by the same event."""
    user = request.user
    logout(request)
    if isinstance(user, User):
        with write(by=access_of(user)) as change:
            change.record("session.ended", user)
            change.announce(SessionEnded.of(user.pk))


def note_activity(row: BrowserSession, *, at: datetime | None = None) -> None:
    """The person of the session did something just now, or at ``at``. Written once a minute at most; a moment that has
    not come yet, or in which they would have been signed out already, is not believed."""
    now = timezone.now()
    seen = min(at or now, now)
    if seen - row.last_active_at < timedelta(seconds=report_seconds(SessionPolicy.current()) / 2):
        return
    running = BrowserSession.objects.filter(pk=row.pk, ended_at=None, last_active_at__lt=seen)
    if running.filter(last_active_at__gt=now - SessionPolicy.current().idle).update(last_active_at=seen):
        row.last_active_at = seen
