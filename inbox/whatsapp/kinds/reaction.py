"""An emoji on a message; an empty one takes it off (Meta: reaction messages)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part
from inbox.whatsapp.limits import EMOJI_MAX
from inbox.whatsapp.wire import Outbound


def check(part: Part) -> dict[str, Any]:
    """``{emoji, target_ref}``: one emoji, which no ASCII sign is."""
    emoji = part.maybe("emoji", EMOJI_MAX)
    if emoji and (emoji.isascii() or any(sign.isspace() for sign in emoji)):
        raise part.unfit("invalid", "emoji")
    return {"emoji": emoji, "target_ref": part.text("target_ref", 512)}


def body(message: Outbound) -> dict[str, Any]:
    return {"message_id": message.quoted_ref, "emoji": message.content["emoji"]}
