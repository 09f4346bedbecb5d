"""The `pricing` object of statuses (Meta: per delivered message; rules of 1 October 2026)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import free_entry
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


def price_of(world: World, message: dict[str, Any], *, in_window: bool) -> dict[str, Any] | None:
    """{billable, pricing_model, type, category}; None for reactions, which are never charged nor counted."""
    if message["kind"] == "reaction":
        return None
    category = message["content"].get("category", "SERVICE").lower() if message["kind"] == "template" else "service"
    if free_entry.is_open(world, message["number"], message["customer"]):
        return _priced("free_entry_point", "referral_conversion")
    free = _is_free(world, message, category, in_window=in_window)
    if free and category == "service" and _since_october(message):
        _count(world, message)
    return _priced("free_customer_service" if free else "regular", category)


def _priced(kind: str, category: str) -> dict[str, Any]:
    model = limits()["pricing"]["model"]
    return {"billable": kind == "regular", "pricing_model": model, "type": kind, "category": category}


def _since_october(message: dict[str, Any]) -> bool:
    """Meta: until 30 September 2026 whatever answered within the window was free."""
    first = limits()["pricing"]["utility_in_window_charged_since"]
    return datetime.fromtimestamp(message["at"], UTC).date().isoformat() >= first


def _is_free(world: World, message: dict[str, Any], category: str, *, in_window: bool) -> bool:
    if not _since_october(message):
        return in_window and category in ("service", "utility")
    return category == "service" and service_is_free(world, message)


def service_is_free(world: World, message: dict[str, Any]) -> bool:
    """Whether one more service message of this number is within the month's free ones."""
    if not _since_october(message):
        return True
    allowance = limits()["pricing"]["service_free_deliveries_per_number_per_month"]["value"]
    return _free_so_far(world, message["number"], _month(message)) < allowance


def _count(world: World, message: dict[str, Any]) -> None:
    number, month = message["number"], _month(message)
    world.free_used[number, month] = _free_so_far(world, number, month) + 1


def _month(message: dict[str, Any]) -> float:
    moment = datetime.fromtimestamp(message["at"], UTC)
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


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
