"""The second factor (SE-2): set up, confirmed, proven, taken away, reset. No line of the log tells a code."""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor
from security.account_errors import (
    CodeRefused,
    CodeTooSoon,
    ExecutiveFirst,
    FactorMissing,
    FactorThere,
    LastFactor,
    PasswordRefused,
)
from security.actions.reasons import check_reason
from security.actions.sign_in_guard import count_own_password, own_password_waits
from security.actions.trust import end_trust
from security.encryption.keyring import shared_key
from security.errors import NotFound, Refusal, require
from security.factors import has_factor, must_have_factor, require_fresh_factor
from security.models import Passkey, RecoveryCode, RecoveryFactor, SecurityPolicy, TotpFactor, User
from security.models.factor import DIGITS, RECOVERY_SIGNS, STEP_SECONDS, Factor, digest_of
from security.writing import Change, write

ISSUER = "Kefu"
_SECRET_BYTES = 20  # as long as SHA-1's own output (RFC 4226)
_HALF = 5


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app has to be told: ``secret`` in base 32, and the address that says all of it."""

    secret: str
    uri: str


def begin_enrolment(*, by: Access, password: str) -> Enrolment:
    """A new secret that nothing depends on before ``confirm_enrolment``. Whoever found an open browser lacks the
    password, and cannot try one after the other."""
    with write(by=by) as change:
        user = _locked(by.user_id)
        if TotpFactor.objects.filter(user=user, confirmed=True).exists():
            raise FactorThere
        refused = _refusal_of_password(change, user, password)
        if refused is None:
            factor = _begun_anew(user)
            change.record("factor.begun", user)
    if refused is not None:
        raise refused
    return Enrolment(secret=_spelled(factor), uri=_uri(factor, user))


def begin_first_enrolment(*, by: Access) -> Enrolment:
    """While signing in, where a factor is needed and none is there: the password was just given."""
    with write(by=by) as change:
        user = _locked(by.user_id)
        require(not has_factor(user.pk), FactorThere)
        factor = _begun_anew(user)
        change.record("factor.begun", user)
    return Enrolment(secret=_spelled(factor), uri=_uri(factor, user))


def check_own_password(*, by: Access, password: str) -> None:
    """For what somebody who found an open browser must not do; wrong ones slow the next down and are logged."""
    with write(by=by) as change:
        refused = _refusal_of_password(change, _locked(by.user_id), password)
    if refused is not None:
        raise refused


def _refusal_of_password(change: Change, user: User, password: str) -> Refusal | None:
    """As with codes: each wrong one slows the next down."""
    if own_password_waits(user):
        return CodeTooSoon(field="password")
    right = user.check_password(password)
    count_own_password(user, right=right)
    if right:
        return None
    change.record("factor.password_refused", user)
    return PasswordRefused()


def confirm_enrolment(*, by: Access, code: str) -> list[str]:
    """The first right code puts the factor into force. Returns the recovery codes, which are never shown again; none
    where there are some from a passkey set up before."""
    refused: Refusal | None = None
    codes: list[str] = []
    with write(by=by) as change:
        user = _locked(by.user_id)
        factor = TotpFactor.objects.select_for_update().filter(user=user, confirmed=False).first()
        if factor is None:
            raise FactorMissing(message=_("No second factor was begun."))
        refused = _refusal_of(change, factor, code)
        if refused is None:
            factor.confirmed, factor.confirmed_at = True, timezone.now()
            factor.save(update_fields=["confirmed", "confirmed_at"])
            codes = first_codes(user)
            end_trust(change, user, "factor")
            change.record("factor.enrolled", user)
    if refused is not None:
        raise refused
    return codes


def prove_factor(*, by: Access, code: str) -> None:
    """Take a code of the app, or use a recovery code up. What is wrong is counted, logged and slowed down."""
    with write(by=by) as change:
        app = TotpFactor.objects.select_for_update().filter(user_id=by.user_id, confirmed=True).first()
        spare = RecoveryFactor.objects.select_for_update().filter(user_id=by.user_id).first()
        plain = "".join(code.split())
        looks_like_app = len(plain) == DIGITS and plain.isdigit()
        factor: Factor | None = (app or spare) if looks_like_app else (spare or app)
        if factor is None:
            raise FactorMissing
        refused = _refusal_of(change, factor, plain)
        if refused is None:
            left = {"left": factor.codes.filter(used_at=None).count()} if isinstance(factor, RecoveryFactor) else {}
            change.record("factor.recovery_used" if left else "factor.proven", factor.user, **left)
    if refused is not None:
        raise refused


def renew_recovery_codes(*, by: Access) -> list[str]:
    """New ones; the old ones are void."""
    require_fresh_factor(by)
    with write(by=by) as change:
        user = _locked(by.user_id)
        codes = _new_codes(user)
        change.record("factor.codes_renewed", user)
    return codes


def remove_factor(*, by: Access) -> None:
    """One's own app, with a code just given; the recovery codes go with the last factor."""
    require_fresh_factor(by)
    with write(by=by) as change:
        user = _locked(by.user_id)
        if not Passkey.objects.filter(user=user).exists():
            require(not must_have_factor(by), LastFactor)
            RecoveryFactor.objects.filter(user=user).delete()
        TotpFactor.objects.filter(user=user).delete()
        note_removed(change, user)
        change.record("factor.removed", user)


