"""Calls on a number's settings, its username and its conversational components."""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts import settings, state
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.protocol import Call
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import numbers, records
from inbox.simulator.tables import limits
from inbox.simulator.webhooks.account import announce

_DONE = {"success": True}


async def get_settings(call: Call) -> Response:
    return JSONResponse(settings.read(call.world, call.number()["phone_number_id"]))


async def post_settings(call: Call) -> Response:
    number = call.number()
    settings.change(call.world, number, Shape(await call.body(), "", call.world.behaviour["level"]))
    return JSONResponse(_DONE)


async def get_username(call: Call) -> Response:
    found = state.of_number(call.world, call.number()["phone_number_id"])["username"]
    return JSONResponse({"username": found, "status": "approved"} if found else {})


async def post_username(call: Call) -> Response:
    """3-35 of `a-z0-9._` with a letter, no dot at an end nor two in a row, nothing like a web address (Meta)."""
    row = call.number()
    number = row["phone_number_id"]
    shape = Shape(await call.body(), "", call.world.behaviour["level"])
    shape.only("messaging_product", "username", "transfer_action")
    name, rule = str(shape.required("username")), limits()["ids"]["username"]
    fits = re.fullmatch(rf"[{rule['charset']}]{{{rule['min']},{rule['max']}}}", name) and re.search("[a-z]", name)
    webby = name.startswith("www.") or re.search(r"\.(com|net|org|html|tw|shop)$", name)
    if not fits or webby or name.strip(".") != name or ".." in name:
        raise GraphError(147001, "This username is not allowed.")
    taken = [owner for owner, other in records.every(call.world.database, "number").items()
             if other.get("username") == name and owner != number]  # fmt: skip
    if taken and shape.value.get("transfer_action") != "force_transfer":
        raise GraphError(147005, "The username is on another number.")
    for owner in taken:
        state.change_number(call.world, owner, username=None)
    with call.world.database.transaction():
        state.change_number(call.world, number, username=name)
        value = {"display_phone_number": numbers.digits(row), "username": name, "status": "approved"}
        announce(call.world, row["waba_id"], "business_username_updates", value)
    return JSONResponse({"status": "approved"})


async def delete_username(call: Call) -> Response:
    state.change_number(call.world, call.number()["phone_number_id"], username=None)
    return JSONResponse(_DONE)


async def post_automation(call: Call) -> Response:
    """Ice-breakers and commands (Meta: conversational components)."""
    number, rule = call.number()["phone_number_id"], limits()["conversational"]
    shape = Shape(await call.body(), "", call.world.behaviour["level"])
    shape.only("enable_welcome_message", "prompts", "commands")
    prompts, commands = shape.value.get("prompts") or [], []
    if len(prompts) > rule["prompts"]["count"] or any(len(text) > rule["prompts"]["length"] for text in prompts):
        raise GraphError(100, "Parameter prompts holds at most four texts of 80 characters.")
    if shape.has("commands"):
        commands = shape.children("commands", 0, rule["commands"]["count"])
    for command in commands:
        command.text("command_name", rule["commands"]["name"])
        command.text("command_description", rule["commands"]["description"])
    kept = {"enable_welcome_message": shape.flag("enable_welcome_message"), "prompts": prompts,
            "commands": [command.value for command in commands]}  # fmt: skip
    state.change_number(call.world, number, automation=kept)
    return JSONResponse(_DONE)
