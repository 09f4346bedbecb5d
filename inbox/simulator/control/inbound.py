"""`POST customers/{id}/messages`: a customer sends anything a customer can send."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from inbox.simulator import pictures
from inbox.simulator.control.protocol import customer_of, json_body, number_of
from inbox.simulator.errors import BadRequest, status_error
from inbox.simulator.graph.media_rules import is_animated
from inbox.simulator.messaging import receiving
from inbox.simulator.messaging.views import message_view
from inbox.simulator.storage import media
from inbox.simulator.tables import limits
from inbox.simulator.world import World

_MEDIA = ("image", "video", "audio", "document", "sticker")
_TYPICAL = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/ogg; codecs=opus", "sticker": "image/webp"}


async def post_message(world: World, request: Request) -> Any:
    """Fields: number, type and those of the type; reply_to, forwarded, frequently_forwarded, referral, at; `announce`
    false keeps the webhook back. Media bytes: multipart `file` (fields in `message` or as form fields), base64 `data`,
    or a drawn `sample`. Returns the message."""
    customer = customer_of(world, request.path_params["customer"])
    body = await _read(request)
    number = number_of(world, body.get("number"))
    kind, content = content_of(world, number, body)
    context = {
        name: body[name]
        for name in ("forwarded", "frequently_forwarded", "referral", "referred_product")
        if body.get(name)
    }
    if body.get("reply_to"):
        context["id"] = str(body["reply_to"])
    row = receiving.receive(world, customer, number, kind, content, context=context or None, at=_moment(body),
                            announce=body.get("announce") is not False)  # fmt: skip
    return message_view(world, row)


async def _read(request: Request) -> dict[str, Any]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await json_body(request)
    form = await request.form(max_files=1)
    try:
        body: dict[str, Any] = json.loads(str(form.get("message") or "{}"))
    except ValueError as error:
        raise BadRequest("The field message must be JSON.", field="message") from error
    body.update({name: value for name, value in form.items() if isinstance(value, str) and name != "message"})
    file = form.get("file")
    if isinstance(file, UploadFile):
        body["bytes"] = await file.read()
        body.setdefault("mime_type", file.content_type or "application/octet-stream")
        body.setdefault("filename", file.filename or "")
    return body


def content_of(world: World, number: dict[str, Any], body: dict[str, Any]) -> tuple[str, Any]:
    """(kind, content) of an incoming message. Raises BadRequest."""
    kind = body.get("type", "text")
    if kind in _MEDIA:
        return kind, _media(world, number, kind, body)
    if kind not in _KINDS:
        raise BadRequest(f"type must be one of {', '.join([*_KINDS, *_MEDIA])}.", field="type")
    return _KINDS[kind](body)


def _media(world: World, number: dict[str, Any], kind: str, body: dict[str, Any]) -> dict[str, Any]:
    data, mime_type = _bytes(kind, body)
    if len(data) > limits()["media"]["inbound_max_bytes"]["value"]:
        return {"errors": [status_error(131052)]}  # Meta: arrives without its media
    row = media.add(
        world.database,
        media_id=world.chance.digits(16),
        number=number["phone_number_id"],
        mime_type=mime_type,
        data=data,
        name=body.get("filename") or None,
        expires_at=world.clock.now() + limits()["media"]["webhook_id_days"]["value"] * 86400,
    )
    content: dict[str, Any] = {"id": row["id"], "mime_type": mime_type, "sha256": row["sha256"]}
    if body.get("caption"):
        content["caption"] = str(body["caption"])
    if kind == "document":
        content["filename"] = str(body.get("filename") or "document")
    if kind == "audio":
        content["voice"] = bool(body.get("voice", "codecs=opus" in mime_type))
    if kind == "sticker":
        content["animated"] = is_animated(data)
    return content


def _bytes(kind: str, body: dict[str, Any]) -> tuple[bytes, str]:
    if body.get("sample"):
        return pictures.draw(str(body["sample"])), "image/jpeg"
    mime_type = str(body.get("mime_type") or _TYPICAL.get(kind, "application/octet-stream"))
    if "bytes" in body:
        return body["bytes"], mime_type
    try:
        return base64.b64decode(body["data"], validate=True), mime_type
    except (KeyError, TypeError, binascii.Error) as error:
        raise BadRequest("Give a file, base64 `data` or the name of a `sample`.", field="data") from error


def _moment(body: dict[str, Any]) -> float | None:
    at = body.get("at")
    if at is not None and not isinstance(at, int | float):
        raise BadRequest("at must be epoch seconds.", field="at")
    return at


def _required(body: dict[str, Any], name: str, kind: type | tuple[type, ...] = str) -> Any:
    if not isinstance(body.get(name), kind):
        raise BadRequest(f"{name} is required.", field=name)
    return body[name]


def _picked(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: body[name] for name in names if body.get(name) not in (None, "")}


def _text(body: dict[str, Any]) -> tuple[str, Any]:
    return "text", {"body": _required(body, "text")}


def _reaction(body: dict[str, Any]) -> tuple[str, Any]:
    return "reaction", {"message_id": _required(body, "message"), "emoji": str(body.get("emoji") or "")}


def _location(body: dict[str, Any]) -> tuple[str, Any]:
    place = {name: float(_required(body, name, (int, float))) for name in ("latitude", "longitude")}
    return "location", {**place, **_picked(body, "name", "address", "url")}


def _contacts(body: dict[str, Any]) -> tuple[str, Any]:
    return "contacts", _required(body, "contacts", list)


def _button(body: dict[str, Any]) -> tuple[str, Any]:
    text = _required(body, "text")
    return "button", {"payload": str(body.get("payload") or text), "text": text}


def _button_reply(body: dict[str, Any]) -> tuple[str, Any]:
    reply = {"id": _required(body, "id"), "title": _required(body, "title")}
    return "interactive", {"type": "button_reply", "button_reply": reply}


def _list_reply(body: dict[str, Any]) -> tuple[str, Any]:
    reply = {"id": _required(body, "id"), "title": _required(body, "title"), **_picked(body, "description")}
    return "interactive", {"type": "list_reply", "list_reply": reply}


def _order(body: dict[str, Any]) -> tuple[str, Any]:
    return "order", {
        "product_items": _required(body, "product_items", list),
        "catalog_id": str(body.get("catalog_id") or "1"),
        **_picked(body, "text"),
    }


def _unsupported(body: dict[str, Any]) -> tuple[str, Any]:
    code = 131060 if body.get("unsupported") == "linked_device" else 131051
    return "unsupported", {"type": str(body.get("unsupported") or "unknown"), "errors": [status_error(code)]}


def _system(body: dict[str, Any]) -> tuple[str, Any]:
    return "system", _required(body, "system", dict)


_KINDS: dict[str, Callable[[dict[str, Any]], tuple[str, Any]]] = {
    "text": _text, "reaction": _reaction, "location": _location, "contacts": _contacts, "button": _button,
    "button_reply": _button_reply, "list_reply": _list_reply, "order": _order, "unsupported": _unsupported,
    "system": _system,
}  # fmt: skip
