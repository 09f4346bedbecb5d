"""Messaging limit of a portfolio: unique users reached outside an open window in 24 rolling hours (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state
from inbox.simulator.storage import numbers, reaches, timers
from inbox.simulator.tables import limits
from inbox.simulator.webhooks.account import announce

if TYPE_CHECKING:
    from inbox.simulator.world import World

LIMITS: dict[str, int | None] = {
    "TIER_50": 50, "TIER_250": 250, "TIER_2K": 2000, "TIER_10K": 10000, "TIER_100K": 100000, "TIER_UNLIMITED": None,
}  # fmt: skip
_CLIMB = ("TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED")


def _day_ago(world: World) -> float:
    return world.clock.now() - float(limits()["messaging_limit"]["window_hours"]) * 3600


def used(world: World, portfolio_id: str) -> int:
    return reaches.users_since(world.database, portfolio_id, _day_ago(world))


def allows(world: World, portfolio_id: str, user: str) -> bool:
    """Whether this user may be written to outside a window; somebody reached today does not count again."""
    most = LIMITS[state.of_portfolio(world, portfolio_id)["tier"]]
    since = _day_ago(world)
    if most is None or reaches.reached_since(world.database, portfolio_id, user, since):
        return True
    return reaches.users_since(world.database, portfolio_id, since) < most


def reached(world: World, portfolio_id: str, user: str) -> None:
    """Count one user. Past half of the limit a rise is planned (Meta: within six hours, with good quality)."""
    reaches.add(world.database, portfolio_id, user, world.clock.now())
    most = LIMITS[state.of_portfolio(world, portfolio_id)["tier"]]
    rule = limits()["messaging_limit"]["auto_scaling"]
    if most is None or not world.behaviour["tier_rises"] or used(world, portfolio_id) < most * rule["usage_ratio"]:
        return
    planned = world.database.value("SELECT 1 FROM timer WHERE kind = 'tier' AND subject = ?", portfolio_id)
    if planned is None:
        timers.add(world.database, world.clock.now() + rule["within_hours"] * 3600, "tier", portfolio_id)


def rise(world: World, portfolio_id: str) -> None:
    """One step up, unless a number of the portfolio has a bad quality rating."""
    tier = state.of_portfolio(world, portfolio_id)["tier"]
    own = [row for row in numbers.every(world.database) if row["portfolio_id"] == portfolio_id]
    if tier in _CLIMB[:-1] and all(row["quality_rating"] != "RED" for row in own):
        put(world, portfolio_id, _CLIMB[_CLIMB.index(tier) + 1])


def put(world: World, portfolio_id: str, tier: str) -> None:
    """Set the tier and tell every account of the portfolio."""
    with world.database.transaction():
        state.change_portfolio(world, portfolio_id, tier=tier)
        for waba_id in _accounts(world, portfolio_id):
            announce(world, waba_id, "business_capability_update", capability(world, tier))


def capability(world: World, tier: str) -> dict[str, Any]:
    """The value of `business_capability_update`: at the lowest limit numbers are counted per business."""
    rule = limits()["messaging_limit"]["phone_numbers_per_portfolio"]
    if tier in ("TIER_50", "TIER_250"):
        count = {"max_phone_numbers_per_business": rule["initial"]}
    else:
        count = {"max_phone_numbers_per_waba": rule["raised"]}
    # Meta: a number in its examples, the name of the tier in its text; -1 stands for no limit.
    published = world.behaviour["shape"] == "published"
    shown = (LIMITS[tier] or -1) if published else tier
    return {"max_daily_conversations_per_business": shown, **count}


def _accounts(world: World, portfolio_id: str) -> list[str]:
    own = [row["waba_id"] for row in numbers.every(world.database) if row["portfolio_id"] == portfolio_id]
    return list(dict.fromkeys(own))
