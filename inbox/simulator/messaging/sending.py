"""A business message is accepted: stored, answered with an id, and its fate planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import free_entry, statuses
from inbox.simulator.messaging.verdicts import verdict
from inbox.simulator.storage import messages, timers
from inbox.simulator.tables import limits
from inbox.simulator.templates import pacing

if TYPE_CHECKING:
    from inbox.simulator.graph.recipients import Recipient
    from inbox.simulator.world import World

_DAY = 86400


def accept(world: World, number: dict[str, Any], recipient: Recipient, kind: str, content: Any, *,
           quotes: str | None, correlation: str | None, identity_hash: str | None = None,
           held_for: dict[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    """Store the message and plan its statuses; returns the stored row. Nothing is idempotent here, as at Meta.

    `held_for` is a template whose pacing keeps this message back for now.
    """
    now = world.clock.now()
    customer = recipient.customer
    message: dict[str, Any] = {
        "wamid": world.chance.wamid(recipient.digits or recipient.bsuid or "", "out"),
        "number": number["phone_number_id"], "customer": customer["id"] if customer else None, "direction": "out",
        "kind": kind, "content": content, "context": _context(world, quotes, identity_hash),
        "at": now, "status": "accepted", "statuses": {"accepted": now}, "recipient": recipient.addressed,
        "correlation": correlation, "pricing": None, "error": None,
    }  # fmt: skip
    with world.database.transaction():
        message["id"] = messages.add(world.database, message)
        if isinstance(content, dict) and "link" in content:
            timers.add(world.database, now, "link", message["wamid"])
        else:
            plan(world, message, held_for)
        if customer:
            free_entry.answered(world, message["number"], customer["id"])
        world.database.after_commit(world.wake)
        if customer:
            world.tell({"type": "typing", "number": message["number"], "seconds": 0}, customer=customer["id"])
    return message


def plan(world: World, message: dict[str, Any], held_for: dict[str, Any] | None = None) -> None:
    """What will become of an accepted message; a failure without a code is a message Meta silently keeps."""
    failure = verdict(world, message)
    if failure is not None and failure["code"] is None:
        return
    if held_for is not None and failure is None:
        pacing.hold(world, held_for, message)
    else:
        statuses.schedule(world, message, failure)


def _context(world: World, quotes: str | None, identity_hash: str | None) -> dict[str, Any] | None:
    context = {"id": quotes} if _may_quote(world, quotes) else {}
    return {**context, **({"identity_hash": identity_hash} if identity_hash else {})} or None


def _may_quote(world: World, wamid: str | None) -> bool:
    """Meta: an unknown or older message is left out, and the answer goes without its quote."""
    found = messages.find(world.database, wamid) if wamid else None
    oldest = world.clock.now() - limits()["send"]["quote_max_age_days"]["value"] * _DAY
    return found is not None and found["at"] >= oldest
