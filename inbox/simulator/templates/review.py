"""Judging a template: its category at once, its approval after a while (Meta: automatic review)."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import templates, timers
from inbox.simulator.tables import load_yaml
from inbox.simulator.templates import announcements, facts

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]


@cache
def rules() -> dict[str, Any]:
    return load_yaml("review.yaml")


def judged_category(category: str, components: list[dict[str, Any]]) -> str:
    """A utility template which promotes is taken as marketing at once (Meta, since April 2025)."""
    text = _words(components)
    promotes = any(word in text for word in rules()["marketing_words"])
    return "MARKETING" if category == "UTILITY" and promotes else category


def _words(components: list[dict[str, Any]]) -> str:
    return json.dumps(components, ensure_ascii=False).lower()


def begin(world: World, template: Template) -> Template:
    """Plan the review, or hold it at once under the switch."""
    if world.behaviour["template_review"] == "instant":
        return decide(world, template)
    due = world.clock.now() + world.chance.between(world.behaviour["review_after"])
    timers.remove_about(world.database, "template", template["id"])
    timers.add(world.database, due, "template", template["id"], {"do": "review"})
    world.database.after_commit(world.wake)
    return template


def decide(world: World, template: Template) -> Template:
    """The verdict of the trigger words; none approves."""
    text = template["name"] + _words(template["next"] or template["components"])
    if rules()["stays_pending"] in text:
        return template
    reason = next((reason for word, reason in rules()["rejected_by"].items() if word in text), None)
    return settle(world, template, reason or _copied(world, template))


def _copied(world: World, template: Template) -> str | None:
    """Meta: the same body and footer as another template of the language is rejected, except for codes."""
    if template["category"] == "AUTHENTICATION":
        return None
    mine = _texts(template)
    for other in templates.of_waba(world.database, template["waba_id"]):
        same = other["id"] != template["id"] and other["language"] == template["language"]
        if same and other["status"] == "APPROVED" and _texts(other) == mine:
            return "INVALID_FORMAT"
    return None


def _texts(template: Template) -> tuple[Any, ...]:
    parts = {part["type"].upper(): part for part in template.get("next") or template["components"]}
    return tuple(parts.get(kind, {}).get("text") for kind in ("BODY", "FOOTER"))


def settle(world: World, template: Template, reason: str | None) -> Template:
    """Approve, or reject for `reason`; tells the account either way."""
    with world.database.transaction():
        if template["next"]:
            template = facts.move(world, template, components=template["next"])
            template = facts.note(world, template, next=None)
        if reason is None:
            template = facts.move(world, template, status="APPROVED")
            template = facts.note(world, template, rejected_reason="NONE", rejection_info=None)
            announcements.status(world, template, "APPROVED")
            return template
        info = {"reason": reason, "recommendation": rules()["recommendations"].get(reason, "Edit the template.")}
        template = facts.move(world, template, status="REJECTED")
        template = facts.note(world, template, rejected_reason=reason, rejection_info=info)
        announcements.status(world, template, "REJECTED", reason=reason)
    return template
