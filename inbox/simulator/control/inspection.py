"""Looking inside and steering: state, settings, clock, faults, received calls."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator.clock import iso
from inbox.simulator.control.protocol import json_body, whole_number
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import calls, deliveries, numbers
from inbox.simulator.world import World

# Which details each fault takes.
FAULTS = {
    "send_status": "status", "send_error": "code", "send_accept_then_drop": "", "send_accept_then_status": "status",
    "send_slow": "seconds", "media_status": "status", "download_status": "status", "download_truncated": "",
}  # fmt: skip


async def get_state(world: World, request: Request) -> Any:
    count = {
        name: world.database.value(f"SELECT count(*) FROM {name}") for name in ("customer", "message", "media", "timer")
    }
    return {
        "now": iso(world.clock.now()), "clock_offset": world.clock.offset, "seed": world.chance.seed,
        "counts": count, "webhooks": deliveries.counts(world.database), "faults": calls.faults(world.database),
        "numbers": [numbers.public(row) for row in numbers.every(world.database)], "settings": world.behaviour.all(),
    }  # fmt: skip


async def post_reset(world: World, request: Request) -> Any:
    world.reset()
    return {"reset": True}


async def get_settings(world: World, request: Request) -> Any:
    return world.behaviour.all()


async def patch_settings(world: World, request: Request) -> Any:
    world.change_settings(await json_body(request))
    return world.behaviour.all()


async def get_clock(world: World, request: Request) -> Any:
    return {"now": iso(world.clock.now()), "epoch": world.clock.now(), "offset": world.clock.offset}


async def post_clock(world: World, request: Request) -> Any:
    """{advance: seconds}: everything which becomes due happens."""
    seconds = (await json_body(request)).get("advance")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        raise BadRequest("advance must be a number of seconds, 0 or more.", field="advance")
    world.advance(seconds)
    return await get_clock(world, request)


async def get_faults(world: World, request: Request) -> Any:
    return {"results": calls.faults(world.database), "kinds": FAULTS}


async def post_fault(world: World, request: Request) -> Any:
    """{kind, count?, …}: the next `count` calls of that kind meet the fault. See FAULTS for the detail each needs."""
    body = await json_body(request)
    kind, count = body.pop("kind", None), body.pop("count", 1)
    if kind not in FAULTS:
        raise BadRequest(f"kind must be one of {', '.join(FAULTS)}.", field="kind")
    if not isinstance(count, int) or count < 1:
        raise BadRequest("count must be a whole number from 1.", field="count")
    needed = FAULTS[kind]
    if needed and not isinstance(body.get(needed), int | float):
        raise BadRequest(f"{kind} needs {needed}.", field=needed)
    calls.add_fault(world.database, kind, count, body)
    return {"results": calls.faults(world.database)}


async def delete_faults(world: World, request: Request) -> Any:
    world.database.run("DELETE FROM fault")
    return {"results": []}


async def get_calls(world: World, request: Request) -> Any:
    """Graph calls, newest first: `?number=`, `?method=`, `?path=` (how it ends), `?status=`, `?limit=`, `?after=`
    (a call id)."""
    query = request.query_params
    rows = calls.recent(
        world.database, limit=whole_number(request, "limit", 200, 5000), after=whole_number(request, "after", 0, 2**62),
        number=query.get("number"), method=query.get("method"), path=query.get("path"),
        status=whole_number(request, "status", 0, 999) or None,
    )  # fmt: skip
    return {"results": [{**row, "at": iso(row["at"])} for row in rows]}
