"""What the API says of number hygiene."""

from dataclasses import dataclass
from datetime import datetime

from contacts.shapes import AuthorShape, ContactBriefShape


@dataclass(frozen=True)
class HygieneShape:
    """How many there are of each list. ``saves`` is a month's, in US cents, were those proposed suppressed."""

    bounced: int
    dormant: int
    suppressed: int
    duplicates: int
    saves: int
    dormant_days: int
    bounces: int


@dataclass(frozen=True)
class NumberShape:
    """Somebody on one of the lists, with why."""

    contact: ContactBriefShape
    last_seen_at: datetime | None
    first_seen_at: datetime
    bounces: int
    bounced_at: datetime | None
    suppressed_at: datetime | None
    why: str
    reason: str
    by: AuthorShape | None


@dataclass(frozen=True)
class DoneShape:
    """Whom it was new for."""

    contacts: list[str]


@dataclass(frozen=True)
class TwinShape:
    """One of two who may be one, with what tells them apart."""

    contact: ContactBriefShape
    first_seen_at: datetime
    last_seen_at: datetime | None
    orders: int
    messages: int


@dataclass(frozen=True)
class PairShape:
    """``kinds``: what they have in common: `phone`, `external` (an id of another system), `name_order`."""

    id: str
    kinds: list[str]
    found_at: datetime
    one: TwinShape
    other: TwinShape


@dataclass(frozen=True)
class MergeDoneShape:
    """A merge, and until when it can be undone."""

    id: str
    kept: ContactBriefShape
    merged_name: str
    asked_at: datetime
    finished_at: datetime | None
    undo_until: datetime | None
    undone_at: datetime | None
