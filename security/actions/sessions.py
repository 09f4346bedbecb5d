"""Sessions: the one place where one begins, where it ends, and the word that somebody is still there."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import SESSION_KEY, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from security.access import System, access_of
from security.actions.executives import keep_to_own_way
from security.actions.locks import refuse_locked
from security.actions.sign_in_watch import watch
from security.errors import AddressRefused
from security.events import SessionEnded
from security.factors import note_given
from security.models import BrowserSession, SessionPolicy, User
from security.models.session import digest_of_key
from security.network.allowlist import group_of, require_address
from security.origin import current_origin
from security.sessions import report_seconds
from security.signing_in import pending
from security.signing_in.steps import SECOND
from security.signing_in.trust import TRUSTED
from security.whereabouts import place_of
from security.writing import write

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, user: User, *, shown: tuple[str, ...]) -> BrowserSession:
    """``user`` is in, with what they have ``shown`` (``password``, ``totp``, ``recovery``, ``passkey``), unless their
    account is locked, this very sign-in locks it, or they are an executive who came another way. The only place where
    that happens.

    The session's key is new, whatever the browser came with. What is unusual about the sign-in is told after it
    (``sign_in_watch``).
    """
    refuse_locked(user)
    keep_to_own_way(user, shown)
    _refuse_address(user)
    is_first = user.last_login is None
    origin = current_origin()
    place = place_of(origin.ip)
    with transaction.atomic():
        pending.forget(request)
        if SESSION_KEY in request.session:
            request.session.flush()
        login(request, user, backend=_BACKEND)
        if SECOND & set(shown):
            note_given(request)
        request.session.save()
        row = BrowserSession.objects.get(digest=digest_of_key(str(request.session.session_key)))
        row.how, row.begun_at = _how(shown), timezone.now()
        row.last_active_at = row.begun_at
        row.ip, row.device, row.country = origin.ip, origin.device[:120], place.country
        row.latitude, row.longitude = place.latitude, place.longitude
        with write(by=access_of(user)) as change:
            change.record("session.started", user, shown=list(shown), country=place.country, session=str(row.pk))
        watch(request, user, row, place, is_first=is_first)
        row.save(update_fields=_SETTLED)
    _refuse_what_was_locked_meanwhile(request, user)
    request.session.row = row  # type: ignore[attr-defined]
    return row


def _refuse_what_was_locked_meanwhile(request: HttpRequest, user: User) -> None:
    """By an alarm that the sign-in raised: what it wrote stays, the browser keeps nothing."""
    now = User.objects.get(pk=user.pk)
    if now.locked_at is not None:
        request.session.flush()
    refuse_locked(now)


def _refuse_address(user: User) -> None:
    """Who comes in counts where they come from, like every call after it (SE-4). That somebody had all that it takes is
    written down."""
    try:
        require_address(group_of(access_of(user)))
    except AddressRefused:
        with write(by=System("allowed addresses")) as change:
            change.record("sign_in.address_refused", user)
        raise


_SETTLED = (
    "how", "begun_at", "last_active_at", "ip", "device", "country", "latitude", "longitude", "known_device",
)  # fmt: skip


def _how(shown: tuple[str, ...]) -> str:
    """One of ``models.session.HOWS``."""
    if SECOND & set(shown):
        return "passkey" if "passkey" in shown else "factor"
    return TRUSTED if TRUSTED in shown else "password"


def note_passkey(session_id: UUID | None) -> None:
    """The session was shown a passkey after it began: it counts as signed in with one."""
    if session_id is not None:
        BrowserSession.objects.filter(pk=session_id, ended_at=None).update(how="passkey")


def sign_out(request: HttpRequest) -> None:
    """End the session; every socket that hangs on it closes by the same event."""
    user = request.user
    logout(request)
    if isinstance(user, User):
        tell_ended(user)


def tell_ended(user: User) -> None:
    """A session of ``user`` is gone: its sockets ask again and close."""
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
