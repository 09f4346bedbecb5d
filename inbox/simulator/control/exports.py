"""A run as a file for a bug report, and what it would have cost."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from inbox.simulator.clock import iso
from inbox.simulator.storage import calls, deliveries, messages
from inbox.simulator.world import World

_ALL = 2**31
Row = dict[str, Any]


async def get_export(world: World, request: Request) -> Any:
    """Calls and webhooks in the order of time, in the form of a HAR file (version 1.2). Tokens are redacted, and
    everybody in it is invented."""
    sent = [_call(row) for row in calls.recent(world.database, limit=_ALL)]
    told = [_webhook(row, attempt) for row in deliveries.recent(world.database, limit=_ALL) for attempt in row["tries"]]
    entries = sorted(sent + told, key=lambda entry: str(entry["startedDateTime"]))
    creator = {"name": "Kefu simulator", "version": "1.0", "comment": f"seed {world.chance.seed}"}
    return {"log": {"version": "1.2", "creator": creator, "entries": entries}}


def _call(row: Row) -> Row:
    detail = row["detail"]
    query = f"?{urlencode(detail['query'])}" if detail["query"] else ""
    posted = {} if detail["body"] is None else _posted(json.dumps(detail["body"]))
    asked = {"method": row["method"], "url": f"graph:{row['path']}{query}", **posted}
    return _entry(row["at"], row["milliseconds"], asked, row["status"], json.dumps(detail["answer"]))


def _webhook(row: Row, attempt: Row) -> Row:
    asked = {"method": "POST", "url": f"webhook:{row['number']}", **_posted(row["body"])}
    return _entry(attempt["at"], attempt["milliseconds"], asked, attempt["answered"] or 0, attempt["failure"] or "")


def _posted(text: str) -> Row:
    return {"postData": {"mimeType": "application/json", "text": text}}


def _entry(at: float, milliseconds: float, asked: Row, status: int, text: str) -> Row:
    plain = {"httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "headersSize": -1, "bodySize": -1}
    answer = {"status": status, "statusText": "", "redirectURL": "", **plain}
    return {
        "startedDateTime": iso(at), "time": milliseconds, "request": {**asked, "queryString": [], **plain},
        "response": {**answer, "content": {"size": len(text), "mimeType": "application/json", "text": text}},
        "cache": {}, "timings": {"send": 0, "wait": milliseconds, "receive": 0},
    }  # fmt: skip


async def get_costs(world: World, request: Request) -> Any:
    """What the `pricing` of statuses added up to: [{number, category, type, messages}]. Prices of money are no part of
    it: rate cards are the business's affair."""
    rows = [row for row in messages.outgoing_since(world.database, 0.0, request.query_params.get("number"))
            if row["pricing"] and row["status"] != "failed"]  # fmt: skip
    counted = Counter((row["number"], row["pricing"]["category"], row["pricing"]["type"]) for row in rows)
    names = ("number", "category", "type")
    return {"results": [{**dict(zip(names, key, strict=True)), "messages": count} for key, count in counted.items()]}
