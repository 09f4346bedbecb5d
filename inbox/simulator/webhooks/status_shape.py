"""The `messages` webhook of statuses. Its ids depend on how the message was addressed (Meta: BSUID table)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import status_error
from inbox.simulator.people import bsuid_of
from inbox.simulator.webhooks.message_shape import contact, value_for

if TYPE_CHECKING:
    from inbox.simulator.world import World


def status_value(
    world: World,
    number: dict[str, Any],
    customer: dict[str, Any] | None,
    message: dict[str, Any],
    status: str,
    at: float,
    *,
    with_price: bool,
) -> dict[str, Any]:
    entry = status_entry(world, number, customer, message, status, at)
    if with_price and message["pricing"]:
        entry["pricing"] = message["pricing"]
    free_entry = (message["pricing"] or {}).get("type") == "free_entry_point"  # Meta: kept there in later versions
    if (world.behaviour["webhook_version"] < "v24" or free_entry) and status != "failed":
        entry["conversation"] = _conversation(message, status, at)
    people = []
    if customer is not None and status != "failed":
        to_phone = "phone" in (message["recipient"] or {})
        people = [contact(world, number, customer, with_phone=to_phone or not customer["hide_phone"],
                          with_username=status != "sent")]  # fmt: skip
    return value_for(number, contacts=people, statuses=[entry])


def status_entry(world: World, number: dict[str, Any], customer: dict[str, Any] | None, message: dict[str, Any],
                 status: str, at: float) -> dict[str, Any]:  # fmt: skip
    entry: dict[str, Any] = {"id": message["wamid"], "status": status, "timestamp": str(int(at))}
    addressed = message["recipient"] or {}
    if "phone" in addressed:
        entry["recipient_id"] = addressed["phone"]
    elif customer is not None and status != "failed" and not customer["hide_phone"]:
        entry["recipient_id"] = customer["wa_id"]
    if customer is not None and not (status == "failed" and "phone" in addressed):
        entry["recipient_user_id"] = bsuid_of(world, customer, number["portfolio_id"])
    if message["correlation"] is not None:
        entry["biz_opaque_callback_data"] = message["correlation"]
    if status == "failed":
        error = message["error"] or {"code": 131000}
        entry["errors"] = [status_error(error["code"], error.get("details"))]
    return entry


def _conversation(message: dict[str, Any], status: str, at: float) -> dict[str, Any]:
    """Up to v23.0 every message had one, its id unique per message (Meta)."""
    category = (message["pricing"] or {}).get("category", "service")
    found: dict[str, Any] = {"id": message["wamid"][-32:].rstrip("=").lower(), "origin": {"type": category}}
    if status == "sent":
        found["expiration_timestamp"] = str(int(at) + 86400)
    return found
