"""Messages that ask for a place or for the number: WhatsApp words the button itself."""

from typing import Any

from inbox.whatsapp.kinds.part import Part


def check(part: Part) -> dict[str, Any]:
    """Nothing of their own but the text."""
    return {}
