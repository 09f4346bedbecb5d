"""The free entry point: a customer comes from an ad, the business answers within a day, then all is free (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.storage import records
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


def entered(world: World, number: str, customer: str) -> None:
    """The customer's message carried a referral."""
    records.write(world.database, "entry", f"{number}:{customer}", {"at": world.clock.now(), "until": None})


def answered(world: World, number: str, customer: str) -> None:
    """From the first answer within 24 hours on the entry point is open; how long is a switch (72 or 168 hours)."""
    entry = records.read(world.database, "entry", f"{number}:{customer}")
    if not entry or entry["until"] is not None:
        return
    within = limits()["windows"]["free_entry_point_reply_within_hours"]["value"] * 3600
    now = world.clock.now()
    if now <= entry["at"] + within:
        until = now + world.behaviour["free_entry_point_hours"] * 3600
        records.change(world.database, "entry", f"{number}:{customer}", {"until": until})


def is_open(world: World, number: str, customer: str) -> bool:
    until = records.read(world.database, "entry", f"{number}:{customer}").get("until")
    return until is not None and world.clock.now() < until
