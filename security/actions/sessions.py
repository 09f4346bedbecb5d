"""Sessions: the one place where one begins, and where it ends."""

from django.contrib.auth import login, logout
from django.http import HttpRequest

from security.access import Actor, access_of
from security.actions.locks import refuse_locked
from security.actions.reasons import because
from security.events import SessionEnded
from security.factors import note_given
from security.models import User
from security.signing_in import pending
from security.signing_in.steps import SECOND
from security.writing import write

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, user: User, *, shown: tuple[str, ...]) -> None:
    """``user`` is in, with what they have ``shown``, unless their account is locked. The session's key is a new one."""
    refuse_locked(user)
    pending.forget(request)
    login(request, user, backend=_BACKEND)
    if SECOND & set(shown):
        note_given(request)
    with write(by=access_of(user)) as change:
        change.record("session.started", user, shown=list(shown))


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


def end_sessions(*, by: Actor, user: User, reason: str) -> None:
    """Sign ``user`` out of every browser; their password and their keys stay."""
    told = because(by, reason)
    with write(by=by) as change:
        row = User.objects.select_for_update().get(pk=user.pk)
        row.sign_outs += 1
        row.save(update_fields=["sign_outs"])
        change.record("person.sessions_ended", row, **told)
        change.announce(SessionEnded.of(row.pk))
