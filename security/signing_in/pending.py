"""Somebody in the middle of signing in: the password was right, something else is still asked for.

Nobody is signed in meanwhile: the session only remembers whose password it was, and what they have shown besides. It
holds for the policy's minutes, and not once their password changes or their sessions are ended.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from security.account_errors import SignInOver
from security.models import SignInPolicy, User

_KEPT = "signing_in"


@dataclass(frozen=True)
class Pending:
    """``shown``: what was given so far, in order (``password``, ``totp``, ``recovery``, ``passkey``,
    ``device``)."""

    user: User
    shown: tuple[str, ...]


def begin(request: HttpRequest, user: User, *, shown: str) -> Pending:
    """In a session of a new key: one that was planted in the browser is worthless."""
    request.session.cycle_key()
    return _keep(request, Pending(user=user, shown=(shown,)))


def note_shown(request: HttpRequest, pending: Pending, what: str) -> Pending:
    """Another factor was given; the time begins anew."""
    request.session.cycle_key()
    return _keep(request, Pending(user=pending.user, shown=(*pending.shown, what)))


def pending_of(request: HttpRequest) -> Pending | None:
    """Who is signing in here; ``None``: nobody, or not any more."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if not kept:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    over = datetime.fromisoformat(kept["at"]) + timedelta(minutes=SignInPolicy.current().step_minutes)
    if user is None or over <= timezone.now() or not hmac.compare_digest(kept["state"], user.get_session_auth_hash()):
        del request.session[_KEPT]
        return None
    return Pending(user=user, shown=tuple(kept["shown"]))


def must_be_pending(request: HttpRequest) -> Pending:
    pending = pending_of(request)
    if pending is None:
        raise SignInOver
    return pending


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEPT, None)


def _keep(request: HttpRequest, pending: Pending) -> Pending:
    request.session[_KEPT] = {
        "user": pending.user.pk,
        "state": pending.user.get_session_auth_hash(),
        "at": timezone.now().isoformat(),
        "shown": list(pending.shown),
    }
    return pending
