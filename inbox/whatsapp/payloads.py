"""Bodies of ``POST /{phone_number_id}/messages`` (Meta: sending messages)."""

from typing import Any

from inbox.whatsapp.kinds import body_of
from inbox.whatsapp.wire import Outbound


def send_body(message: Outbound) -> dict[str, Any]:
    """The JSON for one message. The recipient's number always carries its ``+``: without it Meta may add the sender's
    own country code and reach a stranger."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": message.kind,
        message.kind: body_of(message),
        "biz_opaque_callback_data": message.correlation,
    }
    if message.phone:
        body["to"] = "+" + message.phone.lstrip("+")
    else:
        body["recipient"] = message.bsuid
    if message.quoted_ref and message.kind != "reaction":
        body["context"] = {"message_id": message.quoted_ref}
    return body


def read_body(provider_ref: str, *, typing: bool = False) -> dict[str, Any]:
    """Mark a message (and all before it) as read; ``typing`` also shows the typing indicator."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": provider_ref}
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return body
