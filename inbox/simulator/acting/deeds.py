"""The table of what a customer can do besides sending a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.simulator.acting import calling, corrections, identity, preferences, taps
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import statuses
from inbox.simulator.storage import messages

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
# (world, customer, business number if one was named, further fields) → the customer afterwards
Deed = Callable[["World", Row, Row | None, Row], Row]


def read(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """Look at the chat."""
    if number is None:
        raise BadRequest("number is required.", field="number")
    statuses.read_by_customer(world, customer, number["phone_number_id"])
    return customer


def play(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{message}: listen to a voice note for the first time."""
    message = messages.find(world.database, str(given.get("message") or ""))
    if message is None or message["customer"] != customer["id"] or message["kind"] != "audio":
        raise BadRequest("message must be a voice note of the business.", field="message")
    if customer["read_receipts"]:
        statuses.apply(world, message["wamid"], "played")
    return customer


DEEDS: dict[str, Deed] = {
    "tap": taps.tap, "submit_flow": taps.submit_flow, "read": read, "play": play,
    "call": calling.call, "miss_call": calling.miss_call,
    "edit": corrections.edit, "delete": corrections.delete,
    "block": preferences.block, "unblock": preferences.unblock, "report": preferences.report,
    "stop_marketing": preferences.stop_marketing, "resume_marketing": preferences.resume_marketing,
    "change_number": identity.change_number, "change_user_id": identity.change_user_id,
    "change_device": identity.change_device, "adopt_username": identity.adopt_username,
    "drop_username": identity.drop_username,
}  # fmt: skip


def do(world: World, customer: Row, number: Row | None, deed: Any, given: Row) -> Row:
    """Returns the customer as it is afterwards. Raises BadRequest."""
    if deed not in DEEDS:
        raise BadRequest(f"does must be one of {', '.join(DEEDS)}.", field="does")
    return DEEDS[deed](world, customer, number, given)
