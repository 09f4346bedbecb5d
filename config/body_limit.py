"""How much one request may send. Django's ASGI handler keeps a whole body before anybody looks at who sends it, so that
the bound has to stand in front of it: 110 MB for a form of somebody who claims to be signed in, some megabytes else.
"""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from security.api.refusals import BodyTooLarge

_SLACK = 1024 * 1024  # what is a little too large is refused further in, in our shape and the reader's language

Receive = Callable[[], Awaitable[dict[str, Any]]]
Application = Callable[[Any, Receive, Any], Awaitable[None]]


class BodyEndless(Exception):
    """More came than may."""


def bounded(application: Application) -> Application:
    async def within(scope: Any, receive: Receive, send: Any) -> None:
        headers = dict(scope["headers"])
        most = _most(headers)
        if _declared(headers) > most:
            return await _refuse(send, headers)
        answered = False

        async def told(event: dict[str, Any]) -> None:
            nonlocal answered
            answered = True
            await send(event)

        try:
            return await application(scope, _counted(receive, most), told)
        except BodyEndless:
            return None if answered else await _refuse(send, headers)

    return within


def _most(headers: dict[bytes, bytes]) -> int:
    form = headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")
    claims = b"authorization" in headers or settings.SESSION_COOKIE_NAME.encode() in headers.get(b"cookie", b"")
    return (settings.KEFU_LARGEST_FORM if form and claims else settings.DATA_UPLOAD_MAX_MEMORY_SIZE) + _SLACK


def _declared(headers: dict[bytes, bytes]) -> int:
    try:
        return int(headers.get(b"content-length", b"0"))
    except ValueError:
        return 0


def _counted(receive: Receive, most: int) -> Receive:
    seen = 0

    async def next_part() -> dict[str, Any]:
        nonlocal seen
        event = await receive()
        seen += len(event.get("body", b""))
        if seen > most:
            raise BodyEndless
        return event

    return next_part


async def _refuse(send: Any, headers: dict[bytes, bytes]) -> None:
    with translation.override(_language(headers.get(b"accept-language", b"").decode("latin-1"))):
        body = json.dumps(BodyTooLarge().as_json(), ensure_ascii=False).encode()
    told = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": BodyTooLarge.status, "headers": told})
    await send({"type": "http.response.body", "body": body})


def _language(accepted: str) -> str:
    for wanted, _ in parse_accept_lang_header(accepted):
        with suppress(LookupError):
            return get_supported_language_variant(wanted)
    return settings.LANGUAGE_CODE
