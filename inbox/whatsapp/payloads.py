"""Bodies of ``POST /{phone_number_id}/messages`` (Meta: sending messages)."""

from typing import Any

from inbox.whatsapp.limits import MEDIA_KINDS
from inbox.whatsapp.wire import Outbound


def send_body(message: Outbound) -> dict[str, Any]:
    """The JSON for one message. The recipient's number always carries its ``+``: without it Meta may add the sender's
    own country code and reach a stranger."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": message.kind,
        message.kind: _content(message),
        "biz_opaque_callback_data": message.correlation,
    }
    if message.phone:
        body["to"] = "+" + message.phone.lstrip("+")
    else:
        body["recipient"] = message.bsuid
    if message.quoted_ref and message.kind != "reaction":
        body["context"] = {"message_id": message.quoted_ref}
    return body


def _content(message: Outbound) -> dict[str, Any]:
    content = message.content
    if message.kind == "text":
        return {"body": content["text"], "preview_url": True}
    if message.kind in MEDIA_KINDS:
        return _media(message)
    if message.kind == "reaction":
        return {"message_id": message.quoted_ref, "emoji": content["emoji"]}
    if message.kind == "location":
        return {
            key: content[key] for key in ("latitude", "longitude", "name", "address") if content.get(key) is not None
        }
    if message.kind == "template":
        template: dict[str, Any] = {"name": content["name"], "language": {"code": content["language"]}}
        if content.get("components"):
            template["components"] = content["components"]
        return template
    raise ValueError(f"{message.kind} cannot be sent")


def _media(message: Outbound) -> dict[str, Any]:
    body: dict[str, Any] = {"id": message.media_ref}
    if message.content.get("text") and message.kind in ("image", "video", "document"):
        body["caption"] = message.content["text"]
    if message.kind == "document" and message.content.get("name"):
        body["filename"] = message.content["name"]
    return body


def read_body(provider_ref: str, *, typing: str | None = None) -> dict[str, Any]:
    """Mark a message (and all before it) as read; ``typing`` = ``"text"`` also shows the typing indicator."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": provider_ref}
    if typing:
        body["typing_indicator"] = {"type": typing}
    return body
