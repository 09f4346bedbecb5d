"""Calls on a business number: verification, registration, profile, block list, PIN and webhook override."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts import blocking, profile, registration, state
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.account_calls import checked_override
from inbox.simulator.graph.paging import page
from inbox.simulator.graph.protocol import Call
from inbox.simulator.graph.shape import Shape
from inbox.simulator.odd import obj
from inbox.simulator.storage import numbers, reaches
from inbox.simulator.tables import limits
from inbox.simulator.webhooks.account import announce

_DONE = {"success": True}
_CHANGES = (
    "pin", "new_display_name", "webhook_configuration", "username", "connection_status", "search_visibility",
    "whatsapp_business_api_data", "messaging_product", "webhook_url",
)  # fmt: skip


async def _shape(call: Call, *allowed: str, product: bool = True) -> Shape:
    shape = Shape(await call.body(), "", call.world.behaviour["level"])
    if allowed:
        shape.only("messaging_product", *allowed)
    if product and shape.value.get("messaging_product") != "whatsapp":
        raise GraphError(100, "Parameter messaging_product must be whatsapp.")
    return shape


async def post_request_code(call: Call) -> Response:
    number, shape = call.number(), await _shape(call, "code_method", "language", product=False)
    shape.choice("code_method", "SMS", "VOICE")
    if shape.text("language", 10) not in limits()["templates"]["languages"]:
        raise shape.refuse("language", "is not a supported language")
    registration.request_code(call.world, number["phone_number_id"])
    return JSONResponse(_DONE)


async def post_verify_code(call: Call) -> Response:
    number, shape = call.number(), await _shape(call, "code", product=False)
    registration.verify_code(call.world, number["phone_number_id"], str(shape.required("code")))
    return JSONResponse(_DONE)


async def post_register(call: Call) -> Response:
    number = call.number()
    shape = await _shape(call, "pin", "data_localization_region", "tier", "backup", "cert",
                         "meta_store_retention_minutes")  # fmt: skip
    if shape.has("data_localization_region"):
        shape.choice("data_localization_region", *limits()["accounts"]["localization_regions"])
    if shape.has("tier"):
        shape.choice("tier", "PROD", "SANDBOX")
    registration.register(call.world, number["phone_number_id"], shape.required("pin"))
    return JSONResponse(_DONE)


async def post_deregister(call: Call) -> Response:
    registration.deregister(call.world, call.number()["phone_number_id"])
    return JSONResponse(_DONE)


async def post_number(call: Call) -> Response:
    """Change the PIN, the name that is shown, the webhook override or the username."""
    row = call.number()
    number = row["phone_number_id"]
    shape = await _shape(call, *_CHANGES, product=False)
    changes: dict[str, Any] = {}
    pin = shape.value.get("pin") or obj(shape.value.get("whatsapp_business_api_data")).get("pin")
    if pin is not None:
        registration.check_pin_form(pin)
        changes["pin"] = pin
    if shape.has("new_display_name"):
        changes |= _new_name(call, number, shape.text("new_display_name", limits()["accounts"]["verified_name_max"]))
    if shape.has("webhook_configuration"):
        uri, token = await checked_override(call, shape.child("webhook_configuration").value)
        changes["override"] = {"uri": uri, "verify_token": token} if uri else {}
    for name in ("username", "search_visibility"):
        if shape.has(name):
            changes[name] = shape.text(name, 128)
    with call.world.database.transaction():
        state.change_number(call.world, number, **changes)
        if "pin" in changes:
            value = {"display_phone_number": numbers.digits(row), "event": "PIN_CHANGED", "requester": "0"}
            announce(call.world, row["waba_id"], "security", value)
        call.world.database.after_commit(call.world.wake)
    return JSONResponse(_DONE)


def _new_name(call: Call, number: str, name: str) -> dict[str, Any]:
    since = call.world.clock.now() - 30 * 86400
    made = [at for at in state.of_number(call.world, number)["name_changes"] if at > since]
    if len(made) >= limits()["throughput"]["display_name_changes_per_30d"]:
        raise GraphError(100, "The display name was changed too often in 30 days.")
    changed = {"new_display_name": name, "new_name_status": "PENDING_REVIEW"}
    return {**changed, "name_changes": [*made, call.world.clock.now()]}


async def get_profile(call: Call) -> Response:
    number = call.number()["phone_number_id"]
    return JSONResponse({"data": [profile.read(call.world, number, call.request.query_params.get("fields"))]})


async def post_profile(call: Call) -> Response:
    number = call.number()["phone_number_id"]
    profile.change(call.world, number, await _shape(call))
    return JSONResponse(_DONE)


async def get_blocked(call: Call) -> Response:
    number = call.number()["phone_number_id"]
    rows = reaches.blocked(call.world.database, number)
    return page(call, rows, shown=lambda row: {"messaging_product": "whatsapp", "wa_id": row["wa_id"]})


async def post_blocked(call: Call) -> Response:
    number, users = call.number(), await _users(call)
    added, failed = blocking.block(call.world, number, users)
    return _block_answer(call, "added_users", added, failed)


async def delete_blocked(call: Call) -> Response:
    number, users = call.number(), await _users(call)
    removed, failed = blocking.unblock(call.world, number, users)
    return _block_answer(call, "removed_users", removed, failed)


async def _users(call: Call) -> list[dict[str, Any]]:
    shape = await _shape(call, "block_users")
    users = [entry.value for entry in shape.children("block_users", 1, 1000)]
    if any(".ENT." in str(user.get("user_id", "")) for user in users):
        raise GraphError(100, "A parent user id cannot be blocked.")
    return users


def _block_answer(call: Call, name: str, done: list[dict[str, Any]], failed: list[dict[str, Any]]) -> Response:
    """Partly failed means 400 with both the lists and an error (Meta): the body must be read all the same."""
    lists = {**({name: done} if done else {}), **({"failed_users": failed} if failed else {})}
    body: dict[str, Any] = {"messaging_product": "whatsapp", "block_users": lists}
    if not failed:
        return JSONResponse(body)
    error = GraphError(139100, "Some users were not processed.")
    return JSONResponse({**body, **error.body(call.trace_id)}, error.status)
