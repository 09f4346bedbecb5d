"""Management calls of an app on an account: 200 an hour, 5,000 with a registered number (Meta). Messages are free."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

from inbox.simulator.accounts import state
from inbox.simulator.errors import GraphError
from inbox.simulator.storage import numbers
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

_HOUR = 3600.0


class Quota:
    """The moments of the last hour's calls, per account and for the app. Not kept over a restart."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[float]] = {}

    def used(self, name: str, now: float) -> int:
        calls = self._calls.setdefault(name, deque())
        while calls and calls[0] <= now - _HOUR:
            calls.popleft()
        return len(calls)

    def add(self, name: str, now: float) -> None:
        self._calls.setdefault(name, deque()).append(now)

    def regain_minutes(self, name: str, now: float) -> int:
        """Until the oldest call of the hour no longer counts."""
        calls = self._calls.get(name)
        return max(1, round((calls[0] + _HOUR - now) / 60)) if calls else 0


def most_of(world: World, waba_id: str) -> int:
    rule = limits()["throughput"]["management_calls_per_hour"]
    own = numbers.of_waba(world.database, waba_id)
    registered = any(state.of_number(world, row["phone_number_id"])["registered"] for row in own)
    return int(rule["with_registered_number" if registered else "no_registered_number"])


def take(world: World, waba_id: str) -> None:
    """Count one management call. Raises GraphError 80007 over the account's quota, 4 over the app's."""
    now = world.clock.now()
    if world.behaviour["management_quota"] and world.quota.used(waba_id, now) >= most_of(world, waba_id):
        raise GraphError(80007, "Too many calls on this account.", subcode=2446079)
    most = world.behaviour["app_calls_per_hour"]
    if most and world.quota.used("app", now) >= most:
        raise GraphError(4, "Application request limit reached.", subcode=2446079)
    world.quota.add(waba_id, now)
    world.quota.add("app", now)


def headers(world: World, waba_id: str) -> dict[str, str]:
    """Usage in percent; minutes until calls are taken again, 0 while they are (Meta: rate limit headers)."""
    now = world.clock.now()
    most, app_most = most_of(world, waba_id), world.behaviour["app_calls_per_hour"] or 100_000
    share = min(100, world.quota.used(waba_id, now) * 100 // most)
    app = min(100, world.quota.used("app", now) * 100 // app_most)
    regain = world.quota.regain_minutes(waba_id, now) if share >= 100 else 0
    usage = {"type": "whatsapp", "call_count": share, "total_cputime": share // 2, "total_time": share // 2,
             "estimated_time_to_regain_access": regain}  # fmt: skip
    return {
        "x-business-use-case-usage": json.dumps({waba_id: [usage]}),
        "x-app-usage": json.dumps({"call_count": app, "total_cputime": app // 2, "total_time": app // 2}),
    }
