"""The two ways in: a browser session with CSRF, and ``Authorization: Api-Key …``."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from security.actions.api_keys import note_key_use
from security.actions.locks import refuse_locked
from security.api.refusals import CsrfRefused
from security.errors import AddressRefused, TooMany, require
from security.limits.table import WRONG_KEYS, hold_against, take_for_key
from security.models import ApiKey, User
from security.network.addresses import as_network, within
from security.origin import current_origin


class SessionSignIn(SessionAuthentication):
    def authenticate_header(self, request: Request) -> str:
        return "Session"  # makes DRF answer 401 rather than 403 to a stranger

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise CsrfRefused from None


class KeySignIn(TokenAuthentication):
    """``request.auth`` is the ``ApiKey``. Knox makes and digests keys; looking one up is done here, since its own way
    deletes whatever other keys of the owner ended, and the lists still show those."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiKey]:
        key = _known(token)
        if key is None or key.has_ended() or not key.user.is_active:
            hold_against(WRONG_KEYS, None)
            raise AuthenticationFailed
        refuse_locked(key.user)
        return key.user, key


def _known(token: bytes) -> ApiKey | None:
    try:
        digest = hash_token(token.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    return ApiKey.objects.filter(digest=digest).select_related("user").first()


def admit_key(key: ApiKey, told: dict[str, str]) -> None:
    """From its own addresses only, and no more often than its pace: raises ``AddressRefused`` or ``TooMany``.

    ``told``: headers of the answer, which say how much is left.
    """
    address = current_origin().ip
    require(not key.addresses or within(address, map(as_network, key.addresses)), AddressRefused)
    taken, rate = take_for_key(str(key.public_id))
    told["RateLimit-Limit"] = str(rate.count)
    told["RateLimit-Policy"] = f"{rate.count};w={rate.seconds:g};burst={rate.burst}"
    told["RateLimit-Remaining"] = str(taken.left)
    told["RateLimit-Reset"] = str(taken.retry_after if not taken.allowed else 0 if taken.left else 1)
    if not taken.allowed:
        raise TooMany(wait=taken.retry_after)
    note_key_use(key=key, address=address)


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = SessionSignIn
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "kefu_session"}


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = KeySignIn
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Api-Key <key>`"}
