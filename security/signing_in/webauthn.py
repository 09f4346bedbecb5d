"""The WebAuthn ceremonies around Duo's library: a challenge kept in the session for one answer, and the checks of it.

The relying party is the host name Kefu is opened under; a passkey made for one name does not work under another.
"""

import ipaddress
import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from security.account_errors import PasskeyRefused, PasskeysUnavailable
from security.encryption.blind_index import blind
from security.models import Passkey, User

# Apart, or a challenge that anybody gets for showing a passkey would do for making one.
_MAKING, _SHOWING = "passkey_making", "passkey_showing"
_NAME = "Kefu"
_DECLARED = {one.value for one in AuthenticatorTransport}
# Whatever an answer lacks or garbles, the library says in one of these.
_ODD = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True)
class Party:
    """Who asks: the host name, and the origin the browser must have been on."""

    rp_id: str
    origin: str


def party_of(request: HttpRequest) -> Party:
    host = request.get_host()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return Party(rp_id=name, origin=f"{request.scheme}://{host}")
    raise PasskeysUnavailable


def making_options(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey for ``user`` (``PublicKeyCredentialCreationOptionsJSON``)."""
    options = generate_registration_options(
        rp_id=party_of(request).rp_id,
        rp_name=_NAME,
        user_id=handle_of(user),
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=_descriptors(user, request),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return _kept(request, _MAKING, options)


def made(request: HttpRequest, answer: dict[str, Any]) -> VerifiedRegistration:
    party, challenge = party_of(request), _taken(request, _MAKING)
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _ODD as error:
        raise PasskeyRefused from error


def showing_options(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """What the browser needs to show one; without a ``user`` it offers those it has (and no address is told)."""
    options = generate_authentication_options(
        rp_id=party_of(request).rp_id,
        allow_credentials=_descriptors(user, request) if user is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _kept(request, _SHOWING, options)


def shown(request: HttpRequest, answer: dict[str, Any], passkey: Passkey) -> VerifiedAuthentication:
    """The answer is signed as it must be. Whether its counter went on, ``counts_behind`` says: that is another thing to
    be wrong than a signature."""
    party, challenge = party_of(request), _taken(request, _SHOWING)
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except _ODD as error:
        raise PasskeyRefused from error


def counts_behind(verified: VerifiedAuthentication, passkey: Passkey) -> bool:
    """Whether there are two of it: a counter that does not go on is a copy's (WebAuthn 6.1.1). Those that do not count
    at all stay at 0."""
    counts = verified.new_sign_count or passkey.sign_count
    return bool(counts) and verified.new_sign_count <= passkey.sign_count


def id_in(answer: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(str(answer["rawId"]))
    except (KeyError, ValueError) as error:
        raise PasskeyRefused from error


def handle_of(user: User) -> bytes:
    """What an authenticator keeps of somebody: nothing that tells who they are."""
    return blind(str(user.pk), kind="passkey-user", region_id=None)


def _descriptors(user: User, request: HttpRequest) -> list[PublicKeyCredentialDescriptor]:
    rows = Passkey.objects.filter(user=user, rp_id=party_of(request).rp_id)
    return [
        PublicKeyCredentialDescriptor(
            id=bytes(row.credential_id),
            transports=[AuthenticatorTransport(one) for one in row.transports if one in _DECLARED],
        )
        for row in rows
    ]


def _kept(request: HttpRequest, what: str, options: Any) -> dict[str, Any]:
    request.session[what] = bytes_to_base64url(options.challenge)
    told: dict[str, Any] = json.loads(options_to_json(options))
    return told


def _taken(request: HttpRequest, what: str) -> bytes:
    """The challenge counts for one answer, right or wrong. Saved at once: an answer that is refused uses it up too."""
    kept = request.session.pop(what, None)
    request.session.save()
    if not kept:
        raise PasskeyRefused
    return base64url_to_bytes(kept)
