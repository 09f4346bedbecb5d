"""Cursor pages: position by value, so depth costs nothing and live lists do not skip or repeat."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from rest_framework.request import Request

from security.errors import Invalid

T = TypeVar("T")
LARGEST_PAGE = 100
USUAL_PAGE = 50


def page_size(request: Request) -> int:
    """``?limit=`` between 1 and 100."""
    raw = request.query_params.get("limit", str(USUAL_PAGE))
    if not raw.isdecimal() or len(raw) > 6 or int(raw) < 1:
        raise Invalid(field="limit")
    return min(int(raw), LARGEST_PAGE)


def read_cursor(request: Request) -> list[Any] | None:
    """The position a client passed back, or ``None`` on the first page; a damaged one is refused."""
    raw = request.query_params.get("cursor")
    if not raw:
        return None
    try:
        position = json.loads(base64.urlsafe_b64decode(raw.encode() + b"=" * (-len(raw) % 4)))
    except (ValueError, RecursionError):
        raise Invalid(field="cursor") from None
    if not isinstance(position, list):
        raise Invalid(field="cursor")
    return position


def write_cursor(position: Sequence[Any]) -> str:
    packed = json.dumps([str(part) for part in position], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def page_json(
    rows: Sequence[T], *, limit: int, shape: Callable[[T], Any], position: Callable[[T], Sequence[Any]]
) -> dict[str, Any]:
    """``{"results", "next"}`` from up to ``limit + 1`` rows: the extra one only tells that there is more."""
    shown = rows[:limit]
    more = write_cursor(position(shown[-1])) if len(rows) > limit else None
    return {"results": [shape(row) for row in shown], "next": more}
