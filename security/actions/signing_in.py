"""Signing in, step by step: the password, a second factor or setting one up, a new password where it expired.

Each step either ends it (``SignedIn``) or says what is asked for next (``Waiting``).
"""

from dataclasses import dataclass, field

from django.contrib.auth import authenticate
from django.http import HttpRequest

from security.access import System, access_of
from security.account_errors import SignInFailed, StepMissing
from security.actions.device_confirmations import ask_to_confirm, recognise_device
from security.actions.factors import Enrolment, begin_first_enrolment, confirm_enrolment, prove_factor
from security.actions.locks import refuse_locked
from security.actions.passwords import check_password_words, set_password
from security.actions.sessions import open_session
from security.actions.sign_in_guard import begin_attempt, note_failure, note_success
from security.actions.stalled_sign_ins import forget_stalled, note_stalled
from security.actions.trust import comes_trusted, trust_browser
from security.errors import require
from security.models import User
from security.models.factor import DIGITS
from security.signing_in.pending import Pending, begin, must_be_pending, note_shown
from security.signing_in.steps import DEVICE, ENROLMENT, FACTOR, NEW_PASSWORD, SECOND, Step, next_step
from security.signing_in.trust import TRUSTED, note_wish, take_wish
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
    """With the password. A wrong address and a wrong password look, and take, the same; three lock the address. So does
    any password of an executive, right or wrong: theirs lets them in nowhere."""
    attempt = begin_attempt(email)
    address = User.objects.normalize_email(email)
    user = authenticate(request, username=address, password=password)
    if not isinstance(user, User) or user.executive_since is not None:  # to a stranger they look the same
        note_failure(attempt, User.objects.filter(email=address).first())
        raise SignInFailed(field="password")
    note_success(attempt)
    _note_locked(user)
    refuse_locked(user)
    waiting = begin(request, user, shown="password")
    came = _go_on(request, note_shown(request, waiting, TRUSTED) if comes_trusted(request, user) else waiting)
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


def give_code(request: HttpRequest, *, code: str, trust: bool = False) -> SignedIn | Waiting:
    """Of the authenticator app, or a recovery code."""
    waiting = _waits_for(request, FACTOR)
    prove_factor(by=access_of(waiting.user), code=code)
    note_wish(request, waiting.user, wished=trust)
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


def ask_for_device(request: HttpRequest) -> SignedIn | Waiting:
    """Where the device is confirmed by now they are in; otherwise the link is mailed, or the admins are told."""
    waiting = _waits_for(request, DEVICE)
    came = _go_on(request, waiting)
    if isinstance(came, Waiting):
        ask_to_confirm(request, waiting.user)
    return came


def go_on(request: HttpRequest) -> SignedIn | Waiting:
    """Something that was waited for may have happened elsewhere."""
    return _go_on(request, must_be_pending(request))


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
    if step is not None and step.name == DEVICE and recognise_device(request, waiting.user):
        waiting, step = note_shown(request, waiting, DEVICE), None
    if SECOND & set(waiting.shown):
        forget_stalled(waiting.user)
    if step is not None:
        return Waiting(step=step, codes=codes or [])
    wished = take_wish(request, waiting.user)
    row = open_session(request, waiting.user, shown=waiting.shown)
    if wished and "password" in waiting.shown and SECOND & set(waiting.shown):
        trust_browser(waiting.user, row)
    return SignedIn(user=waiting.user, codes=codes or [])
