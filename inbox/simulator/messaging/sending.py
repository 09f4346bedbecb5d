"""A business message is accepted: stored, answered with an id, and its fate planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import statuses, windows
from inbox.simulator.storage import acts, media, messages, timers
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.graph.recipients import Recipient
    from inbox.simulator.world import World

_DAY = 86400


def accept(world: World, number: dict[str, Any], recipient: Recipient, kind: str, content: Any, *,
           quotes: str | None, correlation: str | None) -> dict[str, Any]:  # fmt: skip
    """Store the message and plan its statuses; returns the stored row. Nothing is idempotent here, as at Meta."""
    now = world.clock.now()
    customer = recipient.customer
    message: dict[str, Any] = {
        "wamid": world.chance.wamid(recipient.digits or recipient.bsuid or "", "out"),
        "number": number["phone_number_id"], "customer": customer["id"] if customer else None, "direction": "out",
        "kind": kind, "content": content, "context": {"id": quotes} if _may_quote(world, quotes) else None,
        "at": now, "status": "accepted", "statuses": {"accepted": now}, "recipient": recipient.addressed,
        "correlation": correlation, "pricing": None, "error": None,
    }  # fmt: skip
    with world.database.transaction():
        message["id"] = messages.add(world.database, message)
        if isinstance(content, dict) and "link" in content:
            timers.add(world.database, now, "link", message["wamid"])
        else:
            statuses.schedule(world, message, verdict(world, message))
        world.database.after_commit(world.wake)
        if customer:
            world.tell({"type": "typing", "number": message["number"], "seconds": 0}, customer=customer["id"])
    return message


def verdict(world: World, message: dict[str, Any]) -> dict[str, Any] | None:
    """Why this message will fail after the 200, as {code, details}; None when it will arrive."""
    if message["customer"] is None:
        return {"code": 131026, "details": "The recipient is not on the platform or cannot receive messages."}
    if _needs_newer_client(message) and acts.habits(world.database, message["customer"]).get("device") == "old":
        return {"code": 131026, "details": "The recipient uses an old version of WhatsApp."}
    if message["kind"] == "template":
        return None
    if not windows.is_open(world, message["customer"], message["number"]):
        return {"code": 131047, "details": "More than 24 hours have passed since the customer last replied."}
    if message["kind"] == "reaction":
        return _reaction_verdict(world, message)
    if isinstance(message["content"], dict) and "id" in message["content"]:
        found = media.find(world.database, message["content"]["id"])
        if found is not None and found["problem"]:
            return {"code": 131053, "details": found["problem"]}
    return None


def _needs_newer_client(message: dict[str, Any]) -> bool:
    return message["kind"] == "interactive" or (message["kind"] == "template" and bool(message["content"]["buttons"]))


def _reaction_verdict(world: World, message: dict[str, Any]) -> dict[str, Any] | None:
    target = messages.find(world.database, message["content"]["message_id"])
    oldest = world.clock.now() - limits()["send"]["reaction"]["target_max_age_days"] * _DAY
    if (
        target is None
        or target["customer"] != message["customer"]
        or target["kind"] == "reaction"
        or target["at"] < oldest
    ):
        return {"code": 131009, "details": "The message to react to is unknown, too old or itself a reaction."}
    return None


def _may_quote(world: World, wamid: str | None) -> bool:
    """Meta: an unknown or older message is left out, and the answer goes without its quote."""
    found = messages.find(world.database, wamid) if wamid else None
    oldest = world.clock.now() - limits()["send"]["quote_max_age_days"]["value"] * _DAY
    return found is not None and found["at"] >= oldest
