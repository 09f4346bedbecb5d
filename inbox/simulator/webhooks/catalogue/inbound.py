"""One customer message of every kind, in every variation Meta has of it."""

from __future__ import annotations

import base64
from typing import Any

from inbox.simulator.acting import hostile_files, writing
from inbox.simulator.acting.contents import content_of
from inbox.simulator.storage import messages
from inbox.simulator.tables import load_yaml
from inbox.simulator.webhooks import message_shape
from inbox.simulator.webhooks.catalogue.scene import Change, Scene

Body = dict[str, Any]
_CARD: Body = {"name": {"formatted_name": "Ana Reed", "first_name": "Ana"},
               "phones": [{"phone": "+1 202-555-0100", "wa_id": "12025550100", "type": "CELL"}]}  # fmt: skip
_FILE = base64.b64encode(b"invented bytes").decode()
_ITEM = {"product_retailer_id": "oolong-200", "quantity": 2, "item_price": 12.5, "currency": "USD"}
_PRODUCT = {"catalog_id": "800000000000001", "product_retailer_id": "oolong-200"}
_SYSTEM: dict[str, Body] = {
    "system_user_changed_number": {
        "type": "user_changed_number", "body": "User Mei changed number", "wa_id": "886900000777",
        "user_id": "TW.20000000000000000777", "previous_user_id": "$user_id",
    },
    "system_user_changed_user_id": {
        "type": "user_changed_user_id", "user_id": "TW.20000000000000000778", "previous_user_id": "$user_id",
    },
    "system_customer_changed_number": {
        "type": "customer_changed_number", "body": "User Mei changed number", "new_wa_id": "886900000779",
        "customer": "$wa_id",
    },
    "system_customer_identity_changed": {"type": "customer_identity_changed", "body": "The security code changed"},
}  # fmt: skip
_MESSAGES: dict[str, Body] = {
    "text": {"text": "Is my order on its way?"},
    "image": {"type": "image", "data": _FILE, "caption": "Look"},
    "video": {"type": "video", "data": _FILE, "caption": "Look"},
    "audio": {"type": "audio", "data": _FILE, "mime_type": "audio/mpeg"},
    "voice": {"type": "audio", "data": _FILE},
    "document": {"type": "document", "data": _FILE, "mime_type": "application/pdf", "filename": "receipt.pdf"},
    "sticker": {"type": "sticker", "data": _FILE},
    "sticker_animated": {"type": "sticker", "data": base64.b64encode(b"RIFF0000WEBPVP8X....ANIM").decode()},
    "location": {"type": "location", "latitude": 25.0339, "longitude": 121.5645, "name": "Home", "address": "Lane 1"},
    "location_bare": {"type": "location", "latitude": -33.86, "longitude": 151.2},
    "contacts": {"type": "contacts", "contacts": [_CARD]},
    "contacts_requested": {"type": "contacts", "contacts": [_CARD], "origin": "contact_request"},
    "contacts_other": {"type": "contacts", "contacts": [_CARD], "origin": "other"},
    "contacts_without_name": {"type": "contacts", "contacts": [{"phones": _CARD["phones"]}]},
    "reaction": {"type": "reaction", "message": "$known", "emoji": "🙏"},
    "reaction_removed": {"type": "reaction", "message": "$known"},
    "reaction_empty": {"type": "reaction", "message": "$known", "keep_empty": True},
    "button": {"type": "button", "text": "Yes", "payload": "YES", "reply_to": "$known"},
    "button_without_context": {"type": "button", "text": "Yes", "payload": "YES"},
    "button_reply": {"type": "button_reply", "id": "yes", "title": "Yes", "reply_to": "$known"},
    "list_reply": {"type": "list_reply", "id": "t1", "title": "Oolong", "description": "Mild", "reply_to": "$known"},
    "flow_reply": {"type": "flow_reply", "answers": {"day": "Monday", "cups": 2}, "flow_token": "booking-1"},
    "address_reply": {"type": "address_reply", "values": {"name": "Ana Reed", "city": "Pune", "in_pin_code": "400063"}},
    "call_permission_accepted": {"type": "call_permission_reply", "expiration_timestamp": "1893456000"},
    "call_permission_rejected": {"type": "call_permission_reply", "response": "reject"},
    "payment_method": {
        "type": "payment_method", "payment_timestamp": "1767225600", "reference_id": "order-1",
        "last_four_digits": "0001", "credential_id": "credential-1",
    },
    "interactive_without_body": {"type": "broken_interactive"},
    "order": {"type": "order", "product_items": [_ITEM], "catalog_id": "800000000000001", "text": "By Friday, please"},
    "unsupported_edit": {"type": "unsupported", "unsupported": "edit"},
    "unsupported_poll": {"type": "unsupported", "unsupported": "poll"},
    "unsupported_gif": {"type": "unsupported", "unsupported": "gif"},
    "unsupported_event": {"type": "unsupported", "unsupported": "event"},
    "unsupported_view_once": {"type": "unsupported", "unsupported": "media_placeholder"},
    "unsupported_linked_device": {"type": "unsupported", "unsupported": "linked_device"},
    "unknown": {"type": "unknown"},
    "media_unavailable": {"type": "image", "unavailable": True},
    "request_welcome": {"type": "request_welcome"},
    "forwarded": {"text": "Read this", "forwarded": True},
    "frequently_forwarded": {"text": "Read this", "frequently_forwarded": True},
    "quoted": {"text": "This one", "reply_to": "$known"},
    "quoted_unknown": {"text": "That one", "reply_to": "wamid.NOBODYKNOWSTHIS=="},
    "product_enquiry": {"text": "Is it fresh?", "reply_to": "$known", "referred_product": _PRODUCT},
    "group": {"text": "Good morning, all", "group_id": "Y2FwaV9ncm91cDppbnZlbnRlZDAx"},
    "longest_text": {"text": "x" * 4096},
    **{f"hostile_{name}": {"text": text} for name, text in load_yaml("hostile_texts.yaml").items()},
    "hostile_surrogate": {"text": "half an emoji: \ud83d"},
    **{f"file_{name}": {"type": "document", "hostile": name} for name in hostile_files.NAMES},
    **{f"ad_{name}": {"text": "I saw this", "ad": name} for name in load_yaml("referrals.yaml")},
}  # fmt: skip
_CORRECTIONS = {
    "edit": {"message": {"type": "text", "text": {"body": "I meant Tuesday"}}}, "revoke": {},
}  # fmt: skip
KINDS = (*_MESSAGES, *_SYSTEM, *_CORRECTIONS)


