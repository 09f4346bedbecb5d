"""The kinds of message that may be sent: what each may hold, and how Meta spells it.

``checked(kind, content)`` holds content against Meta's published limits and returns it clean; ``body_of(message)`` is
the object of the send call. A kind is one module with a ``check`` and a ``body``; ``interactive`` shares itself among
several. Content is flat: what the thread shows of a message is what is stored of it.
"""

from collections.abc import Callable
from typing import Any

from inbox.whatsapp.kinds import cards, interactive, media, places, reaction, template, text
from inbox.whatsapp.kinds.part import Part, Unfit
from inbox.whatsapp.limits import MEDIA_KINDS
from inbox.whatsapp.wire import Outbound

__all__ = ["SENDABLE", "Unfit", "body_of", "checked"]

Content = dict[str, Any]
_CHECKS: dict[str, Callable[[Part], Content]] = {
    "text": text.check,
    "location": places.check,
    "contacts": cards.check,
    "reaction": reaction.check,
    "interactive": interactive.check,
    "template": template.check,
    **{kind: media.check for kind in MEDIA_KINDS},
}
_BODIES: dict[str, Callable[[Outbound], Any]] = {
    "text": text.body,
    "location": places.body,
    "contacts": cards.body,
    "reaction": reaction.body,
    "interactive": interactive.body,
    "template": template.body,
    **{kind: media.body for kind in MEDIA_KINDS},
}
SENDABLE = tuple(_CHECKS)


def checked(kind: str, content: Content, *, at: str = "") -> Content:
    """The content as it is stored: trimmed, without empty keys. Raises ``Unfit``, whose field begins with ``at``."""
    return _CHECKS[kind](Part(content, at))


def body_of(message: Outbound) -> Any:
    """The value of the key named like the kind in ``POST /{phone_number_id}/messages``."""
    if message.kind not in _BODIES:
        raise ValueError(f"{message.kind} cannot be sent")
    return _BODIES[message.kind](message)
