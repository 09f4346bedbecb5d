"""A template found in the wrong category: announced, then changed a day later (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import timers
from inbox.simulator.tables import limits
from inbox.simulator.templates import announcements, facts

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]


def announce_change(world: World, template: Template, correct: str) -> Template:
    """The notice; until the day is over the old category still counts."""
    hours = limits()["templates"]["recategorisation_notice_hours"]["value"]
    due = world.clock.now() + hours * 3600
    with world.database.transaction():
        template = facts.note(world, template, correct_category=correct)
        announcements.category_notice(world, template, correct, due)
        timers.add(world.database, due, "template", template["id"], {"do": "recategorise", "category": correct})
    return template


def change(world: World, template: Template, category: str) -> Template:
    before = template["category"]
    with world.database.transaction():
        template = facts.note(world, template, correct_category=None, previous_category=before)
        template = facts.move(world, template, category=category)
        announcements.category_done(world, template, before)
    return template