def message(name: str, scene: Scene, given: Body) -> list[Change]:
    """A message which nobody wrote: it is in no chat of the simulator. Use `customers/{id}/messages` for real ones."""
    kind, content, context = _parts(name, scene)
    row = {"wamid": scene.wamid(), "kind": kind, "content": content, "context": context, "at": scene.now}
    value = message_shape.message_value(scene.world, scene.number, scene.customer, [row])
    if name == "reaction_empty":
        value["messages"][0]["reaction"]["emoji"] = ""
    return [Change("messages", value)]


def _parts(name: str, scene: Scene) -> tuple[str, Any, Body]:
    if name in _CORRECTIONS:
        return name, {"original_message_id": scene.known(), **_CORRECTIONS[name]}, {}
    if name in _SYSTEM:
        content = {key: _filled(value, scene) for key, value in _SYSTEM[name].items()}
        sender = message_shape.sender_ids(scene.world, scene.number, scene.customer)
        if content["type"] == "user_changed_user_id":
            sender.pop("from", None)
        identity = {"acknowledged": "false", "created_timestamp": str(scene.now), "hash": "aW52ZW50ZWQ="}
        return "system", content, {"sender": sender, **({"identity": identity} if "identity" in name else {})}
    body = {key: _filled(value, scene) for key, value in _MESSAGES[name].items()}
    kind, content = content_of(scene.world, scene.number, body)
    return kind, content, writing.context_of(body)


def _filled(value: Any, scene: Scene) -> Any:
    return scene.value_of(value[1:]) if isinstance(value, str) and value.startswith("$") else value


def last_of(scene: Scene) -> Body | None:
    """The newest message of the business in this chat."""
    rows = messages.chat(scene.world.database, scene.customer["id"], scene.number["phone_number_id"], limit=50)
    return next((row for row in reversed(rows) if row["direction"] == "out"), None)
