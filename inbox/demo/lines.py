"""One message of the past before it belongs to a conversation."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional


@dataclass(eq=False)
class Line:
    """``side`` is in (customer) or out (team); ``offset`` is seconds after its episode began, ``at`` the moment once
    that is known. ``content`` is what Kefu stores; ``file`` names a picture or document. ``automatic`` lines have no
    author. ``failure`` is the code with which sending it failed; ``unconfirmed``: the call timed out."""

    side: str
    kind: str
    content: dict[str, Any]
    offset: float
    file: str = ""
    quotes: Optional["Line"] = None
    reactions: dict[str, str] = field(default_factory=dict)
    automatic: bool = False
    failure: str = ""
    unconfirmed: bool = False
    at: datetime | None = None

    @property
    def moment(self) -> datetime:
        assert self.at is not None, "the line has not been given its time"
        return self.at
