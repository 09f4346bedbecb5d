"""Reading values that may be anything: what does not fit is as if it were absent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

_LATEST_CLOCK = 4_102_444_800  # the year 2100: a timestamp beyond it is damage


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def sub(value: dict[str, Any], name: str) -> dict[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def text(value: Any) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    return str(value)


def number(value: Any) -> int:
    """A whole number, spelled as number or text; 0 for anything else."""
    try:
        return 0 if isinstance(value, bool) else int(value)
    except (TypeError, ValueError, OverflowError):
        return 0


def moment(value: Any, otherwise: datetime) -> datetime:
    """Unix seconds as text or number; anything else becomes the time of receipt. Never later than that."""
    seconds = number(value)
    if not 0 < seconds < _LATEST_CLOCK:
        return otherwise
    return min(datetime.fromtimestamp(seconds, UTC), otherwise)
