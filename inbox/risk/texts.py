"""What of a message a customer wrote themselves."""

from typing import Any

# What stands on a button or in a list was written by us; a notice is WhatsApp's.
_WRITTEN = frozenset(("text", "image", "video", "document", "audio", "order"))


def written_in(kind: str, content: dict[str, Any]) -> str:
    """Text, caption, or what a form was filled with; nothing of what was deleted."""
    if content.get("revoked"):
        return ""
    name = "text" if kind in _WRITTEN else "response" if kind == "interactive" else ""
    value = content.get(name)
    return value if isinstance(value, str) else ""
