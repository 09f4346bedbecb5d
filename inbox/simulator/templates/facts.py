"""What is known of a template beside its row: quality, pauses, edits, review, pacing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import records, templates

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]
DEFAULTS: dict[str, Any] = {
    "parameter_format": "POSITIONAL", "ttl": None, "sub_category": None, "previous_category": None,
    "correct_category": None, "rejected_reason": "NONE", "rejection_info": None, "quality": "UNKNOWN",
    "quality_at": 0.0, "weight": 0, "heard": 0, "pauses": 0, "pause": None, "paused_at": 0.0, "edits": [],
    "created_at": 0.0, "updated_at": 0.0, "pacing": None, "archived_at": None, "next": None, "asked": None,
}  # fmt: skip


def known(world: World, template: Template) -> Template:
    """Row and facts in one."""
    return {**DEFAULTS, **records.read(world.database, "template", template["id"]), **template}


def find(world: World, template_id: str) -> Template | None:
    row = templates.by_id(world.database, template_id)
    return known(world, row) if row else None


def note(world: World, template: Template, **facts: Any) -> Template:
    """Store facts; returns the template with them."""
    records.change(world.database, "template", template["id"], facts)
    return {**template, **facts}


def move(world: World, template: Template, **changes: Any) -> Template:
    """Set status, category or components, and remember when."""
    templates.change(world.database, template["id"], **changes)
    return note(world, {**template, **changes}, updated_at=world.clock.now())


def sent_as(message: dict[str, Any]) -> tuple[str, str]:
    """(name, language) of the template a stored message was made of; the past of a demonstration may lack them."""
    content = json.loads(message["content"]) if isinstance(message["content"], str) else message["content"]
    return str(content.get("name", "")), str((content.get("language") or {}).get("code", ""))
