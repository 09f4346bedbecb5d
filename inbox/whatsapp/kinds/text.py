"""A text; its first link may be shown with a preview (Meta: text messages)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part
from inbox.whatsapp.limits import TEXT_MAX
from inbox.whatsapp.wire import Outbound


def check(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {"text": part.text("text", TEXT_MAX)}
    if part.value.get("preview_url") is False:
        found["preview_url"] = False
    return found


def body(message: Outbound) -> dict[str, Any]:
    return {"body": message.content["text"], "preview_url": message.content.get("preview_url", True)}
