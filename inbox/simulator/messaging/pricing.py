"""The `pricing` object of statuses (Meta: per delivered message; rules of 1 October 2026)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


def price_of(world: World, message: dict[str, Any], *, in_window: bool) -> dict[str, Any] | None:
    """{billable, pricing_model, type, category}; None for reactions, which are never charged nor counted."""
    if message["kind"] == "reaction":
        return None
    category = message["content"].get("category", "SERVICE").lower() if message["kind"] == "template" else "service"
    free = _is_free(world, message, category, in_window=in_window)
    return {
        "billable": not free, "pricing_model": limits()["pricing"]["model"],
        "type": "free_customer_service" if free else "regular", "category": category,
    }  # fmt: skip


def _is_free(world: World, message: dict[str, Any], category: str, *, in_window: bool) -> bool:
    moment = datetime.fromtimestamp(message["at"], UTC)
    if moment.date().isoformat() < limits()["pricing"]["utility_in_window_charged_since"]:
        return in_window and category in ("service", "utility")
    if category != "service":
        return False
    allowance = limits()["pricing"]["service_free_deliveries_per_number_per_month"]["value"]
    month = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()
    used = _free_so_far(world, message["number"], month)
    world.free_used[message["number"], month] = used + 1
    return used < allowance


def _free_so_far(world: World, number: str, month: float) -> int:
    """Counted in the state once per opening, then carried along: the table may be long."""
    known = world.free_used.get((number, month))
    if known is not None:
        return known
    return world.database.value(
        "SELECT count(*) FROM message WHERE number = ? AND at >= ? AND direction = 'out' "
        "AND pricing LIKE '%free_customer_service%'",
        number, month,
    )  # fmt: skip
