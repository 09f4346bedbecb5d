"""What the API says of something that was found."""

from dataclasses import dataclass
from datetime import datetime

from contacts.shapes import AuthorShape, ContactBriefShape
from security.search.excerpts import ExcerptShape


@dataclass(frozen=True)
class FoundMessageShape:
    """``author``: the colleague who wrote it, of one that went out."""

    id: str
    conversation_id: str
    contact: ContactBriefShape
    channel_name: str
    region_id: int
    kind: str
    direction: str
    author: AuthorShape | None
    at: datetime
    excerpt: list[ExcerptShape]


@dataclass(frozen=True)
class FoundNoteShape:
    """``kind``: ``internal`` (in a conversation) or ``contact``. ``conversation_id``: where to read on, if anywhere."""

    id: str
    kind: str
    conversation_id: str | None
    contact: ContactBriefShape
    region_id: int
    author: AuthorShape
    at: datetime
    excerpt: list[ExcerptShape]


@dataclass(frozen=True)
class FoundContactShape:
    """``conversation_id``: their latest conversation that the reader sees."""

    contact: ContactBriefShape
    conversation_id: str | None
    region_id: int
    at: datetime
    excerpt: list[ExcerptShape]
