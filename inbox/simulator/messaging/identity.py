"""The hash of a user's identity: another one after a new device or a recycled number (Meta: identity check)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.storage import acts

if TYPE_CHECKING:
    from inbox.simulator.world import World


def of(world: World, customer: str) -> str:
    """The hash drawn at the last change of device, else the first one."""
    return str(acts.habits(world.database, customer).get("identity_hash") or f"{customer}-first=")
