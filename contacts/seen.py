"""How WhatsApp names a person; no models, so that adapters can use it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Seen:
    """How one message or status named a person. At least one of ``bsuid`` and ``wa_id`` is given.

    ``moved``: that message is WhatsApp's notice that they are known by other ids from then on. ``by_us``: we wrote to
    them under that name, so it is no word of theirs: WhatsApp may call them otherwise.
    """

    bsuid: str | None
    wa_id: str | None
    name: str | None
    username: str | None
    at: datetime
    moved: "Move | None" = None
    by_us: bool = False


@dataclass(frozen=True)
class Move:
    """The ids somebody has now, and the kinds of which they have no older one any more."""

    to: Seen
    left: tuple[str, ...]
