"""The verification GET when a callback is saved (Meta: `hub.mode`, `hub.challenge`, `hub.verify_token`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import numbers, timers
from inbox.simulator.webhooks import transport

if TYPE_CHECKING:
    from inbox.simulator.world import World


def ask(world: World, url: str, verify_token: str) -> str | None:
    """Ask a callback to prove itself; the reason why it failed, or None. Blocking."""
    challenge = world.chance.digits(10)
    params = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    answer = transport.get(url, params, world.behaviour["webhook_timeout"])
    if answer.status is None:
        return f"No answer: {answer.failure}"
    if answer.status != 200:
        return f"Answered {answer.status} instead of 200"
    if answer.text != challenge:
        return "The body was not the challenge"
    return None


def ask_override(world: World, url: str, verify_token: str) -> str | None:
    """As `ask`, for a URL named in a Graph call: only loopback and hosts already registered are asked."""
    try:
        transport.check_callback(world, url)
    except transport.Refused as error:
        return str(error)
    return ask(world, url, verify_token)


def settle(world: World, phone_number_id: str, asked: dict[str, Any], problem: str | None) -> None:
    """Record the outcome: verified, or another try later (the inbox may not be up yet).

    `asked` is the number as it was when asked, with `pause`: the seconds before this try.
    """
    with world.database.transaction():
        number = numbers.find(world.database, phone_number_id)
        same = number is not None and all(number[name] == asked[name] for name in ("webhook_url", "verify_token"))
        if not same or number is None or number["handshake"] != "pending":
            return
        changes = {"handshake": "verified" if problem is None else "pending", "handshake_error": problem}
        world.database.update("number", "phone_number_id", phone_number_id, changes)
        if problem is not None:
            first, longest = world.behaviour["handshake_retry"]
            pause = min(longest, max(first, asked["pause"] * 2))
            timers.add(world.database, world.clock.now() + pause, "handshake", phone_number_id, {"pause": pause})
        world.tell({"type": "numbers"})
        world.database.after_commit(world.wake)
