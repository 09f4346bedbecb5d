"""Whole webhook bodies in the shapes that Meta documents, one per kind of message and status."""

from typing import Any

from inbox.models import Channel
from tests.worlds.customers import Customer
from tests.worlds.webhooks import Json, envelope, message, status, value

_FILE = {"id": "1003383421387256", "mime_type": "image/jpeg", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI="}
_CARD = {
    "name": {"first_name": "Lu", "last_name": "Go", "formatted_name": "Lu Go"},
    "org": {"company": "Tea House"},
    "phones": [{"phone": "+1 (983) 555-0100", "wa_id": "19835550100", "type": "MOBILE"}],
    "emails": [{"email": "lu@example.com", "type": "WORK"}],
}
_KINDS: dict[str, Any] = {
    "text": {"body": "Does it come in another color?"},
    "image": {**_FILE, "caption": "Tower"},
    "video": {**_FILE, "mime_type": "video/mp4"},
    "audio": {**_FILE, "mime_type": "audio/ogg; codecs=opus", "voice": True},
    "document": {**_FILE, "mime_type": "application/pdf", "filename": "bill.pdf"},
    "sticker": {**_FILE, "mime_type": "image/webp", "animated": True},
    "location": {"address": "1 Bay Rd", "latitude": 37.442, "longitude": -122.161, "name": "Cafe", "url": "https://x"},
    "contacts": [_CARD],
    "reaction": {"message_id": "wamid.EARLIER", "emoji": "👍"},
    "interactive": {"type": "list_reply", "list_reply": {"id": "a", "title": "Express", "description": "2 days"}},
    "button": {"payload": "Unsubscribe", "text": "Unsubscribe"},
    "order": {
        "catalog_id": "1",
        "text": "please",
        "product_items": [{"product_retailer_id": "S", "quantity": 2, "item_price": 9.5, "currency": "TWD"}],
    },
    "system": {"type": "user_changed_number", "body": "moved", "wa_id": "886900000099", "previous_user_id": "TW.1"},
    "hologram": {"depth": 3},
}
_EXTRA: Json = {
    "context": {"from": "15550783881", "id": "wamid.EARLIER", "forwarded": True},
    "referral": {"source_id": "1", "source_type": "ad", "headline": "Sale"},
}
_FAILED: Json = {"errors": [{"code": 131026, "title": "Undeliverable", "error_data": {"details": "no"}}]}
_PRICED: Json = {
    "conversation": {"id": "c1", "origin": {"type": "service"}},
    "pricing": {"billable": False, "pricing_model": "PMP", "category": "service"},
    "recipient_id": "886900000001",
    "biz_opaque_callback_data": "not ours",
}


def bodies(channel: Channel, who: Customer) -> list[Json]:
    """One body for each kind of message, one for each status, one with everything."""
    said = [message(who, kind, content, **_EXTRA) for kind, content in _KINDS.items()]
    told = [status(f"wamid.{word}", word, **_PRICED) for word in ("sent", "delivered", "read")]
    told.append(status("wamid.failed", "failed", **_PRICED, **_FAILED))
    single = [value(channel, people=[who], messages=[one]) for one in said]
    single += [value(channel, statuses=[one]) for one in told]
    whole = value(channel, people=[who], messages=said, statuses=told, errors=[{"code": 130429, "title": "slow"}])
    return [envelope(channel, one) for one in (*single, whole)]
