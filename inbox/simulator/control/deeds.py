"""`POST customers/{id}/deeds` and habits: what a customer does besides writing, and does by themselves."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator import people
from inbox.simulator.acting import crowds, deeds, habits
from inbox.simulator.clock import iso
from inbox.simulator.control.protocol import customer_of, json_body, number_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import acts
from inbox.simulator.world import World


async def post_deed(world: World, request: Request) -> Any:
    """{does, number?, message?, …}: see `acting.deeds` for the names and what each takes. Returns the customer."""
    customer = customer_of(world, request.path_params["customer"])
    given = await json_body(request)
    number = number_of(world, given["number"]) if given.get("number") else None
    after = deeds.do(world, customer, number, given.get("does"), given)
    return people.customer_view(world, after)


async def get_deeds(world: World, request: Request) -> Any:
    """What this customer did, oldest first."""
    customer = customer_of(world, request.path_params["customer"])
    rows = acts.every(world.database, customer=customer["id"])
    return {"results": [{**row, "at": iso(row["at"])} for row in rows], "known": list(deeds.DEEDS)}


async def get_habits(world: World, request: Request) -> Any:
    return acts.habits(world.database, customer_of(world, request.path_params["customer"])["id"])


async def patch_habits(world: World, request: Request) -> Any:
    """{device?, hours?, read_after?, reply_probability?, reply_after?, replies?}."""
    customer = customer_of(world, request.path_params["customer"])
    return habits.set_habits(world, customer, await json_body(request))


async def post_crowd(world: World, request: Request) -> Any:
    """{number, count, country?, habits?, arrivals?: {per_minute, minutes, texts?}}: many customers, who may write by
    themselves. Returns {customers: [id, …]}."""
    given = await json_body(request)
    return {"customers": crowds.gather(world, number_of(world, given.get("number")), given)}


async def put_coexistence(world: World, request: Request) -> Any:
    """{on}: whether the number is used from the phone app too; only such numbers hear of edits and deletions."""
    number = number_of(world, request.path_params["number"])
    on = (await json_body(request)).get("on")
    if not isinstance(on, bool):
        raise BadRequest("on must be true or false.", field="on")
    acts.set_coexistence(world.database, number["phone_number_id"], world.clock.now() if on else None)
    return {"phone_number_id": number["phone_number_id"], "coexistence": on}