def reset_factor(*, by: Actor, user: User, reason: str) -> None:
    """For somebody who lost the telephone and the codes: by an admin who gave a code, or from the command line."""
    check_reason(reason)
    if isinstance(by, Access):
        require(by.can("security.reset_factor"))
        require(by.user_id != user.pk)
        require_fresh_factor(by)
    with write(by=by) as change:
        person = _locked(user.pk)
        require(person.executive_since is None, ExecutiveFirst)  # theirs is the only way they come in
        if not _drop(person):
            raise NotFound(message=_("This person has set up no second factor."), field="user")
        note_removed(change, person)
        change.record("factor.reset", person, reason=reason.strip())


def _refusal_of(change: Change, factor: Factor, code: str) -> Refusal | None:
    """Nothing when the code is right. Not raised here: what was counted against it must stay."""
    if not factor.verify_is_allowed()[0]:
        return CodeTooSoon(field="code")
    if factor.verify_token(code):
        return None
    change.record("factor.refused", factor.user, wrong=factor.throttling_failure_count)
    return CodeRefused(field="code")


def _locked(user_id: int) -> User:
    """Two tabs set up one after the other."""
    return User.objects.select_for_update().get(pk=user_id)


def _begun_anew(user: User) -> TotpFactor:
    TotpFactor.objects.filter(user=user, confirmed=False).delete()
    factor = TotpFactor(user=user, confirmed=False, made_at=timezone.now())
    factor.key_id = shared_key(region_id=None, purpose="factors")
    factor.secret = secrets.token_hex(_SECRET_BYTES)
    factor.save(force_insert=True)
    return factor


def first_codes(user: User) -> list[str]:
    """With somebody's first factor; whoever has some already keeps them."""
    return [] if RecoveryFactor.objects.filter(user=user).exists() else _new_codes(user)


def note_removed(change: Change, user: User) -> None:
    """What any session of theirs gave before counts no more, nor what a trusted browser stands for."""
    user.factor_removed_at = timezone.now()
    user.save(update_fields=["factor_removed_at"])
    end_trust(change, user, "factor")


def _new_codes(user: User) -> list[str]:
    RecoveryFactor.objects.filter(user=user).delete()
    factor = RecoveryFactor.objects.create(user=user, made_at=timezone.now(), confirmed_at=timezone.now())
    codes = [_drawn() for _each in range(SecurityPolicy.current().recovery_codes)]
    RecoveryCode.objects.bulk_create([RecoveryCode(factor=factor, digest=digest_of(factor.pk, one)) for one in codes])
    return codes


def _drawn() -> str:
    signs = [secrets.choice(RECOVERY_SIGNS) for _each in range(2 * _HALF)]
    return f"{''.join(signs[:_HALF])}-{''.join(signs[_HALF:])}"


def _drop(user: User) -> int:
    kinds: tuple[type[models.Model], ...] = (TotpFactor, Passkey, RecoveryFactor)
    return sum(kind._default_manager.filter(user=user).delete()[0] for kind in kinds)


def _spelled(factor: TotpFactor) -> str:
    return b32encode(bytes.fromhex(factor.secret)).decode().rstrip("=")


def _uri(factor: TotpFactor, user: User) -> str:
    """As the authenticator apps read it (Key URI Format)."""
    label = quote(f"{ISSUER}:{user.email}")
    facts = {"secret": _spelled(factor), "issuer": ISSUER, "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{label}?{urlencode(facts)}"
