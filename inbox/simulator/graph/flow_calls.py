"""The flows of an account, listed (Meta: flows). They are made by the control plane only."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from inbox.simulator.graph.fields import pick
from inbox.simulator.graph.paging import page
from inbox.simulator.graph.protocol import Call
from inbox.simulator.storage import records

_DEFAULT = ("id", "name", "status", "categories", "validation_errors")


async def get_flows(call: Call) -> Response:
    waba_id = call.access.account(call.request.path_params["object_id"])[0]["waba_id"]
    every = records.every(call.world.database, "flow").items()
    rows = [_node(flow_id, flow) for flow_id, flow in every if flow["waba_id"] == waba_id]
    return page(call, rows, shown=lambda row: pick(row, call.request.query_params.get("fields"), _DEFAULT))


def _node(flow_id: str, flow: dict[str, Any]) -> dict[str, Any]:
    named = {name: flow[name] for name in ("name", "status")}
    return {"id": flow_id, **named, "categories": ["OTHER"], "validation_errors": []}
