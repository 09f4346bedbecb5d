"""Steering templates and flows: verdicts, quality, pauses, categories, pacing; which flows an account has."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator.control.protocol import json_body
from inbox.simulator.errors import BadRequest
from inbox.simulator.graph.flows import STATES
from inbox.simulator.storage import numbers, records
from inbox.simulator.tables import limits
from inbox.simulator.templates import categories, facts, pacing, quality, review
from inbox.simulator.world import World

Template = dict[str, Any]


def _template(world: World, request: Request) -> Template:
    found = facts.find(world, request.path_params["template"])
    if found is None:
        raise BadRequest("There is no such template.", field="template", status=404)
    return found


def _chosen(body: dict[str, Any], name: str, allowed: Any, default: str | None = None) -> str:
    value = str(body.get(name, default)).upper()
    if value not in allowed:
        raise BadRequest(f"{name} must be one of {', '.join(allowed)}.", field=name)
    return value


async def get_template(world: World, request: Request) -> Any:
    return _template(world, request)


async def post_review(world: World, request: Request) -> Any:
    """{verdict: APPROVED | REJECTED, reason?}: the verdict now, whatever was planned."""
    body, template = await json_body(request), _template(world, request)
    verdict = _chosen(body, "verdict", ("APPROVED", "REJECTED"), "APPROVED")
    reasons = limits()["templates"]["rejection_reasons"]
    reason = _chosen(body, "reason", reasons, "INVALID_FORMAT") if verdict == "REJECTED" else None
    return review.settle(world, template, reason)


async def post_feedback(world: World, request: Request) -> Any:
    """{reaction: reply | read | ignore | block | report, count?}: how customers took the template."""
    body, template = await json_body(request), _template(world, request)
    reaction, count = str(body.get("reaction")), body.get("count", 1)
    if reaction not in review.rules()["weights"]:
        raise BadRequest(f"reaction must be one of {', '.join(review.rules()['weights'])}.", field="reaction")
    if not isinstance(count, int) or count < 1:
        raise BadRequest("count must be a whole number from 1.", field="count")
    return quality.hear(world, template, reaction, count)


async def post_quality(world: World, request: Request) -> Any:
    """{score: GREEN | YELLOW | RED | UNKNOWN}: set the score without pausing."""
    body, template = await json_body(request), _template(world, request)
    return quality.rate(world, template, _chosen(body, "score", ("GREEN", "YELLOW", "RED", "UNKNOWN")))


async def post_pause(world: World, request: Request) -> Any:
    """The next pause: three hours, six hours, then disabled."""
    return quality.pause(world, _template(world, request))


async def post_disable(world: World, request: Request) -> Any:
    return quality.disable(world, _template(world, request))


async def post_unpause(world: World, request: Request) -> Any:
    return quality.unpause(world, _template(world, request))


async def post_category(world: World, request: Request) -> Any:
    """{category, notice?}: announced and changed a day later; with `notice` false at once."""
    body, template = await json_body(request), _template(world, request)
    category = _chosen(body, "category", limits()["templates"]["categories"])
    if body.get("notice") is False:
        return categories.change(world, template, category)
    return categories.announce_change(world, template, category)


async def post_pacing(world: World, request: Request) -> Any:
    """{batch, seconds}: after `batch` more messages of this template the next ones are held for `seconds`."""
    body, template = await json_body(request), _template(world, request)
    batch, seconds = body.get("batch", 10), body.get("seconds", 3600)
    if not isinstance(batch, int) or batch < 0 or not isinstance(seconds, int | float) or seconds <= 0:
        raise BadRequest("batch is a whole number, seconds more than nothing.", field="batch")
    return pacing.start(world, template, batch=batch, seconds=seconds)


async def post_flow(world: World, request: Request) -> Any:
    """{waba_id, name, status?, id?}: make a flow known, published unless told otherwise; the same id changes it."""
    body = await json_body(request)
    waba_id, name = str(body.get("waba_id") or ""), str(body.get("name") or "")
    if not numbers.of_waba(world.database, waba_id) or not name:
        raise BadRequest("waba_id of an account and name are required.", field="waba_id")
    flow_id = str(body.get("id") or world.chance.digits(16))
    detail = {"waba_id": waba_id, "name": name, "status": _chosen(body, "status", STATES, "PUBLISHED")}
    return {"id": flow_id, **records.change(world.database, "flow", flow_id, detail)}


async def get_flows(world: World, request: Request) -> Any:
    return {"results": [{"id": key, **flow} for key, flow in records.every(world.database, "flow").items()]}
