"""What the API says of segments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contacts.shapes import AuthorShape, ContactBriefShape


@dataclass(frozen=True)
class SegmentShape:
    """``reading``: the conditions in plain words, in the reader's language. ``size``: how many it held of at
    ``counted_at``; null: it was not counted yet."""

    id: str
    region_id: int
    name: str
    description: str
    conditions: dict[str, Any]
    reading: str
    size: int | None
    counted_at: datetime | None
    version: int
    created_by: AuthorShape | None
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True)
class SegmentPersonShape:
    contact: ContactBriefShape
    last_seen_at: datetime | None


@dataclass(frozen=True)
class SegmentTryShape:
    """``people``: the first few of ``count``."""

    count: int
    reading: str
    people: list[SegmentPersonShape]


@dataclass(frozen=True)
class SizeShape:
    day: date
    size: int


@dataclass(frozen=True)
class BelongsShape:
    """Whether a contact belongs, and every condition's outcome (``holds``, and what was ``seen``)."""

    holds: bool
    outcome: dict[str, Any]
