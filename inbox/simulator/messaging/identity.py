"""The hash of a user's identity: another one after a new device or a recycled number (Meta: identity check)."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from inbox.simulator.storage import records

if TYPE_CHECKING:
    from inbox.simulator.world import World


def of(world: World, customer: str) -> str:
    device = records.read(world.database, "device", customer).get("count", 1)
    return base64.b64encode(hashlib.sha256(f"{world.chance.seed}:{customer}:{device}".encode()).digest()[:12]).decode()


def change_device(world: World, customer: str) -> str:
    """The user installs WhatsApp anew; returns the new hash."""
    device = records.read(world.database, "device", customer).get("count", 1)
    records.change(world.database, "device", customer, {"count": device + 1})
    return of(world, customer)
