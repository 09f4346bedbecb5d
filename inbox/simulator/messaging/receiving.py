"""A customer writes to a business: the message is stored and its webhook queued in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import free_entry
from inbox.simulator.messaging.views import tell_phone
from inbox.simulator.storage import messages, reaches
from inbox.simulator.templates import quality
from inbox.simulator.webhooks import message_shape, outbox

if TYPE_CHECKING:
    from inbox.simulator.world import World


def receive(
    world: World,
    customer: dict[str, Any],
    number: dict[str, Any],
    kind: str,
    content: Any,
    *,
    context: dict[str, Any] | None = None,
    at: float | None = None,
    announce: bool = True,
) -> dict[str, Any]:
    """Store a message from the customer and, with `announce`, queue its webhook. Returns the stored row.

    From somebody the business has blocked nothing arrives, and nothing tells of it (Meta).
    `context` may hold id (quoted wamid), forwarded, frequently_forwarded, referral and referred_product.
    """
    now = world.clock.now()
    announce = announce and not reaches.is_blocked(world.database, number["phone_number_id"], customer["id"])
    message: dict[str, Any] = {
        "wamid": world.chance.wamid(customer["wa_id"], "in"), "number": number["phone_number_id"],
        "customer": customer["id"], "direction": "in", "kind": kind, "content": content, "context": context,
        "at": now if at is None else at, "status": "sent", "statuses": {"sent": now}, "recipient": None,
        "correlation": None, "pricing": None, "error": None,
    }  # fmt: skip
    world.rates.number_takes(number["phone_number_id"], number["throughput_mps"], now)
    with world.database.transaction():
        message["id"] = messages.add(world.database, message)
        if kind == "reaction":
            _react(world, message)
        if context and context.get("referral"):
            free_entry.entered(world, message["number"], customer["id"])
        if kind != "system":
            quality.customer_did(world, customer["id"], message["number"], "reply")
        tell_phone(world, message)
        if announce:
            value = message_shape.message_value(world, number, customer, [message])
            outbox.enqueue(world, number, value, lane=customer["id"], label=f"message {kind}", wamid=message["wamid"])
    return message


def _react(world: World, message: dict[str, Any]) -> None:
    target = messages.find(world.database, message["content"]["message_id"])
    if target is None:
        return
    messages.react(world.database, target["wamid"], "customer", message["content"].get("emoji", ""))
    tell_phone(world, target)


def arrived(world: World, wamid: str) -> None:
    """The business acknowledged the webhook of this message: the customer sees two ticks."""
    message = messages.find(world.database, wamid)
    if message is not None and message["status"] == "sent":
        _advance(world, message, "delivered")


def read_by_business(world: World, message: dict[str, Any]) -> int:
    """Mark a message and all earlier ones of the chat as read (Meta: one call marks everything before)."""
    unread = messages.incoming_until(world.database, message)
    with world.database.transaction():
        for row in unread:
            _advance(world, row, "read")
    return len(unread)


def _advance(world: World, message: dict[str, Any], status: str) -> None:
    message["statuses"][status] = world.clock.now()
    message["status"] = status
    with world.database.transaction():
        messages.change(world.database, message["wamid"], status=status, statuses=message["statuses"])
        tell_phone(world, message)
