"""Creating, editing, deleting and archiving templates (Meta: account, edit and delete rules)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state
from inbox.simulator.errors import GraphError
from inbox.simulator.storage import numbers, records, templates, timers
from inbox.simulator.tables import limits
from inbox.simulator.templates import announcements, facts, presets, review, validation
from inbox.simulator.templates.refusal import refusal

if TYPE_CHECKING:
    from inbox.simulator.world import World

Template = dict[str, Any]
_DAY = 86400
_EDITABLE = ("APPROVED", "REJECTED", "PAUSED")


def create(world: World, waba_id: str, body: dict[str, Any]) -> Template:
    """A new template, PENDING unless the review is instant; its category may differ from the one asked for."""
    wanted = validation.read(world, body)
    _check_pace(world, waba_id)
    _check_name(world, waba_id, wanted["name"], wanted["language"])
    full = templates.count(world.database, waba_id) >= most(world, waba_id)
    if full and world.behaviour["template_limit"] == "refuse":
        raise refusal(world, 2388019, "The account holds as many templates as it may.")
    now = world.clock.now()
    with world.database.transaction():
        row: Template = {
            "id": world.chance.digits(16), "waba_id": waba_id, "name": wanted["name"], "language": wanted["language"],
            "category": review.judged_category(wanted["category"], wanted["components"]),
            "status": "LIMIT_EXCEEDED" if full else "PENDING",
            "components": presets.filled(wanted["components"], wanted["language"]),
        }  # fmt: skip
        templates.upsert(world.database, row)
        known = facts.note(world, {**facts.DEFAULTS, **row}, created_at=now, updated_at=now, ttl=wanted["ttl"],
                           parameter_format=wanted["parameter_format"], sub_category=body.get("sub_category"),
                           asked=wanted["components"])  # fmt: skip
        if full:
            announcements.status(world, known, "LIMIT_EXCEEDED")
            return known
        return review.begin(world, known)


def _check_pace(world: World, waba_id: str) -> None:
    """100 creations an hour (Meta)."""
    since = world.clock.now() - 3600
    made = [at for at in records.read(world.database, "creations", waba_id).get("at", []) if at > since]
    if len(made) >= limits()["templates"]["create_per_hour_per_waba"]["value"]:
        raise GraphError(80007, "Too many templates were created in an hour.")
    records.write(world.database, "creations", waba_id, {"at": [*made, world.clock.now()]})


def _check_name(world: World, waba_id: str, name: str, language: str) -> None:
    if templates.find(world.database, waba_id, name, language) is not None:
        raise refusal(world, 2388024, f"There is already content in {language} for {name}.")
    gone = records.read(world.database, "deleted", f"{waba_id}:{name}").get("until", 0)
    if gone > world.clock.now():
        raise refusal(world, 2388023, f"{name} was deleted: the name is free again after 30 days.")


def most(world: World, waba_id: str) -> int:
    """6,000 for a verified portfolio with an approved display name, else 250 (Meta)."""
    rule, own = limits()["templates"]["per_waba"], numbers.of_waba(world.database, waba_id)
    verified = state.of_portfolio(world, own[0]["portfolio_id"])["verified"]
    named = any(state.of_number(world, row["phone_number_id"])["name_status"] == "APPROVED" for row in own)
    return int(rule["verified" if verified and named else "unverified"])


def edit(world: World, template: Template, body: dict[str, Any]) -> Template:
    """Change content; name and language never, the category of an approved one neither. Reviewed again."""
    if template["status"] not in _EDITABLE:
        raise refusal(world, 2388039, f"A template which is {template['status']} cannot be edited.")
    for key in ("name", "language"):
        if body.get(key, template[key]) != template[key]:
            raise refusal(world, None, f"{key} cannot be changed.")
    wanted = validation.read_content(world, _after(template, body))
    if template["status"] == "APPROVED":
        if wanted["category"] != template["category"]:
            raise refusal(world, None, "The category of an approved template cannot be changed.")
        template = _count_edit(world, template)
    with world.database.transaction():
        template = facts.note(world, template, ttl=wanted["ttl"], parameter_format=wanted["parameter_format"])
        return _apply(world, template, wanted) if _changes_content(body) else template


def _after(template: Template, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "category": template["category"], "components": template["asked"] or template["components"],
        "parameter_format": template["parameter_format"], "message_send_ttl_seconds": template["ttl"], **body,
    }  # fmt: skip


def _changes_content(body: dict[str, Any]) -> bool:
    return "components" in body or "category" in body


def _count_edit(world: World, template: Template) -> Template:
    rule, now = limits()["templates"]["edit"], world.clock.now()
    edits = [at for at in template["edits"] if at > now - 30 * _DAY]
    lately = [at for at in edits if at > now - _DAY]
    if len(lately) >= rule["approved_per_24h"] or len(edits) >= rule["approved_per_30d"]:
        raise refusal(world, 2388039, "An approved template is edited once in 24 hours and ten times in 30 days.")
    return facts.note(world, template, edits=[*edits, now])


def _apply(world: World, template: Template, wanted: dict[str, Any]) -> Template:
    """The new content waits for its review; whether the old one may be sent meanwhile is a switch."""
    components = presets.filled(wanted["components"], template["language"])
    template = facts.note(world, template, asked=wanted["components"])
    category = review.judged_category(wanted["category"], components)
    if world.behaviour["edit_keeps_sending"] and template["status"] == "APPROVED":
        template = facts.note(world, template, next=components)
    else:
        template = facts.move(world, template, components=components, category=category, status="PENDING")
    announcements.components(world, {**template, "components": components})
    return review.begin(world, template)


def delete(world: World, template: Template) -> None:
    """Gone at once, or PENDING_DELETION while messages of it are on their way. DISABLED ones stay (Meta)."""
    if template["status"] == "DISABLED":
        raise refusal(world, None, "A disabled template cannot be deleted.")
    with world.database.transaction():
        if template["status"] in ("APPROVED", "PAUSED"):
            until = world.clock.now() + limits()["templates"]["name_reuse_block_days"]["value"] * _DAY
            records.write(world.database, "deleted", f"{template['waba_id']}:{template['name']}", {"until": until})
        timers.remove_about(world.database, "template", template["id"])
        if templates.undelivered(world.database, template["waba_id"], template["name"], template["language"]):
            facts.move(world, template, status="PENDING_DELETION")
            announcements.status(world, template, "PENDING_DELETION")
            timers.add(world.database, world.clock.now() + 30 * _DAY, "template", template["id"], {"do": "remove"})
            return
        remove(world, template)


def remove(world: World, template: Template) -> None:
    templates.remove(world.database, template["id"])
    records.remove(world.database, "template", template["id"])
    announcements.status(world, template, "DELETED")


def archive(world: World, template: Template) -> bool:
    """Out of use for up to 28 days, then deleted. False when it cannot be archived now."""
    if template["status"] not in (*_EDITABLE, "DISABLED"):
        return False
    with world.database.transaction():
        days = limits()["templates"]["archived_deleted_after_days"]["value"]
        template = facts.note(world, template, archived_at=world.clock.now(), before_archive=template["status"])
        facts.move(world, template, status="ARCHIVED")
        timers.add(world.database, world.clock.now() + days * _DAY, "template", template["id"], {"do": "remove"})
        announcements.status(world, template, "ARCHIVED")
    return True


def unarchive(world: World, template: Template) -> bool:
    if template["status"] != "ARCHIVED":
        return False
    with world.database.transaction():
        timers.remove_about(world.database, "template", template["id"])
        before = template.get("before_archive", "APPROVED")
        template = facts.move(world, facts.note(world, template, archived_at=None), status=before)
        announcements.status(world, template, "UNARCHIVED")
    return True
