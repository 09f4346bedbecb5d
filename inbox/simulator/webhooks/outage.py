"""The business cannot be reached for a while; afterwards everything comes at once, with repetitions (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.storage import deliveries, numbers
from inbox.simulator.webhooks import outbox

if TYPE_CHECKING:
    from inbox.simulator.world import World

_NAME = "outages"


def begin(world: World, phone_number_id: str, seconds: float) -> float:
    """No webhook of this number arrives for so many virtual seconds; each try counts as one. Returns its end."""
    until = world.clock.now() + seconds
    world.database.remember(_NAME, {**world.database.recall(_NAME, {}), phone_number_id: until})
    return until


def holds(world: World, phone_number_id: str) -> bool:
    until = world.database.recall(_NAME, {}).get(phone_number_id)
    return until is not None and world.clock.now() < until


def end(world: World, phone_number_id: str, *, duplicates: float, shuffled: bool) -> dict[str, int]:
    """Everything that waits becomes due at once; of a share (0 to 1) a copy flies with it, and with `shuffled` the
    order of waiting is lost."""
    now = world.clock.now()
    kept = {name: until for name, until in world.database.recall(_NAME, {}).items() if name != phone_number_id}
    with world.database.transaction():
        world.database.remember(_NAME, kept)
        number = numbers.find(world.database, phone_number_id)
        waiting = deliveries.waiting(world.database, phone_number_id)
        copied = [row for row in waiting if world.chance.happens(duplicates)]
        for row in copied if number else []:
            outbox.queue_body(
                world, number or {}, outbox.rewritten(world, row["body"]), label=f"{row['label']} again", due_at=now
            )
        hastened = deliveries.hasten(world.database, now, phone_number_id)
        if shuffled:
            for row in waiting:
                due_at = now - world.chance.random.random()
                deliveries.settle(world.database, row["id"], due_at=due_at, lane="")
        world.database.after_commit(world.wake)
    return {"hastened": hastened, "waiting": len(waiting), "duplicated": len(copied)}
