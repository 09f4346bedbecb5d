"""The background loop for what was planned: statuses, habits, handshakes, fetching linked media."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import incidents, tiers
from inbox.simulator.acting import habits
from inbox.simulator.messaging import linked_media, statuses
from inbox.simulator.storage import numbers, timers
from inbox.simulator.templates import timetable
from inbox.simulator.webhooks import handshake

if TYPE_CHECKING:
    from inbox.simulator.world import World

Timer = dict[str, Any]
log = logging.getLogger(__name__)
_LONGEST_SLEEP = 30.0
# A timer whose work waits for the network is only put off; if the process dies meanwhile it comes up again.
_LEASE = 60.0


def _status(world: World, timer: Timer) -> None:
    statuses.apply(world, timer["subject"], timer["detail"]["status"], timer["detail"].get("error"))


# What happens at once and within the transaction; the others wait for the network.
_AT_ONCE: dict[str, Callable[[World, Timer], object]] = {
    "status": _status,
    "habit": lambda world, timer: habits.follow(world, timer["subject"], timer["detail"]),
    "template": lambda world, timer: timetable.run(world, timer["subject"], timer["detail"]),
    "tier": lambda world, timer: tiers.rise(world, timer["subject"]),
    "number": lambda world, timer: incidents.run_timer(world, "number", timer["subject"]),
    "account": lambda world, timer: incidents.run_timer(world, "account", timer["subject"]),
}


class Scheduler:
    def __init__(self, world: World) -> None:
        self.world = world
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        self.world.on_wake(asyncio.get_running_loop(), self._wake)
        try:
            while True:
                self._wake.clear()
                self._run_due()
                await self._sleep()
        finally:
            for task in self._tasks:
                task.cancel()

    async def _sleep(self) -> None:
        due = timers.next_due(self.world.database)
        pause = _LONGEST_SLEEP if due is None else min(_LONGEST_SLEEP, due - self.world.clock.now())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), max(pause, 0.002))

    def _run_due(self) -> None:
        with self.world.database.transaction():
            for timer in timers.due(self.world.database, self.world.clock.now()):
                if timer["kind"] in _AT_ONCE:
                    timers.remove(self.world.database, timer["id"])
                    self._do(timer)
                else:
                    timers.put_off(self.world.database, timer["id"], self.world.clock.now() + _LEASE)
                    self._start(timer)

    def _do(self, timer: Timer) -> None:
        """What fails is logged and gone: it must not keep everything else from happening."""
        try:
            _AT_ONCE[timer["kind"]](self.world, timer)
        except Exception:
            log.exception("Timer %s (%s) failed", timer["id"], timer["kind"])

    def _start(self, timer: dict[str, Any]) -> None:
        task = asyncio.create_task(self._work(timer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, timer: dict[str, Any]) -> None:
        try:
            if timer["kind"] == "handshake":
                await self._shake_hands(timer)
            elif timer["kind"] == "link":
                await asyncio.to_thread(linked_media.fetch_for, self.world, timer["subject"])
        except Exception:
            log.exception("Timer %s (%s) failed", timer["id"], timer["kind"])
        timers.remove(self.world.database, timer["id"])
        self._wake.set()

    async def _shake_hands(self, timer: dict[str, Any]) -> None:
        number = numbers.find(self.world.database, timer["subject"])
        if number is None or number["handshake"] != "pending":
            return
        problem = await asyncio.to_thread(handshake.ask, self.world, number["webhook_url"], number["verify_token"])
        asked = {**number, "pause": timer["detail"].get("pause", 0)}
        handshake.settle(self.world, timer["subject"], asked, problem)
