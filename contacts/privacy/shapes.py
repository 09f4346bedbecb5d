"""What the API and the stream say of privacy."""

from dataclasses import dataclass
from datetime import datetime

from contacts.shapes import AuthorShape, ContactBriefShape


@dataclass(frozen=True)
class ProofShape:
    """The file that proves a line of the register."""

    name: str
    mime_type: str
    size: int


@dataclass(frozen=True)
class ConsentShape:
    """``given`` false: taken back. ``recorded_by`` is null where WhatsApp told us. ``holds``: it is the newest of its
    purpose."""

    id: str
    contact_id: str
    purpose: str
    given: bool
    source: str
    evidence: str
    at: datetime
    recorded_by: AuthorShape | None
    recorded_at: datetime
    holds: bool
    proof: ProofShape | None = None


@dataclass(frozen=True)
class ContactMergedShape:
    """``threads``: conversations that went into others, as old and new id."""

    merged_id: str
    kept_id: str
    threads: dict[str, str]


@dataclass(frozen=True)
class LegalHoldShape:
    id: str
    reason: str
    set_by: AuthorShape | None
    set_at: datetime
    released_by: AuthorShape | None
    released_at: datetime | None


@dataclass(frozen=True)
class ExportShape:
    """``done`` of ``total`` messages are in it. ``state``: making, ready, failed, gone."""

    id: str
    contact_id: str
    state: str
    done: int
    total: int
    size: int | None
    asked_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class DuplicateShape:
    """``reason``: ``number`` (one number in another form), ``former`` (one had the other's number), ``name``."""

    contact: ContactBriefShape
    reason: str
    last_seen_at: datetime | None


@dataclass(frozen=True)
class MergePreviewShape:
    """What would move from ``merged`` to ``kept``, by kind. ``different_numbers``: both have a
    number in use, and WhatsApp takes those for two people."""

    kept: ContactBriefShape
    merged: ContactBriefShape
    moves: dict[str, int]
    different_numbers: bool


@dataclass(frozen=True)
class MergeShape:
    """``moved`` rows so far; ``finished_at`` null while it goes on."""

    id: str
    kept_id: str
    merged_id: str
    asked_at: datetime
    finished_at: datetime | None
    moved: int
