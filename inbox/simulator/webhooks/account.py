"""Webhooks about an account rather than a message: their entries carry a time, and they go to the subscribed app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import numbers
from inbox.simulator.webhooks import outbox

if TYPE_CHECKING:
    from inbox.simulator.world import World


def announce(world: World, waba_id: str, field: str, value: dict[str, Any]) -> int | None:
    """Queue one change of an account field; None when nobody is subscribed. Join a transaction."""
    for number in numbers.of_waba(world.database, waba_id):
        row = outbox.enqueue(world, number, value, lane=f"account {waba_id}", label=field, field=field,
                             time=int(world.clock.now()))  # fmt: skip
        if row is not None:
            return row
    return None
