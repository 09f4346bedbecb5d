"""The life of a business message after acceptance: sent, delivered, read, or failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import pricing, windows
from inbox.simulator.messaging.views import tell_phone
from inbox.simulator.storage import acts, customers, messages, numbers, timers
from inbox.simulator.tables import limits
from inbox.simulator.templates import quality
from inbox.simulator.webhooks import outbox, status_shape

if TYPE_CHECKING:
    from inbox.simulator.world import World


def schedule(world: World, message: dict[str, Any], failure: dict[str, Any] | None) -> None:
    """Plan what will become of an accepted message. `failure` is {code, details}."""
    now, subject = world.clock.now(), message["wamid"]
    if failure is not None:
        due = now + world.chance.between(world.behaviour["failed_after"])
        timers.add(world.database, due, "status", subject, {"status": "failed", "error": failure})
        return
    sent = now + world.chance.between(world.behaviour["sent_after"])
    timers.add(world.database, sent, "status", subject, {"status": "sent"})
    delivered = max(sent + 0.01, now + world.chance.between(world.behaviour["delivered_after"]))
    arrival = "read" if _is_looking(world, message) else "delivered"
    timers.add(world.database, delivered, "status", subject, {"status": arrival})


def _is_looking(world: World, message: dict[str, Any]) -> bool:
    """The customer has this chat open: `read` comes, and `delivered` never does (Meta)."""
    if not world.chance.happens(world.behaviour["chat_open_probability"]):
        return False
    customer = customers.find(world.database, message["customer"])
    return bool(customer and customer["read_receipts"] and message["kind"] != "reaction")


def apply(world: World, wamid: str, status: str, error: dict[str, Any] | None = None) -> bool:
    """Move a message to `status` if that is forward and possible; tells the business and the phone. True if moved."""
    message = messages.find(world.database, wamid)
    if message is None or not _may_become(world, message, status):
        return False
    now = world.clock.now()
    message["statuses"][status] = now
    message.update(status=status, error=error)
    with world.database.transaction():
        carries_price = _price(world, message, status)
        messages.change(world.database, wamid, status=status, statuses=message["statuses"], error=error,
                        pricing=message["pricing"])  # fmt: skip
        if status == "sent" and message["kind"] == "reaction":
            _react(world, message)
        _report(world, message, status, now, with_price=carries_price)
        if status == "read" and message["kind"] == "template":
            quality.message_got(world, message, "read")
        if message["customer"]:
            tell_phone(world, message)
            _notice(world, message, status, now)
    return True


def _notice(world: World, message: dict[str, Any], status: str, now: float) -> None:
    """Who has habits looks at what arrives by themselves; see `acting.habits`."""
    if status == "delivered" and acts.habits(world.database, message["customer"]).get("read_after") is not None:
        timers.add(world.database, now, "habit", message["customer"], {"do": "notice", "message": message["wamid"]})


def _may_become(world: World, message: dict[str, Any], status: str) -> bool:
    current = message["status"]
    if current == "failed" or messages.RANK[status] < messages.RANK[current] or status == current:
        return False
    if status == "failed":
        return current == "accepted"
    if status == "sent":
        return True
    if message["kind"] == "reaction":  # Meta: reactions report `sent` only
        return False
    customer = customers.find(world.database, message["customer"])
    if customer is None or message["number"] in customer["blocks"]:
        return False
    has_arrived = messages.RANK[current] >= messages.RANK["delivered"]
    return has_arrived or (customer["online"] and not _expired(world, message))


def _expired(world: World, message: dict[str, Any]) -> bool:
    """Past its time to live a message is dropped without a word (Meta: no webhook tells of it)."""
    seconds = message["content"].get("ttl") if message["kind"] == "template" else None
    if seconds in (None, -1):
        seconds = limits()["send"]["default_ttl_days"]["value"] * 86400
    return world.clock.now() > message["at"] + float(seconds)


def _price(world: World, message: dict[str, Any], status: str) -> bool:
    """Settle the price once. True when this status is the one that carries it."""
    told_with = ("delivered", "read") if world.behaviour["pricing_on"] == "delivered" else ("sent",)
    if status not in told_with or message["pricing"] is not None or not message["customer"]:
        return False
    in_window = windows.is_open(world, message["customer"], message["number"])
    message["pricing"] = pricing.price_of(world, message, in_window=in_window)
    return message["pricing"] is not None


def _react(world: World, message: dict[str, Any]) -> None:
    target = messages.find(world.database, message["content"]["message_id"])
    if target is None:
        return
    messages.react(world.database, target["wamid"], "business", message["content"].get("emoji", ""))
    tell_phone(world, target)


def _report(world: World, message: dict[str, Any], status: str, at: float, *, with_price: bool) -> None:
    number = numbers.find(world.database, message["number"])
    if number is None:
        return
    customer = customers.find(world.database, message["customer"])
    value = status_shape.status_value(world, number, customer, message, status, at, with_price=with_price)
    outbox.enqueue(world, number, value, lane=message["customer"] or message["wamid"], label=f"status {status}")


def deliver_waiting(world: World, customer_id: str) -> int:
    """The customer came online or lifted a block: everything `sent` arrives now."""
    waiting = messages.outgoing_in(world.database, customer_id, ("sent",))
    with world.database.transaction():
        return sum(apply(world, message["wamid"], "delivered") for message in waiting)


def read_by_customer(world: World, customer: dict[str, Any], number: str) -> int:
    """The customer looked at the chat. Without read receipts nobody learns of it (Meta: `read` never comes)."""
    if not customer["read_receipts"]:
        return 0
    unread = messages.outgoing_in(world.database, customer["id"], ("delivered",), number)
    with world.database.transaction():
        return sum(apply(world, message["wamid"], "read") for message in unread)
