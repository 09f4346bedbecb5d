"""Lists of a WABA: its numbers and templates, and which app receives its webhooks."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.nodes import number_node
from inbox.simulator.graph.protocol import Call
from inbox.simulator.storage import numbers, templates
from inbox.simulator.webhooks import handshake

_APP = {"id": "100000000000000", "name": "Kefu", "link": "https://www.facebook.com/games/?app_id=100000000000000"}


async def get_phone_numbers(call: Call) -> Response:
    rows = call.access.account(call.request.path_params["object_id"])
    return _page(call, [number_node(call, row) for row in rows])


async def get_templates(call: Call) -> Response:
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    query = call.request.query_params
    rows = [{name: row[name] for name in ("name", "language", "status", "category", "components", "id")}
            for row in templates.of_waba(call.world.database, waba_id)]  # fmt: skip
    for name in ("name", "language", "status", "category"):
        if query.get(name):
            rows = [row for row in rows if row[name] == query[name]]
    return _page(call, rows)


def _page(call: Call, rows: list[dict[str, Any]]) -> Response:
    """Cursor paging: opaque cursors, `next` as a full address, absent on the last page."""
    query = call.request.query_params
    try:
        limit = min(int(query.get("limit", 25)), 100)
        start = _position(query["after"]) + 1 if "after" in query else 0
        if "before" in query:
            start = max(0, _position(query["before"]) - limit)
    except ValueError as error:
        raise GraphError(131059, "The cursor cannot be read.") from error
    part = rows[start : start + limit]
    if not part:
        return JSONResponse({"data": []})
    paging: dict[str, Any] = {"cursors": {"before": _cursor(start), "after": _cursor(start + len(part) - 1)}}
    if start + limit < len(rows):
        paging["next"] = str(call.request.url.include_query_params(after=paging["cursors"]["after"], limit=limit))
    return JSONResponse({"data": part, "paging": paging})


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"row:{position}".encode()).decode()


def _position(cursor: str) -> int:
    return int(base64.urlsafe_b64decode(cursor.encode()).decode().removeprefix("row:"))


async def get_subscriptions(call: Call) -> Response:
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    found = numbers.subscription(call.world.database, waba_id)
    if found is None:
        return JSONResponse({"data": []})
    override = {"override_callback_uri": found["override_uri"]} if found["override_uri"] else {}
    return JSONResponse({"data": [{"whatsapp_business_api_data": _APP, **override}]})


async def post_subscription(call: Call) -> Response:
    """Subscribe the app; an override is first asked to prove itself (Meta: handshake, also for overrides)."""
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    body = await call.body() if await call.request.body() else {}
    uri, token = str(body.get("override_callback_uri") or ""), str(body.get("verify_token") or "")
    if uri:
        problem = await asyncio.to_thread(handshake.ask_override, call.world, uri, token)
        if problem:
            raise GraphError(100, f"The callback could not be verified. {problem}.", subcode=2200)
    numbers.subscribe(call.world.database, waba_id, uri, token)
    call.world.wake()
    return JSONResponse({"success": True})


async def delete_subscription(call: Call) -> Response:
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    numbers.unsubscribe(call.world.database, waba_id)
    return JSONResponse({"success": True})
