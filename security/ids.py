"""Identifiers."""

from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A UUIDv7: ordered by time (kind to B-trees) and known before INSERT, which encryption needs for its AAD."""
    return uuid_utils.compat.uuid7()


def made_at(made: UUID) -> datetime:
    """When ``new_id`` made it: its first 48 bits count milliseconds."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)


def first_id_at(moment: datetime) -> UUID:
    """The least id that ``new_id`` can make at ``moment``: rows of a time span are a range of the primary key."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
