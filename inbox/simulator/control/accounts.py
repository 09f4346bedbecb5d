"""Steering numbers, accounts and portfolios: their state, their messaging limit, incidents."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator.accounts import incidents, state, tiers
from inbox.simulator.control.protocol import json_body, number_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import numbers
from inbox.simulator.world import World


async def get_account(world: World, request: Request) -> Any:
    """{number, account, portfolio}: everything that is remembered of a number and of what stands above it."""
    number = number_of(world, request.path_params["number"])
    portfolio = state.of_portfolio(world, number["portfolio_id"])
    return {
        "number": {**numbers.public(number), **state.of_number(world, number["phone_number_id"])},
        "account": state.of_account(world, number["waba_id"]),
        "portfolio": {**portfolio, "used": tiers.used(world, number["portfolio_id"])},
    }  # fmt: skip


async def patch_account(world: World, request: Request) -> Any:
    """{number?, account?, portfolio?}: change any remembered field, without a webhook; incidents are for those."""
    number, body = number_of(world, request.path_params["number"]), await json_body(request)
    parts = (
        ("number", state.NUMBER, state.change_number, number["phone_number_id"]),
        ("account", state.ACCOUNT, state.change_account, number["waba_id"]),
        ("portfolio", state.PORTFOLIO, state.change_portfolio, number["portfolio_id"]),
    )
    with world.database.transaction():
        for name, known, change, owner in parts:
            changes = body.get(name) or {}
            unknown = [field for field in changes if field not in known]
            if unknown:
                raise BadRequest(f"There is no field {unknown[0]}.", field=f"{name}.{unknown[0]}")
            if changes:
                change(world, owner, **changes)
    return await get_account(world, request)


async def post_tier(world: World, request: Request) -> Any:
    """{tier}: a new messaging limit of the number's portfolio, told by webhook."""
    number, body = number_of(world, request.path_params["number"]), await json_body(request)
    tier = str(body.get("tier"))
    if tier not in tiers.LIMITS:
        raise BadRequest(f"tier must be one of {', '.join(tiers.LIMITS)}.", field="tier")
    tiers.put(world, number["portfolio_id"], tier)
    return await get_account(world, request)


async def post_incident(world: World, request: Request) -> Any:
    """{kind, number, …}: let an incident happen; see `GET incidents` for the kinds. Returns what changed."""
    body = await json_body(request)
    kind, number = str(body.pop("kind", "")), number_of(world, body.pop("number", None))
    return {"kind": kind, "changed": incidents.befall(world, number, kind, body)}


async def get_incidents(world: World, request: Request) -> Any:
    return {"kinds": sorted(incidents.INCIDENTS), "restrictions": list(incidents.RESTRICTIONS)}
