"""Numbers and customers: listing, creating, changing; a customer's chats."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator import business, people
from inbox.simulator.clock import iso
from inbox.simulator.control.protocol import customer_of, json_body, number_of, whole_number
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import statuses, windows
from inbox.simulator.messaging.views import message_views
from inbox.simulator.storage import acts, customers, messages, numbers, templates
from inbox.simulator.world import World


async def get_numbers(world: World, request: Request) -> Any:
    return {"results": [numbers.public(row) for row in numbers.every(world.database)]}


async def post_number(world: World, request: Request) -> Any:
    fields = await json_body(request)
    try:
        return business.put_number(world, **fields)
    except TypeError as error:
        raise BadRequest("phone_number_id is required.", field="phone_number_id") from error


async def post_template(world: World, request: Request) -> Any:
    """{waba_id, name, language, category?, status?, components}: make a template known, approved by default."""
    body = await json_body(request)
    row = {"id": world.chance.digits(16), "category": "UTILITY", "status": "APPROVED", **body}
    if {"waba_id", "name", "language", "components"} - set(row):
        raise BadRequest("waba_id, name, language and components are required.")
    templates.upsert(world.database, row)
    return templates.find(world.database, row["waba_id"], row["name"], row["language"])


async def get_customers(world: World, request: Request) -> Any:
    """Newest first: `?q=` searches name, phone and username, `?id=` gives one or none, `?limit=` up to 2,000."""
    if "id" in request.query_params:
        found = customers.find(world.database, request.query_params["id"])
        return {"results": [people.customer_view(world, found)] if found else []}
    rows = customers.every(
        world.database, search=request.query_params.get("q", ""), limit=whole_number(request, "limit", 200, 2000)
    )
    return {"results": [people.customer_view(world, row) for row in rows]}


async def post_customer(world: World, request: Request) -> Any:
    fields = await json_body(request)
    known = {
        "name",
        "phone",
        "wa_id",
        "username",
        "country",
        "language",
        "hide_phone",
        "online",
        "read_receipts",
        "bsuid",
    }
    for name, value in fields.items():
        if name not in known:
            raise BadRequest(f"A customer has no field {name!r}.", field=name)
        wanted = bool if name in ("hide_phone", "online", "read_receipts") else str
        if value is not None and not isinstance(value, wanted):
            raise BadRequest(f"{name} has the wrong type.", field=name)
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    return people.create_customer(world, **given)


async def get_customer(world: World, request: Request) -> Any:
    return people.customer_view(world, customer_of(world, request.path_params["customer"]))


async def patch_customer(world: World, request: Request) -> Any:
    before = customer_of(world, request.path_params["customer"])
    after = people.change_customer(world, before, await json_body(request))
    arrives = (after["online"] and not before["online"]) or set(before["blocks"]) - set(after["blocks"])
    if arrives:
        statuses.deliver_waiting(world, after["id"])
    return people.customer_view(world, after)


async def get_chats(world: World, request: Request) -> Any:
    """One entry per number: {number, last, unread, window_closes_at}; numbers without messages too."""
    customer = customer_of(world, request.path_params["customer"])
    return {"results": [_chat_brief(world, customer, row) for row in numbers.every(world.database)]}


def _chat_brief(world: World, customer: dict[str, Any], number: dict[str, Any]) -> dict[str, Any]:
    name = number["phone_number_id"]
    seen = [
        row
        for row in message_views(world, messages.chat(world.database, customer["id"], name, limit=20))
        if row["visible"]
    ]
    unread = [row for row in seen if row["direction"] == "out" and row["status"] == "delivered"]
    return {
        "number": numbers.public(number), "last": seen[-1] if seen else None, "unread": len(unread),
        "window_closes_at": iso(windows.closes_at(world, customer["id"], name)),
    }  # fmt: skip


async def get_chat(world: World, request: Request) -> Any:
    """The newest messages, oldest first; `before` (a message's id) leads to older ones."""
    customer = customer_of(world, request.path_params["customer"])
    number = number_of(world, request.path_params["number"])
    limit = whole_number(request, "limit", 100, 1000)
    before = whole_number(request, "before", 0, 2**62) or None
    rows = messages.chat(world.database, customer["id"], number["phone_number_id"], limit=limit + 1, before=before)
    more, rows = len(rows) > limit, rows[-limit:]
    stopped = acts.marketing_stopped(world.database, customer["id"], number["phone_number_id"])
    return {"results": message_views(world, rows), "more": more, "marketing_stopped": stopped}


async def post_read(world: World, request: Request) -> Any:
    """{number}: the customer looks at this chat."""
    customer = customer_of(world, request.path_params["customer"])
    number = number_of(world, (await json_body(request)).get("number"))
    return {"read": statuses.read_by_customer(world, customer, number["phone_number_id"])}
