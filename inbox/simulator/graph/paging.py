"""Cursor paging: opaque cursors, `next` as a full address, absent on the last page (Meta)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.protocol import Call

Row = dict[str, Any]


def page(call: Call, rows: list[Row], *, shown: Callable[[Row], Row] | None = None,
         key: str = "id", **extra: Any) -> Response:  # fmt: skip
    """One page of `rows`, each through `shown`. A cursor names a row by its `key`, so that what is added or removed
    while paging repeats and skips nothing; a row that is gone makes its cursor stale (131059)."""
    query = call.request.query_params
    limit = _limit(query.get("limit"))
    start = _start(query.get("after"), query.get("before"), limit, [str(row[key]) for row in rows])
    part = rows[start : start + limit]
    if not part:
        return JSONResponse({"data": [], **extra})
    paging: Row = {"cursors": {"before": _cursor(part[0][key]), "after": _cursor(part[-1][key])}}
    if start + limit < len(rows):
        paging["next"] = _address(call, after=paging["cursors"]["after"], limit=limit)
    if start > 0:
        paging["previous"] = _address(call, before=paging["cursors"]["before"], limit=limit)
    return JSONResponse({"data": [shown(row) if shown else row for row in part], "paging": paging, **extra})


def _limit(given: str | None) -> int:
    try:
        limit = int(given or 25)
    except ValueError as error:
        raise GraphError(100, "Parameter limit must be a whole number.") from error
    return max(1, min(limit, 1000))


def _start(after: str | None, before: str | None, limit: int, keys: list[str]) -> int:
    try:
        if after:
            return keys.index(_key(after)) + 1
        return max(0, keys.index(_key(before)) - limit) if before else 0
    except ValueError as error:
        raise GraphError(131059, "The cursor is damaged or has expired: begin again at the first page.") from error


def _address(call: Call, **changes: Any) -> str:
    bare = call.request.url.remove_query_params(["after", "before", "access_token"])
    return str(bare.include_query_params(**changes))


def _cursor(key: Any) -> str:
    return base64.urlsafe_b64encode(f"at:{key}".encode()).decode()


def _key(cursor: str) -> str:
    return base64.urlsafe_b64decode(cursor.encode()).decode().removeprefix("at:")
