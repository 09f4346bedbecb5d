"""The `messages` webhook of customer messages, as of v24.0 with business-scoped user ids."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import status_error
from inbox.simulator.messaging import identity
from inbox.simulator.people import bsuid_of
from inbox.simulator.storage import media, numbers
from inbox.simulator.webhooks import media_links

if TYPE_CHECKING:
    from inbox.simulator.world import World

MEDIA_KINDS = ("image", "video", "audio", "document", "sticker")


def value_for(number: dict[str, Any], **parts: list[Any]) -> dict[str, Any]:
    """The common head of a change. Absent arrays are omitted, not empty (Meta)."""
    metadata = {"display_phone_number": numbers.digits(number), "phone_number_id": number["phone_number_id"]}
    filled = {name: part for name, part in parts.items() if part}
    return {"messaging_product": "whatsapp", "metadata": metadata, **filled}


def contact(world: World, number: dict[str, Any], customer: dict[str, Any], *, with_phone: bool,
            with_username: bool = True) -> dict[str, Any]:  # fmt: skip
    profile = {"name": customer["name"]}
    if with_username and customer["username"]:
        profile["username"] = customer["username"]
    entry: dict[str, Any] = {"profile": profile}
    if with_phone:
        entry["wa_id"] = customer["wa_id"]
    entry["user_id"] = bsuid_of(world, customer, number["portfolio_id"])
    if world.behaviour["parent_user_ids"]:
        entry["parent_user_id"] = parent_of(entry["user_id"])
    if world.behaviour["identity_check"]:
        entry["identity_key_hash"] = identity.of(world, customer["id"])
    return entry


def parent_of(bsuid: str) -> str:
    """The id of the same person for a group of portfolios, where Meta enabled those: `CC.ENT.` and the rest."""
    country, _, rest = bsuid.partition(".")
    return f"{country}.ENT.{rest}"


def message_value(
    world: World, number: dict[str, Any], customer: dict[str, Any], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """One change carrying messages of one customer."""
    people = [contact(world, number, customer, with_phone=not customer["hide_phone"])]
    if all(row["kind"] == "system" for row in rows):
        people = []
    broken = [row for row in rows if row["kind"] == "interactive" and row["content"].get("missing")]
    return value_for(
        number, contacts=people, messages=[message_entry(world, number, customer, row) for row in rows],
        errors=[status_error(131000) for _ in broken],
    )  # fmt: skip


def message_entry(
    world: World, number: dict[str, Any], customer: dict[str, Any], row: dict[str, Any]
) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    stored = row["context"] or {}
    context = _context(number, stored)
    if context:
        entry["context"] = context
    entry |= stored["sender"] if "sender" in stored else sender_ids(world, number, customer)
    entry.update(id=row["wamid"], timestamp=str(int(row["at"])), type=row["kind"])
    entry |= {name: stored[name] for name in ("referral", "group_id", "identity") if stored.get(name)}
    return entry | _content(world, row)


def sender_ids(world: World, number: dict[str, Any], customer: dict[str, Any]) -> dict[str, str]:
    """`from` is absent, not empty, where the customer hides the number (Meta)."""
    ids = {} if customer["hide_phone"] else {"from": customer["wa_id"]}
    ids["from_user_id"] = bsuid_of(world, customer, number["portfolio_id"])
    if world.behaviour["parent_user_ids"]:
        ids["from_parent_user_id"] = parent_of(ids["from_user_id"])
    return ids


def _context(number: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    context: dict[str, Any] = {}
    if stored.get("id"):
        context = {"from": numbers.digits(number), "id": stored["id"]}
    if stored.get("referred_product"):
        context |= {"from": numbers.digits(number), "referred_product": stored["referred_product"]}
    for flag in ("forwarded", "frequently_forwarded"):
        if stored.get(flag):
            context[flag] = True
    return context


def _content(world: World, row: dict[str, Any]) -> dict[str, Any]:
    kind, content = row["kind"], row["content"]
    if kind == "unsupported":
        return {"errors": content["errors"], "unsupported": {"type": content["type"]}}
    if kind == "unknown" or (kind in MEDIA_KINDS and content.get("errors")):
        return {"errors": content["errors"]}
    if kind == "request_welcome" or (kind == "interactive" and content.get("missing")):
        return {}
    if kind in MEDIA_KINDS:
        return {kind: _media(world, content)}
    if kind == "reaction" and not content.get("emoji"):
        return {kind: {"message_id": content["message_id"]}}
    return {kind: content}


def _media(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """Webhooks carry the digest in base64, unlike `GET /{media}` (Meta); `url` is there when the switch is on."""
    shaped = {name: value for name, value in content.items() if name != "sha256"}
    shaped["sha256"] = base64.b64encode(bytes.fromhex(content["sha256"])).decode()
    if world.behaviour["media_url_in_webhook"] and world.public_url and media.find(world.database, content["id"]):
        shaped["url"] = media_links.new_link(world, content["id"])
    return shaped
