"""A customer calls: taken, missed or refused. Even a missed call opens the customer service window (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging.views import tell_phone
from inbox.simulator.storage import messages, numbers
from inbox.simulator.webhooks import message_shape, outbox

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
_OFFER = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"


def call(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """{duration?}: a call which the business took, in seconds."""
    duration = given.get("duration", 65)
    if not isinstance(duration, int) or isinstance(duration, bool) or duration < 1:
        raise BadRequest("duration must be a whole number of seconds.", field="duration")
    return _called(world, customer, number, duration)


def miss_call(world: World, customer: Row, number: Row | None, given: Row) -> Row:
    """The customer rang and nobody answered."""
    return _called(world, customer, number, 0)


def _called(world: World, customer: Row, number: Row | None, duration: int) -> Row:
    if number is None:
        raise BadRequest("number is required.", field="number")
    now = world.clock.now()
    call_id = "wacid." + world.chance.wamid(customer["wa_id"], "in").removeprefix("wamid.")
    row: Row = {
        "wamid": call_id, "number": number["phone_number_id"], "customer": customer["id"], "direction": "in",
        "kind": "call", "content": {"duration": duration}, "context": None, "at": now, "status": "sent",
        "statuses": {"sent": now}, "recipient": None, "correlation": None, "pricing": None, "error": None,
    }  # fmt: skip
    with world.database.transaction():
        row["id"] = messages.add(world.database, row)
        tell_phone(world, row)
        for event in ("connect", "terminate"):
            value = call_value(world, number, customer, call_id, event, int(now), duration)
            outbox.enqueue(world, number, value, lane=customer["id"], label=f"call {event}", field="calls")
    return customer


def call_value(world: World, number: Row, customer: Row, call_id: str, event: str, at: int, duration: int) -> Row:
    """One `calls` change. A missed call ends as FAILED, without times."""
    person = message_shape.contact(world, number, customer, with_phone=not customer["hide_phone"])
    entry: Row = {
        "id": call_id, "to": numbers.digits(number), **message_shape.sender_ids(world, number, customer),
        "event": event, "timestamp": str(at + (duration if event == "terminate" else 0)),
        "direction": "USER_INITIATED",
    }  # fmt: skip
    if event == "connect":
        entry["session"] = {"sdp_type": "offer", "sdp": _OFFER}
    else:
        entry["status"] = "COMPLETED" if duration else "FAILED"
    if event == "terminate" and duration:
        entry |= {"start_time": str(at), "end_time": str(at + duration), "duration": duration}
    return message_shape.value_for(number, contacts=[person], calls=[entry])
