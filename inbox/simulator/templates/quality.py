"""The quality of a template: customers' reactions move it, a bad one pauses it, the third pause disables it (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import templates, timers
from inbox.simulator.tables import limits
from inbox.simulator.templates import announcements, facts
from inbox.simulator.templates.review import rules

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]
_TITLES = ("FIRST_PAUSE", "SECOND_PAUSE")


def hear(world: World, template: Template, reaction: str, count: int = 1) -> Template:
    """Count a reaction (reply, read, ignore, block, report) and move the score if it crosses a line."""
    weight = template["weight"] + rules()["weights"][reaction] * count
    template = facts.note(world, template, weight=weight, heard=template["heard"] + count)
    score = _score(template)
    if score == template["quality"]:
        return template
    template = rate(world, template, score)
    if score == "RED" and template["status"] == "APPROVED":
        template = pause(world, template)
    return template


def _score(template: Template) -> str:
    if template["heard"] < rules()["heard_from"]:
        return str(template["quality"])
    mean = template["weight"] / template["heard"]
    if mean < rules()["red_below"]:
        return "RED"
    return "YELLOW" if mean < rules()["yellow_below"] else "GREEN"


def rate(world: World, template: Template, score: str) -> Template:
    """Set the quality score and tell the account."""
    before = template["quality"]
    with world.database.transaction():
        template = facts.note(world, template, quality=score, quality_at=world.clock.now())
        announcements.quality(world, template, before, score)
    return template


def pause(world: World, template: Template) -> Template:
    """Three hours at first, then six, then disabled for good."""
    rule, count = limits()["templates"]["pause_hours"], template["pauses"] + 1
    with world.database.transaction():
        template = facts.note(world, template, pauses=count, weight=0, heard=0, paused_at=world.clock.now())
        if count > len(_TITLES):
            return disable(world, template)
        hours = (rule["first"], rule["second"])[count - 1]
        title = _TITLES[count - 1]
        template = facts.move(world, facts.note(world, template, pause=title), status="PAUSED")
        announcements.status(world, template, "PAUSED", title=title,
                             description=f"Paused for {hours} hours because of low quality.")  # fmt: skip
        timers.remove_about(world.database, "template", template["id"])
        timers.add(world.database, world.clock.now() + hours * 3600, "template", template["id"], {"do": "unpause"})
        world.database.after_commit(world.wake)
    return template


def disable(world: World, template: Template) -> Template:
    with world.database.transaction():
        timers.remove_about(world.database, "template", template["id"])
        template = facts.move(world, facts.note(world, template, pause="DISABLED"), status="DISABLED")
        announcements.status(world, template, "DISABLED", title="DISABLED",
                             description="Disabled because of low quality.")  # fmt: skip
    return template


def unpause(world: World, template: Template) -> Template:
    """The pause is over: approved again, judged afresh."""
    if template["status"] != "PAUSED":
        return template
    with world.database.transaction():
        template = facts.note(world, template, pause=None, weight=0, heard=0, quality="UNKNOWN")
        template = facts.move(world, template, status="APPROVED")
        announcements.status(world, template, "APPROVED", title="UNPAUSE", description="The pause is over.")
    return template


def customer_did(world: World, customer: str, number: str, reaction: str) -> None:
    """A customer read, answered, blocked or reported: what the business last sent counts, if it was a template."""
    last = world.database.one(
        "SELECT kind, content, number FROM message WHERE customer = ? AND number = ? AND direction = 'out' "
        "AND status NOT IN ('accepted', 'failed') ORDER BY at DESC, id DESC LIMIT 1",
        customer, number,
    )  # fmt: skip
    if last is not None and last["kind"] == "template":
        message_got(world, last, reaction)


def message_got(world: World, message: dict[str, Any], reaction: str) -> None:
    """A reaction to one template message, as stored or as a row of the table."""
    waba = world.database.value("SELECT waba_id FROM number WHERE phone_number_id = ?", message["number"])
    name, language = facts.sent_as(message)
    row = templates.find(world.database, str(waba), name, language)
    if row is not None:
        hear(world, facts.known(world, row), reaction)
