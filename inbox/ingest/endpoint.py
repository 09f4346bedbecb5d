"""``/webhooks/whatsapp/{channel}``: verify the HMAC over the raw bytes, store the body once, answer 200, nothing else.

A thin ASGI application beside Django's middleware: the full stack costs ten times the work of the endpoint itself.
"""

import hmac
import logging
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from inbox.ingest.channels import KnownChannel, known_channel
from inbox.ingest.group_commit import Body, group_commit
from inbox.whatsapp.signature import verify

logger = logging.getLogger(__name__)
PREFIX = "/webhooks/whatsapp/"
LARGEST_BODY = 3 * 1024 * 1024 + 64 * 1024  # Meta: a body is at most 3 MB; a little slack for other readings of MB


class Hangup(Exception):
    """The sender closed before the body was complete."""


async def webhook_endpoint(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The ASGI entry. Answers: 200 stored, 401 wrong signature, 403 wrong token, 404, 405, 413, 503 try again."""
    try:
        channel = await _channel_of(scope["path"])
        if channel is None:
            return await _answer(send, 404, b"no such channel")
        if scope["method"] == "GET":
            return await _handshake(scope, send, channel)
        if scope["method"] != "POST":
            return await _answer(send, 405, b"POST only")
        body = await _read(receive)
        if body is None:
            return await _answer(send, 413, b"too large")
        header = dict(scope["headers"]).get(channel.provider.webhook_header.encode(), b"").decode("latin-1")
        if not verify(body, header, channel.app_secrets, prefix=channel.provider.webhook_prefix):
            # Never stored: anybody can post here. Meta repeats for 7 days, so a rotated secret loses nothing.
            return await _answer(send, 401, b"wrong signature")
        await group_commit().store(Body(channel.id, channel.key_id, body))
        return await _answer(send, 200, b"ok")
    except Hangup:
        return None
    except Exception:
        logger.exception("a webhook could not be stored; the sender will repeat it")
        return await _answer(send, 503, b"try again")


async def _channel_of(path: str) -> KnownChannel | None:
    try:
        return await known_channel(UUID(path.removeprefix(PREFIX).strip("/")))
    except ValueError:
        return None


async def _handshake(scope: dict[str, Any], send: Any, channel: KnownChannel) -> None:
    """Meta proves that we own the URL: echo the challenge, only when the token is ours (constant time)."""
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
    token = query.get("hub.verify_token", "")
    ours = bool(token) and hmac.compare_digest(token.encode(), channel.verify_token.encode())
    if query.get("hub.mode") == "subscribe" and ours:
        await _answer(send, 200, query.get("hub.challenge", "").encode())
    else:
        await _answer(send, 403, b"wrong verify token")


async def _read(receive: Any) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Hangup
        parts.append(event.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            return None
        if not event.get("more_body"):
            return b"".join(parts)


async def _answer(send: Any, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
