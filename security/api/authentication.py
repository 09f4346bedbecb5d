"""The two ways in: a browser session with CSRF, and ``Authorization: Api-Key …``."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from security.api.refusals import CsrfRefused
from security.models.lock import is_locked


class SessionSignIn(SessionAuthentication):
    def authenticate_header(self, request: Request) -> str:
        return "Session"  # makes DRF answer 401 rather than 403 to a stranger

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise CsrfRefused from None


class KeySignIn(TokenAuthentication):
    """``request.auth`` is the ``ApiKey``."""

    def validate_user(self, auth_token: Any) -> Any:
        """A locked account is locked to its programs too."""
        if is_locked(auth_token.user):
            raise AuthenticationFailed
        return super().validate_user(auth_token)


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
