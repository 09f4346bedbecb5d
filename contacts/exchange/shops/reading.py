"""Pieces of a shop's JSON, read with suspicion: shops, and their extensions, send anything."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from contacts.exchange.shops.protocol import Row
from contacts.money import digits_of

_TEXT = 200
Reader = Callable[[dict[str, Any]], Row | None]


def text(value: Any, longest: int = _TEXT) -> str:
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return str(value).replace("\0", "").strip()[:longest]


def obj(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def moment(value: Any) -> datetime | None:
    """ISO 8601; without a zone it is UTC, as the ``_gmt`` fields of WooCommerce are."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def minor(value: Any, currency: str) -> int:
    """A price in the smallest unit, rounded: shops divide. ``ValueError`` for what is no number."""
    try:
        scaled = Decimal(str(value)).scaleb(digits_of(currency))
        return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        raise ValueError(f"no amount: {str(value)[:20]}") from None


def whole(value: Any) -> int:
    return int(Decimal(str(value)))


def name_of(*parts: Any) -> str | None:
    return " ".join(said for part in parts if (said := text(part))) or None


def each(given: Iterable[dict[str, Any]], read: Reader) -> tuple[tuple[Row, ...], tuple[tuple[str, str], ...]]:
    """What can be read, and the ids of what cannot with what was wrong."""
    rows: list[Row] = []
    unread: list[tuple[str, str]] = []
    for one in given:
        try:
            row = read(one)
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            unread.append((text(one.get("id"), 40), type(error).__name__))
        else:
            rows += [row] if row is not None else []
    return tuple(rows), tuple(unread)
