"""A file that was uploaded before. Only some kinds have words of their own under them (Meta: captions)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part, some
from inbox.whatsapp.limits import CAPTION_MAX
from inbox.whatsapp.wire import Outbound

CAPTIONED = ("image", "video", "document")


def check(part: Part) -> dict[str, Any]:
    return some(text=part.maybe("text", CAPTION_MAX), voice=part.flag("voice"))


def body(message: Outbound) -> dict[str, Any]:
    kind, content = message.kind, message.content
    return {
        "id": message.media_ref,
        **some(
            caption=content.get("text") if kind in CAPTIONED else None,
            filename=message.media_name if kind == "document" else None,
            voice=content.get("voice") if kind == "audio" else None,
        ),
    }
