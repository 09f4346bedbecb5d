"""A template as a Graph node, and the filters of its list (Meta)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import health
from inbox.simulator.accounts.nodes import iso_zone
from inbox.simulator.errors import GraphError
from inbox.simulator.storage import records, templates
from inbox.simulator.templates import facts, presets

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]
DEFAULT = (
    "name", "parameter_format", "components", "language", "status", "category", "sub_category", "previous_category",
    "correct_category", "message_send_ttl_seconds",
)  # fmt: skip


def node(world: World, template: Template, portfolio_id: str) -> dict[str, Any]:
    return {
        **{name: template[name] for name in (
            "id", "name", "language", "status", "category", "parameter_format", "sub_category", "previous_category",
            "correct_category", "rejected_reason", "rejection_info")},
        "components": presets.shown(template["components"]), "message_send_ttl_seconds": template["ttl"],
        "quality_score": {"score": template["quality"], "date": int(template["quality_at"] or template["created_at"])},
        **dict.fromkeys(("library_template_name", "cta_url_link_tracking_opted_out", "degrees_of_freedom_spec")),
        "last_updated_time": iso_zone(template["updated_at"]),
        "health_status": lambda: health.of_template(world, template, portfolio_id),
    }  # fmt: skip


def listed(world: World, waba_id: str, query: dict[str, str]) -> list[Template]:
    """The templates of an account which pass every filter of the query, newest facts included."""
    known = records.every(world.database, "template")
    rows = [{**facts.DEFAULTS, **known.get(row["id"], {}), **row} for row in templates.of_waba(world.database, waba_id)]
    return [row for row in rows if _passes(row, query)]


def _passes(row: Template, query: dict[str, str]) -> bool:
    text = json.dumps(row["components"], ensure_ascii=False).lower()
    name, asked = row["name"], {key: value for key, value in query.items() if value}
    return (
        asked.get("name", "") in name
        and asked.get("content", "").lower() in text
        and (asked.get("name_or_content", "").lower() in name or asked.get("name_or_content", "").lower() in text)
        and _one_of(row["status"], asked.get("status"))
        and _one_of(row["category"], asked.get("category"))
        and _one_of(row["language"], asked.get("language"))
        and _one_of(row["quality"], asked.get("quality_score"))
    )


def _one_of(value: str, wanted: str | None) -> bool:
    """A single value, a comma list or a JSON list."""
    if wanted is None:
        return True
    try:
        choices = json.loads(wanted) if wanted.startswith("[") else wanted.split(",")
    except ValueError as error:
        raise GraphError(100, "A filter is not a valid list.") from error
    return value.lower() in [str(choice).strip().lower() for choice in choices]


def summary(world: World, waba_id: str, asked: str, rows: list[Template], most: int) -> dict[str, Any]:
    """`summary=`: the asked counts."""
    whole = {
        "total_count": len(rows), "message_template_count": templates.count(world.database, waba_id),
        "message_template_limit": most, "are_translations_complete": False,
    }  # fmt: skip
    return {name.strip(): whole[name.strip()] for name in asked.split(",") if name.strip() in whole}
