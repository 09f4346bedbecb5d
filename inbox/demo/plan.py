"""How many conversations there are, how long they are, and how they stand at the moment of seeding."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from inbox.demo.customers import Customer

DAYS = 60
_MARGIN_DAYS = 4  # crowded conversations reach back a little further than planned
# (how many, fewest, most messages); the rest are short
_LONG = ((6, 245, 285), (31, 64, 120), (92, 24, 46))
_SHORT = (3, 13)
# How a conversation ends, in how many of a hundred.
_ENDINGS = {"resolved": 41, "answered": 28, "waiting": 15, "unassigned": 12, "failed": 3, "unconfirmed": 1}


@dataclass(frozen=True)
class Plan:
    """One conversation to come. ``channel`` is the channel's card in ``data/shop.yaml``; ``ending`` is one of
    resolved, answered, waiting (for their own agent), unassigned (and waiting), failed (our last answer did),
    unconfirmed (nobody knows whether it left)."""

    channel: dict[str, Any]
    customer: Customer
    size: int
    ending: str
    ended_at: datetime
    begins_after: datetime


def plan_conversations(
    channels: list[dict[str, Any]], customers: dict[str, list[Customer]], *, now: datetime, rng: Random
) -> list[Plan]:
    """One conversation per customer with their region's first number, and for some one more with the second."""
    pairs = [(channel, person) for channel in channels for person in _writers(channel, channels, customers)]
    rng.shuffle(pairs)
    endings = _spread(len(pairs), rng)
    sizes = _sizes(len(pairs), rng)
    plans = []
    for (channel, customer), ending, size in zip(pairs, endings, sizes, strict=True):
        begins_after = now - timedelta(days=min(DAYS, channel["live_days"]) - _MARGIN_DAYS)
        ended_at = max(now - _age(ending, rng), begins_after + timedelta(hours=rng.uniform(36, 60)))
        plans.append(Plan(channel, customer, size, ending, min(ended_at, now), begins_after))
    return plans


def _writers(
    channel: dict[str, Any], channels: list[dict[str, Any]], customers: dict[str, list[Customer]]
) -> list[Customer]:
    people = customers[channel["region"]]
    if channel is not next(one for one in channels if one["region"] == channel["region"]):
        # Somebody known by a business-scoped id only cannot be recognised on a number of another account.
        people = [person for person in people if not person.hidden]
    return people[: channel["conversations"]]


def _spread(count: int, rng: Random) -> list[str]:
    endings = [ending for ending, share in _ENDINGS.items() for _ in range(round(count * share / 100))]
    endings = (endings + ["resolved"] * count)[:count]
    rng.shuffle(endings)
    return endings


def _sizes(count: int, rng: Random) -> list[int]:
    long = [rng.randrange(low, high) for many, low, high in _LONG for _ in range(many)]
    sizes = long + [rng.randrange(*_SHORT) for _ in range(count - len(long))]
    rng.shuffle(sizes)
    return sizes


def _age(ending: str, rng: Random) -> timedelta:
    """How long ago the last message was: who waits has not waited long, what is resolved reaches back to the start."""
    if ending in ("unassigned", "waiting"):
        minutes = rng.uniform(0.7, 40) if rng.random() < 0.45 else rng.uniform(40, 22 * 60)
        return timedelta(minutes=minutes)
    if ending in ("failed", "unconfirmed"):
        return timedelta(hours=rng.uniform(1, 60))
    if ending == "answered":
        return timedelta(hours=rng.uniform(0.05, 20) if rng.random() < 0.5 else rng.uniform(20, 24 * 9))
    return timedelta(days=rng.uniform(0.05, 2) if rng.random() < 0.15 else rng.uniform(2, DAYS - 8))
