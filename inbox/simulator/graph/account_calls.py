"""Calls on a WABA: its numbers, its name and switches, and which app receives its webhooks."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator import business
from inbox.simulator.accounts import state
from inbox.simulator.accounts.nodes import NUMBER_DEFAULT, number_node, subscribed_apps
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.fields import pick
from inbox.simulator.graph.paging import page
from inbox.simulator.graph.protocol import Call
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import numbers
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import handshake

_SWITCHES = ("is_enabled_for_insights", "disable_marketing_messages_on_cloud_api")


async def get_phone_numbers(call: Call) -> Response:
    """`filtering` as JSON knows account_mode; `fields` as on the node."""
    rows = call.access.account(call.request.path_params["object_id"])
    nodes = [number_node(call.world, row) for row in rows if not _deleted(call, row)]
    for rule in _filters(call.request.query_params.get("filtering")):
        nodes = [node for node in nodes if node[rule["field"]] == rule["value"]]
    _sort(nodes, call.request.query_params.get("sort"))
    asked = call.request.query_params.get("fields")
    return page(call, nodes, shown=lambda node: pick(node, asked, NUMBER_DEFAULT))


def _sort(nodes: list[dict[str, Any]], order: str | None) -> None:
    """By a field, ascending unless `_descending` stands behind it."""
    if not order:
        return
    field = order.removesuffix("_descending").removesuffix("_ascending")
    if field not in (*NUMBER_DEFAULT, "id", "status", "creation_time"):
        raise GraphError(100, f"Numbers cannot be sorted by {field}.")
    nodes.sort(key=lambda node: str(node.get(field, node["id"])), reverse=order.endswith("_descending"))


def _deleted(call: Call, row: dict[str, Any]) -> bool:
    return bool(state.of_number(call.world, row["phone_number_id"])["deleted"])


def _filters(text: str | None) -> list[dict[str, Any]]:
    try:
        rules = json.loads(text or "[]")
        fit = all(rule["field"] == "account_mode" and rule["operator"] == "EQUAL" and rule["value"] for rule in rules)
    except (ValueError, KeyError, TypeError):
        fit = False
    if not fit:
        raise GraphError(100, "Parameter filtering must be a JSON list of account_mode EQUAL a value.")
    return list(rules)


async def post_phone_number(call: Call) -> Response:
    """Add a number to the account; it must be verified and registered before it can send."""
    rows = call.access.account(call.request.path_params["object_id"])
    shape = Shape(await call.body(), "", call.world.behaviour["level"])
    shape.only("cc", "phone_number", "verified_name", "preverified_id", "migrate_phone_number")
    code, rest, name = (
        shape.text("cc", 4),
        shape.text("phone_number", 20),
        shape.text("verified_name", limits()["accounts"]["verified_name_max"]),
    )
    if not code.isdigit() or not rest.isdigit():
        raise GraphError(100, "Parameters cc and phone_number must be digits.")
    written = "+" + (rest if rest.startswith(code) and len(rest) > 10 else code + rest)
    if any(numbers.digits(row) == written[1:] for row in numbers.every(call.world.database)):
        raise GraphError(100, "The number is already in use.", subcode=2388012)
    number_id, verified = call.world.chance.digits(15), shape.has("preverified_id")
    with call.world.database.transaction():
        business.put_number(
            call.world, phone_number_id=number_id, waba_id=rows[0]["waba_id"], verified_name=name,
            display_phone_number=written, portfolio_id=rows[0]["portfolio_id"], app_secret=rows[0]["app_secret"],
            access_token=rows[0]["access_token"], webhook_url=rows[0]["webhook_url"],
            verify_token=rows[0]["verify_token"], force=True,
        )  # fmt: skip
        state.change_number(call.world, number_id, registered=False, name_status="PENDING_REVIEW",
                            code_verification_status="VERIFIED" if verified else "NOT_VERIFIED")  # fmt: skip
    return JSONResponse({"id": number_id})


async def post_account(call: Call) -> Response:
    """Change the name or a switch of the account; insights cannot be switched off again (200006)."""
    waba_id = call.request.path_params["object_id"]
    given = {name: value for name, value in call.request.query_params.items() if name in _SWITCHES}
    body = given or await call.body()
    shape = Shape({name: value in (True, "true", "1") if name in _SWITCHES else value for name, value in body.items()},
                  "", call.world.behaviour["level"])  # fmt: skip
    shape.only("name", "timezone_id", "currency", "degrees_of_freedom_spec", *_SWITCHES)
    if shape.has("name"):
        shape.text("name", limits()["accounts"]["name_max"])
    before = state.of_account(call.world, waba_id)
    if before["is_enabled_for_insights"] and shape.value.get("is_enabled_for_insights") is False:
        raise GraphError(200006, "Template insights cannot be switched off.")
    state.change_account(call.world, waba_id, **shape.value)
    return JSONResponse({"success": True})


async def get_subscriptions(call: Call) -> Response:
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    return JSONResponse(subscribed_apps(call.world, waba_id))


async def post_subscription(call: Call) -> Response:
    """Subscribe the app; an empty body clears the override (Meta)."""
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    raw = await call.request.body()
    body = {} if raw.strip() in (b"", b"{}") else await call.body()
    uri, token = await checked_override(call, body)
    numbers.subscribe(call.world.database, waba_id, uri, token)
    call.world.wake()
    return JSONResponse({"success": True})


async def checked_override(call: Call, body: dict[str, Any]) -> tuple[str, str]:
    """(address, verify token) of an override, once it has proved itself (Meta: handshake, also for overrides)."""
    uri, token = str(body.get("override_callback_uri") or ""), str(body.get("verify_token") or "")
    if len(uri) > limits()["webhooks"]["override_uri_max"]:
        raise GraphError(100, "Parameter override_callback_uri is too long.")
    if uri and not token:
        raise GraphError(100, "Parameter verify_token is required with override_callback_uri.")
    if uri:
        problem = await asyncio.to_thread(handshake.ask_override, call.world, uri, token)
        if problem:
            raise GraphError(100, f"The callback could not be verified. {problem}.", subcode=2200)
    return uri, token


async def delete_subscription(call: Call) -> Response:
    waba_id = call.request.path_params["object_id"]
    call.access.account(waba_id)
    numbers.unsubscribe(call.world.database, waba_id)
    return JSONResponse({"success": True})
