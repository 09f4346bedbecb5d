"""Signing in, step by step: the password, a second factor or setting one up, a new password where it expired.

Each step either ends it (``SignedIn``) or says what is asked for next (``Waiting``).
"""

from dataclasses import dataclass, field

from django.contrib.auth import authenticate
from django.http import HttpRequest

from security.access import System, access_of
from security.account_errors import SignInFailed, StepMissing
from security.actions.factors import Enrolment, begin_first_enrolment, confirm_enrolment, prove_factor
from security.actions.locks import refuse_locked
from security.actions.passwords import check_password_words, set_password
from security.actions.sessions import open_session
from security.actions.sign_in_guard import begin_attempt, note_failure, note_success
from security.actions.stalled_sign_ins import forget_stalled, note_stalled
from security.errors import require
from security.models import User
from security.models.factor import DIGITS
from security.signing_in.pending import Pending, begin, must_be_pending, note_shown
from security.signing_in.steps import ENROLMENT, FACTOR, NEW_PASSWORD, SECOND, Step, next_step
from security.writing import write

_BY = System("sign-in guard")


@dataclass(frozen=True)
class SignedIn:
    """``codes``: recovery codes, where a second factor was set up on the way; they are never shown again."""

    user: User
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    step: Step
    codes: list[str] = field(default_factory=list)


def sign_in(request: HttpRequest, *, email: str, password: str) -> SignedIn | Waiting:
    """With the password. A wrong address and a wrong password look, and take, the same; three lock the address."""
    attempt = begin_attempt(email)
    address = User.objects.normalize_email(email)
    user = authenticate(request, username=address, password=password)
    if not isinstance(user, User):
        note_failure(attempt, User.objects.filter(email=address).first())
        raise SignInFailed(field="password")
    note_success(attempt)
    _note_locked(user)
    refuse_locked(user)
    came = _go_on(request, begin(request, user, shown="password"))
    if isinstance(came, Waiting):
        _note_waiting(request, user, came.step)
    return came


def _note_locked(user: User) -> None:
    """Somebody has the password of an account that is locked: whoever looks into it wants to know."""
    if user.locked_at is not None:
        with write(by=_BY) as change:
            change.record("sign_in.locked_account", user)


def _note_waiting(request: HttpRequest, user: User, step: Step) -> None:
    """The password was right and more is asked for: that alone is a trace, whatever becomes of it."""
    with write(by=_BY) as change:
        change.record("sign_in.password_right", user, step=step.name)
        if step.name in (FACTOR, ENROLMENT):
            note_stalled(request, user)


def give_code(request: HttpRequest, *, code: str) -> SignedIn | Waiting:
    """Of the authenticator app, or a recovery code."""
    waiting = _waits_for(request, FACTOR)
    prove_factor(by=access_of(waiting.user), code=code)
    plain = "".join(code.split())
    what = "totp" if len(plain) == DIGITS and plain.isdigit() else "recovery"
    return _go_on(request, note_shown(request, waiting, what))


def begin_step_enrolment(request: HttpRequest) -> Enrolment:
    return begin_first_enrolment(by=access_of(_waits_for(request, ENROLMENT).user))


def confirm_step_enrolment(request: HttpRequest, *, code: str) -> SignedIn | Waiting:
    waiting = _waits_for(request, ENROLMENT)
    codes = confirm_enrolment(by=access_of(waiting.user), code="".join(code.split()))
    return _go_on(request, note_shown(request, waiting, "totp"), codes)


def replace_expired(request: HttpRequest, *, password: str) -> SignedIn | Waiting:
    """A new password for the one that expired."""
    waiting = _waits_for(request, NEW_PASSWORD)
    check_password_words(password, waiting.user)
    set_password(by=access_of(waiting.user), user=waiting.user, password=password)
    fresh = User.objects.get(pk=waiting.user.pk)
    return _go_on(request, Pending(user=fresh, shown=waiting.shown))


def go_on_with(request: HttpRequest, waiting: Pending, what: str, codes: list[str] | None = None) -> SignedIn | Waiting:
    """``what`` was shown besides: for ways in that are built elsewhere (passkeys)."""
    return _go_on(request, note_shown(request, waiting, what), codes)


def begin_with(request: HttpRequest, user: User, what: str) -> SignedIn | Waiting:
    """Without a password: with a passkey, which is both."""
    return _go_on(request, begin(request, user, shown=what))


def _waits_for(request: HttpRequest, name: str) -> Pending:
    waiting = must_be_pending(request)
    step = next_step(waiting.user, waiting.shown)
    require(step is not None and step.name == name, StepMissing)
    return waiting


def _go_on(request: HttpRequest, waiting: Pending, codes: list[str] | None = None) -> SignedIn | Waiting:
    step = next_step(waiting.user, waiting.shown)
    if SECOND & set(waiting.shown):
        forget_stalled(waiting.user)
    if step is not None:
        return Waiting(step=step, codes=codes or [])
    open_session(request, waiting.user, shown=waiting.shown)
    return SignedIn(user=waiting.user, codes=codes or [])
