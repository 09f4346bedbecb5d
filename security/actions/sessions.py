"""Signing in and out."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest

from security.access import Actor, access_of
from security.actions.locks import refuse_locked
from security.actions.reasons import because
from security.errors import SignInFailed
from security.events import SessionEnded
from security.models import User
from security.writing import write


def sign_in(request: HttpRequest, *, email: str, password: str) -> User:
    """Start a session. A wrong address and a wrong password look, and take, the same."""
    user = authenticate(request, username=User.objects.normalize_email(email), password=password)
    if not isinstance(user, User):
        raise SignInFailed(field="password")
    refuse_locked(user)
    login(request, user)
    tell_started(user)
    return user


def sign_out(request: HttpRequest) -> None:
    """End the session; every socket that hangs on it closes by the same event."""
    user = request.user
    logout(request)
    if isinstance(user, User):
        tell_ended(user)


def tell_started(user: User) -> None:
    """A session of ``user`` began, here or through Django admin's own page."""
    with write(by=access_of(user)) as change:
        change.record("session.started", user)


def tell_ended(user: User) -> None:
    """A session of ``user`` is gone: its sockets ask again and close."""
    with write(by=access_of(user)) as change:
        change.record("session.ended", user)
        change.announce(SessionEnded.of(user.pk))


def end_sessions(*, by: Actor, user: User, reason: str) -> None:
    """Sign ``user`` out of every browser; their password and their keys stay."""
    told = because(by, reason)
    with write(by=by) as change:
        row = User.objects.select_for_update().get(pk=user.pk)
        row.sign_outs += 1
        row.save(update_fields=["sign_outs"])
        change.record("person.sessions_ended", row, **told)
        change.announce(SessionEnded.of(row.pk))
