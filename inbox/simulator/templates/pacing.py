"""Pacing: the first messages of a template go out, the rest waits for how they are received (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import statuses
from inbox.simulator.storage import messages, timers
from inbox.simulator.tables import limits
from inbox.simulator.templates import announcements, facts

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]


def start(world: World, template: Template, *, batch: int, seconds: float) -> Template:
    """From now on `batch` messages pass, then others are held for `seconds`."""
    return facts.note(world, template, pacing={"left": batch, "seconds": seconds, "until": None})


def holds(world: World, template: Template) -> bool:
    """Whether the next message of this template must wait; counts it otherwise."""
    pacing = template["pacing"]
    if pacing is None:
        return False
    if pacing["left"] > 0:
        facts.note(world, template, pacing={**pacing, "left": pacing["left"] - 1})
        return False
    if pacing["until"] is None:
        until = world.clock.now() + pacing["seconds"]
        facts.note(world, template, pacing={**pacing, "until": until})
        timers.add(world.database, until, "template", template["id"], {"do": "pacing"})
    return True


def hold(world: World, template: Template, message: dict[str, Any]) -> None:
    """Keep an accepted message back until `decide`."""
    timers.add(world.database, world.clock.now() + 30 * 86400, f"held:{template['id']}", message["wamid"])


def decide(world: World, template: Template) -> Template:
    """Well received: everything held goes out. Badly: the template pauses and what was held fails with 132015."""
    bad = template["quality"] in ("YELLOW", "RED") or template["weight"] < 0
    held = world.database.all("SELECT id, subject FROM timer WHERE kind = ? ORDER BY id", f"held:{template['id']}")
    with world.database.transaction():
        template = facts.note(world, template, pacing=None)
        if bad:
            template = facts.note(world, template, pause="RATE_LIMITING_PAUSE", paused_at=world.clock.now())
            template = facts.move(world, template, status="PAUSED")
            announcements.status(world, template, "PAUSED", title="RATE_LIMITING_PAUSE",
                                 description="Paused because the first messages were badly received.")  # fmt: skip
        failure = {"code": 132015, "details": "The template was paused while the message was held."}
        for row in held:
            timers.remove(world.database, row["id"])
            message = messages.find(world.database, row["subject"])
            if message is not None:
                statuses.schedule(world, message, failure if bad else None)
    return template


def unpause(world: World, template: Template) -> str | None:
    """The manual end of a pacing pause, five minutes after it at the earliest. Why not, or None (Meta)."""
    if template["status"] != "PAUSED" or template["pause"] != "RATE_LIMITING_PAUSE":
        return "Only a template paused by pacing can be unpaused."
    wait = limits()["templates"]["unpause_wait_minutes"]["value"] * 60
    if world.clock.now() < template["paused_at"] + wait:
        return "Wait five minutes after the pause."
    with world.database.transaction():
        template = facts.note(world, template, pause=None, weight=0, heard=0, quality="UNKNOWN")
        template = facts.move(world, template, status="APPROVED")
        announcements.status(world, template, "APPROVED", title="UNPAUSE", description="Unpaused by the business.")
    return None
