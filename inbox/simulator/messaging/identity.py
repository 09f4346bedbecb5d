"""The hash of a user's identity: another one after a new device or a recycled number (Meta: identity check)."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from inbox.simulator.storage import acts

if TYPE_CHECKING:
    from inbox.simulator.world import World


def of(world: World, customer: str) -> str:
    """The hash drawn at the last change of device, else one that follows from the seed."""
    changed = acts.habits(world.database, customer).get("identity_hash")
    first = hashlib.sha256(f"{world.chance.seed}:{customer}".encode()).digest()[:12]
    return str(changed or base64.b64encode(first).decode())
