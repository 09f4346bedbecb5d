"""Blocking, reporting, and wanting no marketing. Only the last is told to the business (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator import people
from inbox.simulator.acting.record import note
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import statuses
from inbox.simulator.templates import quality
from inbox.simulator.webhooks import message_shape, outbox

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
_DETAIL = {
    "stop": "User requested to stop marketing messages",
    "resume": "User requested to resume marketing messages",
}


def block(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """Messages of the business stay at `sent` from now on; nobody tells it."""
    name = _needed(number)["phone_number_id"]
    if name in customer["blocks"]:
        return customer
    note(world, "block", customer, number)
    return people.change_customer(world, customer, {"blocks": [*customer["blocks"], name]})


def unblock(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    name = _needed(number)["phone_number_id"]
    kept = [blocked for blocked in customer["blocks"] if blocked != name]
    note(world, "unblock", customer, number)
    changed = people.change_customer(world, customer, {"blocks": kept})
    statuses.deliver_waiting(world, customer["id"])
    return changed


def report(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{block?}: the platform hears of it, the business does not; `block` as the phone offers in the same breath."""
    name = _needed(number)["phone_number_id"]
    note(world, "report", customer, number, message=given.get("message"))
    quality.customer_did(world, customer["id"], name, "report")
    return block(world, customer, number, given) if given.get("block") else customer


def stop_marketing(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    return _prefer(world, customer, _needed(number), "stop")


def resume_marketing(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    return _prefer(world, customer, _needed(number), "resume")


def _prefer(world: World, customer: Row, number: Row, wish: str) -> Row:
    with world.database.transaction():
        note(world, f"{wish}_marketing", customer, number)
        value = preference_value(world, number, customer, wish)
        outbox.enqueue(world, number, value, lane=customer["id"], label=f"preference {wish}", field="user_preferences")
    return customer


def preference_value(world: World, number: Row, customer: Row, wish: str) -> Row:
    """The `user_preferences` change (Meta: the timestamp is a number here)."""
    person = message_shape.contact(world, number, customer, with_phone=not customer["hide_phone"])
    ids = {} if customer["hide_phone"] else {"wa_id": customer["wa_id"]}
    entry = {
        **ids, "user_id": person["user_id"], "detail": _DETAIL[wish], "category": "marketing_messages",
        "value": wish, "timestamp": int(world.clock.now()),
    }  # fmt: skip
    return message_shape.value_for(number, contacts=[person], user_preferences=[entry])


def _needed(number: Row | None) -> Row:
    if number is None:
        raise BadRequest("number is required.", field="number")
    return number
