"""The customer service window: 24 hours from the customer's last message to this number (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.storage import acts, messages
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


def closes_at(world: World, customer: str, number: str) -> float | None:
    """When the window closes or closed; None when the customer never wrote, or not yet from the present number: a
    window belongs to one identity (Meta is silent; the switch `window_survives_new_number` has the kinder reading)."""
    last = messages.last_inbound_at(world.database, customer, number)
    if not world.behaviour["window_survives_new_number"] and last is not None:
        moved = acts.last_at(world.database, "change_number", customer)
        last = None if moved is not None and moved > last else last
    return None if last is None else last + limits()["windows"]["customer_service_hours"]["value"] * 3600


def is_open(world: World, customer: str, number: str) -> bool:
    end = closes_at(world, customer, number)
    return end is not None and world.clock.now() < end
