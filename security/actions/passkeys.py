"""Passkeys (SE-2): made, shown, renamed, removed. Each is a second factor, and signs in without a password."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, System, access_of
from security.account_errors import (
    ExecutiveElsewhere,
    ExecutivesOnly,
    FactorThere,
    LastFactor,
    LastPasskey,
    PasskeyRefused,
    StepMissing,
)
from security.actions.factors import check_own_password, first_codes, note_removed
from security.actions.sessions import note_passkey
from security.actions.signing_in import SignedIn, Waiting, begin_with, go_on_with
from security.actions.trust import end_trust
from security.errors import Invalid, Missing, NotAllowed, NotFound, require
from security.factors import has_factor, must_have_factor, note_given, require_fresh_factor
from security.models import Passkey, RecoveryFactor, TotpFactor, User
from security.models.allowed_address import EXECUTIVES
from security.network.allowlist import require_address
from security.security_team import tell_security_team
from security.signing_in import webauthn
from security.signing_in.pending import must_be_pending, pending_of
from security.signing_in.steps import ENROLMENT, FACTOR, PASSKEY, next_step
from security.signing_in.tier_steps import asks_for_passkey
from security.signing_in.trust import note_wish
from security.writing import write

NAME_MAX = 60


def may_add(by: Access) -> None:
    """Another factor is added by whoever can show one of those that are there; the first needs the password, asked for
    by ``begin_making``."""
    require(not by.key_name, NotAllowed)
    if has_factor(by.user_id):
        require_fresh_factor(by)


def begin_making(request: HttpRequest, *, by: Access, password: str) -> dict[str, Any]:
    """The options for ``navigator.credentials.create``."""
    may_add(by)
    if not has_factor(by.user_id):
        check_own_password(by=by, password=password)
    return webauthn.making_options(request, User.objects.get(pk=by.user_id))


def add_passkey(request: HttpRequest, *, by: Access, name: str, answer: dict[str, Any]) -> list[str]:
    """Returns the recovery codes when it is somebody's first factor, otherwise none."""
    may_add(by)
    codes = _add(request, by=by, name=name, answer=answer)
    note_given(request)
    note_passkey(by.session_id)
    return codes


def begin_first_passkey(request: HttpRequest) -> dict[str, Any]:
    """While signing in, where a factor is needed and none is there, or the tier asks for a passkey."""
    return webauthn.making_options(request, _enrolling(request))


def add_first_passkey(request: HttpRequest, *, name: str, answer: dict[str, Any]) -> SignedIn | Waiting:
    user = _enrolling(request)
    codes = _add(request, by=access_of(user), name=name, answer=answer)
    return go_on_with(request, must_be_pending(request), "passkey", codes)


def begin_showing(request: HttpRequest) -> dict[str, Any]:
    """The options for ``navigator.credentials.get``: of whoever is signed in or signing in here, or of anybody."""
    return webauthn.showing_options(request, _who(request))


def show_passkey(request: HttpRequest, *, answer: dict[str, Any], trust: bool = False) -> SignedIn | Waiting:
    """The second factor of whoever is signing in here, or signing in without a password."""
    waiting = pending_of(request)
    passkey = _prove(request, answer, waiting.user if waiting else None)
    require(passkey.user.executive_since is None, ExecutiveElsewhere)
    if waiting is None:
        return begin_with(request, passkey.user, "passkey")
    step = next_step(waiting.user, waiting.shown)
    require(step is not None and step.name == FACTOR, StepMissing)
    note_wish(request, waiting.user, wished=trust)
    return go_on_with(request, waiting, "passkey")


def begin_showing_executive(request: HttpRequest) -> dict[str, Any]:
    """At the executives' way in: of anybody, whoever is signed in here."""
    require_address(EXECUTIVES)
    return webauthn.showing_options(request, None)


def show_executive_passkey(request: HttpRequest, *, answer: dict[str, Any]) -> SignedIn | Waiting:
    """The executives' way in: with a passkey and nothing else, from an address on their list and no other."""
    require_address(EXECUTIVES)
    passkey = _prove(request, answer, None)
    require(passkey.user.executive_since is not None, ExecutivesOnly)
    return begin_with(request, passkey.user, "passkey")


def prove_passkey(request: HttpRequest, *, by: Access, answer: dict[str, Any]) -> None:
    """For a deed that needs a fresh factor (PM-9)."""
    require(not by.key_name, NotAllowed)
    _prove(request, answer, User.objects.get(pk=by.user_id))
    note_passkey(by.session_id)


