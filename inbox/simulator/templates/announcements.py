"""The webhooks a template's life makes: status, quality, components, category (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.clock import iso
from inbox.simulator.webhooks.account import announce

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]


def _named(world: World, template: Template) -> dict[str, Any]:
    """The id is a JSON integer here, unlike everywhere else; the language is `en_US` or `en-US` (Meta, both)."""
    dashed = world.behaviour["shape"] == "published"
    return {
        "message_template_id": int(template["id"]), "message_template_name": template["name"],
        "message_template_language": template["language"].replace("_", "-") if dashed else template["language"],
    }  # fmt: skip


def status(world: World, template: Template, event: str, *, reason: str | None = None,
           title: str | None = None, description: str = "") -> None:  # fmt: skip
    """`reason` is NONE unless the template was rejected; `title` names a pause or its end."""
    value = {"event": event, **_named(world, template), "reason": reason or "NONE",
             "message_template_category": template["category"]}  # fmt: skip
    if title:
        value["other_info"] = {"title": title, "description": description}
    if event == "DISABLED":
        value["disable_info"] = {"disable_date": (iso(world.clock.now()) or "")[:10]}
    if event == "REJECTED" and template.get("rejection_info"):
        value["rejection_info"] = template["rejection_info"]
    announce(world, template["waba_id"], "message_template_status_update", value)


def quality(world: World, template: Template, before: str, after: str) -> None:
    value = {"previous_quality_score": before, "new_quality_score": after, **_named(world, template)}
    announce(world, template["waba_id"], "message_template_quality_update", value)


def components(world: World, template: Template) -> None:
    parts = {part["type"]: part for part in template["components"]}
    value: dict[str, Any] = {
        **_named(world, template),
        "message_template_element": parts.get("BODY", {}).get("text", ""),
    }
    for key, kind in (("message_template_title", "HEADER"), ("message_template_footer", "FOOTER")):
        if parts.get(kind, {}).get("text"):
            value[key] = parts[kind]["text"]
    if "BUTTONS" in parts:
        value["message_template_buttons"] = [_button(button) for button in parts["BUTTONS"]["buttons"]]
    announce(world, template["waba_id"], "message_template_components_update", value)


def _button(button: dict[str, Any]) -> dict[str, Any]:
    entry = {"message_template_button_type": button["type"], "message_template_button_text": button.get("text", "")}
    if "url" in button:
        entry["message_template_button_url"] = button["url"]
    if "phone_number" in button:
        entry["message_template_button_phone_number"] = button["phone_number"]
    return entry


def category_notice(world: World, template: Template, correct: str, at: float) -> None:
    """The change is announced: `new_category` still names the present one (Meta)."""
    value = {**_named(world, template), "correct_category": correct, "new_category": template["category"],
             "category_update_timestamp": int(at)}  # fmt: skip
    announce(world, template["waba_id"], "template_category_update", value)


def category_done(world: World, template: Template, before: str) -> None:
    value = {**_named(world, template), "previous_category": before, "new_category": template["category"]}
    announce(world, template["waba_id"], "template_category_update", value)
