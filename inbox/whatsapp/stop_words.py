"""What an inbound message says in words that might stop marketing: a text, or the label and payload of a button (Meta:
an opt-out by button counts like any)."""

from collections.abc import Mapping
from typing import Any

_SAID_IN = {"text": ("text",), "button": ("text", "payload"), "interactive": ("text", "id")}


def words_in(kind: str, content: Mapping[str, Any]) -> list[str]:
    return [str(content[name]) for name in _SAID_IN.get(kind, ()) if content.get(name)]
