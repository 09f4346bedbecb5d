"""The rows as both databases take them: ids as 32 hex digits, moments as text, sealed values as bytes.

Field by field the columns of the tables; ``tables`` refuses to write when a model has other ones.
"""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (written without a zone, as SQLite holds it; PostgreSQL is told UTC)


def stamp(at_us: int) -> str:
    """As Django writes it: no fraction when there is none, or texts of equal moments would differ on SQLite."""
    return str(_EPOCH + timedelta(microseconds=at_us))


def id_at(at_us: int, rng: Random) -> str:
    """A UUIDv7 of that moment, as ``security.ids`` would have made then."""
    chance = rng.getrandbits(74)
    high = (at_us // 1000) << 16 | 0x7000 | chance >> 62
    return f"{high:016x}{0x8000000000000000 | chance & 0x3FFFFFFFFFFFFFFF:016x}"


def dashed(pk: str) -> str:
    """The usual spelling, which is part of a sealed value's place."""
    return f"{pk[:8]}-{pk[8:12]}-{pk[12:16]}-{pk[16:20]}-{pk[20:]}"


class ContactRow(NamedTuple):
    id: str
    region_id: int
    key_id: str
    profile: bytes
    language: str
    country: str
    time_zone: str
    version: int
    first_seen_at: str
    last_seen_at: str | None
    moved_at: str | None
    marketing_stopped_at: str | None
    marketing_told_at: str | None
    suppressed_at: str | None
    held_at: str | None
    gone: str
    gone_at: str | None
    merged_into_id: str | None


class IdentityRow(NamedTuple):
    id: str
    contact_id: str
    region_id: int
    key_id: str
    kind: str
    digest: bytes
    value: bytes
    portfolio: str
    current: int
    first_seen_at: str
    last_seen_at: str


class NoteRow(NamedTuple):
    id: str
    contact_id: str
    key_id: str
    text: bytes
    author_id: int
    created_at: str


class ConversationRow(NamedTuple):
    id: str
    region_id: int
    channel_id: str
    contact_id: str
    state: str
    assignee_id: int | None
    team_id: None
    payment_marked_at: str | None
    priority: int
    woken_at: None
    woken_how: str
    locked_by_id: None
    locked_until: None
    due_at: None
    risk_at: None
    watch_at: None
    due_for: str
    held_count: int
    scheduled_at: None
    risk_severity: int
    case_count: int
    version: int
    inbound_count: int
    answer_count: int
    last_message_id: str | None
    last_activity_at: str
    last_inbound_at: str | None
    waiting_since: str | None
    created_at: str


class CaseRow(NamedTuple):
    id: int
    conversation_id: str
    number: int
    opened_at: str
    first_reply_at: str | None


class AssignmentRow(NamedTuple):
    conversation_id: str
    assignee_id: int
    assigned_by_id: int
    assigned_at: str
    ended_at: str | None
    method: str
    ended_how: str
    why: str


class ResolutionRow(NamedTuple):
    conversation_id: str
    case_id: int
    resolved_by_id: int
    resolved_at: str
    reopened_by_id: int | None
    reopened_at: str | None


class ReadMarkRow(NamedTuple):
    conversation_id: str
    reader_id: int
    read_count: int
    read_at: str


class MessageRow(NamedTuple):
    id: str
    conversation_id: str
    channel_id: str
    case_id: int
    key_id: str
    direction: str
    kind: str
    content: bytes
    author_id: int | None
    client_ref: str | None
    provider_ref: str | None
    quoted_id: str | None
    quoted_ref: str
    status: str
    at: str
    created_at: str
    claimed_at: str | None
    calling_at: str | None
    repeats: int
    sent_at: str | None
    delivered_at: str | None
    read_at: str | None
    failed_at: str | None
    attempts: int
    due_at: None
    error_code: str
    version: int


class ReactionRow(NamedTuple):
    id: str
    conversation_id: str
    target_id: str
    target_ref: str
    side: str
    key_id: str
    emoji: bytes
    author_id: int | None
    at: str


class MediaRow(NamedTuple):
    id: str
    conversation_id: str
    message_id: str
    note_id: None
    uploaded_by_id: int | None
    key_id: str
    kind: str
    state: str
    provider_ref: str
    mime_type: str
    size: int | None
    sha256: bytes | None
    voice: bool
    name: bytes | None
    width: int | None
    height: int | None
    file: str
    thumbnail: str
    attempts: int
    due_at: None
    created_at: str
