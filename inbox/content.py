"""The content of messages in words: what a list, a quote or a notification shows of one."""

from typing import Any

from inbox.whatsapp.kinds.media import CAPTIONED
from inbox.whatsapp.limits import MEDIA_KINDS

PREVIEW_LENGTH = 160
# Kinds with a text of their own that somebody else may put right before it leaves.
EDITABLE = frozenset(("text", "interactive", *CAPTIONED))
FILE_KINDS = frozenset((*MEDIA_KINDS, "template", "interactive"))  # the last two may have one as their header


def preview(kind: str, content: dict[str, Any]) -> str:
    """One line of at most 160 characters; empty when only the kind can be named (the client words and icons those)."""
    if content.get("revoked"):
        return ""
    if kind == "system" and content.get("event"):
        return ""  # WhatsApp's own English; the thread has words of ours
    text = content.get("text") or content.get("title") or content.get("name") or ""
    if kind == "reaction":
        text = content.get("emoji", "")
    elif kind == "contacts":
        text = "、".join(card.get("name", "") for card in content.get("contacts", []))
    return " ".join(str(text).split())[:PREVIEW_LENGTH]
