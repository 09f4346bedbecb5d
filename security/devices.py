"""Devices as their owners think of them: a browser on a machine, recognised when it comes back (SE-3).

What is recognised is a random token in a signed cookie that lives for 400 days (the longest a browser keeps one), and
beside it browser family and system. No canvas, fonts or other features are measured.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

COOKIE = "kefu_device"
_SALT = "kefu.device"
_SECONDS = 400 * 86_400
_GIVEN = "kefu_device_token"


def token_of(request: HttpRequest) -> str | None:
    """What this browser came with, or is given by this answer; ``None`` for none, a forged one, and one too old."""
    given: str | None = getattr(request, _GIVEN, None)
    return given or request.get_signed_cookie(COOKIE, None, salt=_SALT, max_age=_SECONDS)


def give_token(request: HttpRequest, token: str | None = None) -> str:
    """This browser is given ``token``, or a new one, with the answer to ``request``."""
    kept = token or secrets.token_urlsafe(24)
    setattr(request, _GIVEN, kept)
    return kept


def digest_of_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _with_cookie(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    token = getattr(request, _GIVEN, None)
    if token is not None:
        response.set_signed_cookie(
            COOKIE,
            token,
            salt=_SALT,
            max_age=_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@sync_and_async_middleware
def keep_device(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware: a browser in which somebody signed in gets its cookie."""
    if iscoroutinefunction(get_response):

        async def respond_later(request: HttpRequest) -> Awaitable[HttpResponseBase] | HttpResponseBase:
            return _with_cookie(request, await get_response(request))

        return respond_later

    def respond(request: HttpRequest) -> HttpResponseBase:
        return _with_cookie(request, get_response(request))

    return respond
