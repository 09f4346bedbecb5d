"""The background loop which delivers queued webhooks: in parallel, retried with growing pauses for seven days."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from inbox.simulator.messaging import receiving
from inbox.simulator.storage import deliveries, numbers
from inbox.simulator.webhooks import account, outage, signing, transport
from inbox.simulator.webhooks.transport import Answer

if TYPE_CHECKING:
    from inbox.simulator.world import World

log = logging.getLogger(__name__)
_LONGEST_SLEEP = 30.0


class Dispatcher:
    """`flying` holds the deliveries on their way: id → (number, lane). A killed process sends those again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.flying: dict[int, tuple[str, str]] = {}
        self._pool = ThreadPoolExecutor(32, thread_name_prefix="webhook")
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        self.world.on_wake(asyncio.get_running_loop(), self._wake)
        try:
            while True:
                self._wake.clear()
                for number in numbers.ready(self.world.database):
                    self._launch(number)
                await self._sleep()
        finally:
            for task in self._tasks:
                task.cancel()
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def _sleep(self) -> None:
        now = self.world.clock.now()
        due = deliveries.next_due(self.world.database, now)
        pause = _LONGEST_SLEEP if due is None else min(_LONGEST_SLEEP, due - now)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), max(pause, 0.005))

    def _launch(self, number: dict[str, Any]) -> None:
        """Start as many due deliveries of one number as may fly; of an ordered lane only the first."""
        name, ordered = number["phone_number_id"], self.world.behaviour["webhook_ordered"]
        while True:
            here = [(row, lane) for row, (owner, lane) in self.flying.items() if owner == name]
            free = int(self.world.behaviour["webhook_parallel"]) - len(here)
            lanes = [lane for _, lane in here if lane] if ordered else []
            rows = deliveries.due(self.world.database, name, self.world.clock.now(), flying=[row for row, _ in here],
                                  lanes=lanes, limit=free) if free > 0 else []  # fmt: skip
            if not rows:
                return
            for row in rows:
                if ordered and row["lane"] and row["lane"] in lanes:
                    continue
                lanes.append(row["lane"])
                self._start(number, row)

    def _start(self, number: dict[str, Any], row: dict[str, Any]) -> None:
        self.flying[row["id"]] = (number["phone_number_id"], row["lane"])
        task = asyncio.create_task(self._deliver(number, row))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, number: dict[str, Any], row: dict[str, Any]) -> None:
        try:
            # Meta: what is about the account goes to the app's own URL, past every override.
            url = number["webhook_url"] if row["label"].startswith(account.LABEL) else None
            answer = await self.attempt(number, row["body"], row["signature"], url)
            self._settle(row, answer)
        except Exception:
            log.exception("Delivery %s could not be settled; it stays pending", row["id"])
            await asyncio.sleep(1)
        finally:
            self.flying.pop(row["id"], None)
            self._wake.set()

    async def attempt(self, number: dict[str, Any], body: bytes, signature: str, url: str | None = None,
                      headers: dict[str, str] | None = None) -> Answer:  # fmt: skip
        """Send bytes once, signed with the number's present secret (Meta: a rotated secret signs retries too)."""
        target = url or numbers.callback(self.world.database, number)
        if target is None:
            return Answer(None, 0.0, "Nobody is subscribed")
        if outage.holds(self.world, number["phone_number_id"]):
            return Answer(None, 0.0, "Outage")
        old = self.world.database.recall(f"old_secret {number['phone_number_id']}") if signature == "old" else None
        signed = {**signing.headers(number["app_secret"], body, signature, old_secret=old), **(headers or {})}
        loop = asyncio.get_running_loop()
        timeout = self.world.behaviour["webhook_timeout"]
        return await loop.run_in_executor(self._pool, transport.post, target, body, signed, timeout)

    def _settle(self, row: dict[str, Any], answer: Answer) -> None:
        world, now = self.world, self.world.clock.now()
        late = 0 < world.behaviour["webhook_late_seconds"] < answer.milliseconds / 1000
        accepted = answer.status in world.behaviour["webhook_success"] and not late
        attempts = row["attempts"] + 1
        with world.database.transaction():
            deliveries.record_attempt(world.database, row["id"], at=now, milliseconds=answer.milliseconds,
                                      answered=answer.status, failure=answer.failure)  # fmt: skip
            changes: dict[str, Any] = {"attempts": attempts, "answered": answer.status, "failure": answer.failure}
            if accepted:
                changes["state"] = "delivered"
            elif now - row["created_at"] > world.behaviour["retry_for_days"] * 86400:
                changes["state"] = "dropped"
            else:
                changes["due_at"] = now + self._pause(attempts)
            deliveries.settle(world.database, row["id"], **changes)
            if accepted and row["wamid"]:
                receiving.arrived(world, row["wamid"])
        if row["id"] % 1000 == 0:
            deliveries.prune(world.database, int(world.behaviour["webhooks_kept"]))

    def _pause(self, attempts: int) -> float:
        """Seconds until the next try: the first at once, then doubled each time, with jitter."""
        rule = self.world.behaviour
        if attempts == 1:
            return float(rule["retry_first"])
        plain = min(rule["retry_cap"], rule["retry_base"] * rule["retry_factor"] ** min(attempts - 2, 60))
        return float(plain * (1 + self.world.chance.random.uniform(-1, 1) * rule["retry_jitter"]))