def rename_passkey(*, by: Access, passkey_id: UUID, name: str) -> Passkey:
    with write(by=by) as change:
        passkey = _own(by, passkey_id)
        before, passkey.name = passkey.name, _checked_name(name)
        passkey.save(update_fields=["name"])
        change.record("passkey.renamed", passkey.user, name=[before, passkey.name])
    return passkey


def remove_passkey(*, by: Access, passkey_id: UUID) -> None:
    """With a factor just given; never the last one of somebody who must have one."""
    require_fresh_factor(by)
    with write(by=by) as change:
        user = User.objects.select_for_update().get(pk=by.user_id)
        passkey = _own(by, passkey_id)
        others = Passkey.objects.filter(user=user).exclude(pk=passkey.pk)
        require(others.exists() or not (user.executive_since or asks_for_passkey()), LastPasskey)
        if not others.exists() and not TotpFactor.objects.filter(user=user, confirmed=True).exists():
            require(not must_have_factor(by), LastFactor)
            RecoveryFactor.objects.filter(user=user).delete()
        name = passkey.name
        passkey.delete()
        note_removed(change, user)
        change.record("passkey.removed", user, name=name)


def _add(request: HttpRequest, *, by: Access, name: str, answer: dict[str, Any]) -> list[str]:
    name = _checked_name(name)
    verified = webauthn.made(request, answer)
    digest = hashlib.sha256(verified.credential_id).digest()
    transports = answer.get("response", {}).get("transports") or []
    with write(by=by) as change:
        user = User.objects.select_for_update().get(pk=by.user_id)
        require(not Passkey.objects.filter(credential_digest=digest).exists(), FactorThere)
        Passkey.objects.create(
            user=user,
            name=name,
            confirmed=True,
            credential_id=verified.credential_id,
            credential_digest=digest,
            public_key=verified.credential_public_key,
            rp_id=webauthn.party_of(request).rp_id,
            sign_count=verified.sign_count,
            transports=[str(one)[:20] for one in transports[:8]],
            backed_up=verified.credential_backed_up,
        )
        codes = first_codes(user)
        end_trust(change, user, "factor")
        change.record("passkey.added", user, name=name)
    return codes


def _prove(request: HttpRequest, answer: dict[str, Any], user: User | None) -> Passkey:
    digest = hashlib.sha256(webauthn.id_in(answer)).digest()
    found = Passkey.objects.select_related("user").filter(credential_digest=digest, user__is_active=True).first()
    if found is None or (user is not None and found.user_id != user.pk):
        raise _refused(user, "unknown" if found is None else "others")
    try:
        verified = webauthn.shown(request, answer, found)
    except PasskeyRefused:
        raise _refused(found.user, "answer", found) from None
    if webauthn.counts_behind(verified, found):
        raise _refused(found.user, "copied", found)
    with write(by=access_of(found.user)) as change:
        # Moved forward by whoever is first: the same answer shown twice at the same moment counts once.
        moved = Passkey.objects.filter(pk=found.pk, sign_count=found.sign_count).update(
            sign_count=verified.new_sign_count,
            backed_up=verified.credential_backed_up,
            last_used_at=timezone.now(),
        )
        if moved:
            change.record("passkey.proven", found.user, name=found.name)
    if not moved:
        raise _refused(found.user, "twice", found)
    return found


def _refused(user: User | None, cause: str, passkey: Passkey | None = None) -> PasskeyRefused:
    """Written down in a write of its own, as nothing else of it stays. ``cause``: ``unknown``, ``others``, ``answer``,
    ``copied`` or ``twice``. Of a copy the security team is told. A stranger with a passkey nobody has is nobody."""
    if user is not None:
        with write(by=System("passkeys")) as change:
            named = {"name": passkey.name} if passkey is not None else {}
            change.record("passkey.refused", user, cause=cause, **named)
            if cause == "copied":
                tell_security_team(change, kind="passkey.copied", about=user.pk, person_id=user.pk)
    return PasskeyRefused()


def _who(request: HttpRequest) -> User | None:
    if isinstance(request.user, User):
        return request.user
    waiting = pending_of(request)
    return waiting.user if waiting else None


def _enrolling(request: HttpRequest) -> User:
    waiting = must_be_pending(request)
    step = next_step(waiting.user, waiting.shown)
    require(step is not None and step.name in (ENROLMENT, PASSKEY), StepMissing)
    return waiting.user


def _own(by: Access, passkey_id: UUID) -> Passkey:
    passkey = Passkey.objects.select_for_update().filter(pk=passkey_id, user_id=by.user_id).first()
    if passkey is None:
        raise NotFound
    return passkey


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise Missing(field="name")
    if len(plain) > NAME_MAX:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": NAME_MAX})
    return plain
