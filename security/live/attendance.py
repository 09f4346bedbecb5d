"""Says for all tabs of a server process at once that their people are there."""

import asyncio
import contextlib
import logging
from collections import Counter
from weakref import WeakKeyDictionary

from security.actions.presence import attend
from security.models import SecurityPolicy
from security.threads import in_thread

logger = logging.getLogger(__name__)
_AT_FIRST_SECONDS = 15  # until the policy was read once


class Attendance:
    """``people`` counts the tabs of each. Somebody's first tab is told at once, all of them at every heartbeat; who
    closed their last one is not told of: they may have another one at another process, and lapse by themselves."""

    def __init__(self) -> None:
        self.people: Counter[int] = Counter()
        self._fresh: set[int] = set()
        self._wanted = asyncio.Event()
        self._calling: asyncio.Task[None] | None = None

    def enter(self, user_id: int) -> None:
        self.people[user_id] += 1
        if self.people[user_id] == 1:
            self._fresh.add(user_id)
            self._wanted.set()
        if self._calling is None or self._calling.done():
            self._calling = asyncio.create_task(self._call())

    def leave(self, user_id: int) -> None:
        self.people[user_id] -= 1
        if self.people[user_id] <= 0:
            del self.people[user_id]

    async def _call(self) -> None:
        loop = asyncio.get_running_loop()
        beat, due = _AT_FIRST_SECONDS, loop.time()
        while self.people or self._fresh:
            self._wanted.clear()
            all_due = loop.time() >= due
            here, self._fresh = (set(self.people) if all_due else self._fresh), set()
            try:
                beat = await in_thread(_said, sorted(here)) if here else beat
            except Exception:
                logger.warning("presence could not be written; the next heartbeat will", exc_info=True)
            due = loop.time() + beat if all_due else due
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), max(0.0, due - loop.time()))


def _said(user_ids: list[int]) -> int:
    """Write it down; returns after how many seconds to say it again."""
    attend(user_ids)
    return SecurityPolicy.current().heartbeat_seconds


_attendances: WeakKeyDictionary[asyncio.AbstractEventLoop, Attendance] = WeakKeyDictionary()


def attendance() -> Attendance:
    """That of the running event loop: one per server process."""
    return _attendances.setdefault(asyncio.get_running_loop(), Attendance())
