"""Positions in lists that are sorted by a time and an id, or by an id that tells the time."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from security.errors import Invalid


def time_and_id(position: list[Any]) -> tuple[datetime, UUID]:
    """Read a position that a client passed back; a damaged one is refused."""
    try:
        at, pk = position
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a naive time")
        return moment.astimezone(UTC), UUID(pk)
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise Invalid(field="cursor") from None


def only_id(position: list[Any]) -> UUID:
    try:
        (pk,) = position
        return UUID(pk)
    except (ValueError, TypeError, AttributeError):
        raise Invalid(field="cursor") from None
