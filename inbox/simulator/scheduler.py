"""The background loop for what was planned: statuses, habits, handshakes, fetching linked media."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from inbox.simulator.acting import habits
from inbox.simulator.messaging import linked_media, statuses
from inbox.simulator.storage import numbers, timers
from inbox.simulator.webhooks import handshake

if TYPE_CHECKING:
    from inbox.simulator.world import World

log = logging.getLogger(__name__)
_LONGEST_SLEEP = 30.0
# A timer whose work waits for the network is only put off; if the process dies meanwhile it comes up again.
_LEASE = 60.0


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
                if timer["kind"] == "status":
                    timers.remove(self.world.database, timer["id"])
                    statuses.apply(
                        self.world, timer["subject"], timer["detail"]["status"], timer["detail"].get("error")
                    )
                elif timer["kind"] == "habit":
                    timers.remove(self.world.database, timer["id"])
                    habits.follow(self.world, timer["subject"], timer["detail"])
                else:
                    timers.put_off(self.world.database, timer["id"], self.world.clock.now() + _LEASE)
                    self._start(timer)

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
