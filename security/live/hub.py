"""One hub per server process: reads each stream's new rows once and hands them to the sockets that follow it."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from security.live.batch import Batch
from security.live.company import company
from security.live.nudges import GROUP
from security.live.pages import Pages
from security.live.store import events_after, heads_and_floors
from security.threads import in_thread

logger = logging.getLogger(__name__)
LISTEN_AGAIN_SECONDS = 1


class Follower(Protocol):
    """A socket that can be handed batches."""

    def offer(self, batch: Batch) -> None:
        """Take a batch without waiting. One that cannot keep up drops it and reads the gap from the rows later."""


class Hub:
    """Fan-out within a process. ``tails[stream]`` is the last row handed out."""

    def __init__(self) -> None:
        self.followers: dict[str, set[Follower]] = defaultdict(set)
        self.tails: dict[str, int] = {}
        self.pages = Pages(_page)
        self._wanted: dict[str, int] = {}
        self._reading: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()

    async def listening(self) -> None:
        """Wait until nudges reach this process; not for long, since heartbeats carry on without them."""
        self._listen_on()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._subscribed.wait(), LISTEN_AGAIN_SECONDS)

    def join(self, follower: Follower, heads: dict[str, int]) -> None:
        """Follow streams from the given heads on; the caller replays up to ``tails`` itself."""
        self._listen_on()
        for stream, head in heads.items():
            self.followers[stream].add(follower)
            self.tails.setdefault(stream, head)

    def leave(self, follower: Follower, streams: Iterable[str] | None = None) -> None:
        """Stop following ``streams``, or everything."""
        wanted = list(self.followers if streams is None else streams)
        for stream in [name for name in wanted if follower in self.followers.get(name, ())]:
            self.followers[stream].discard(follower)
            if not self.followers[stream]:
                del self.followers[stream]
                self.tails.pop(stream, None)

    def advanced(self, heads: dict[str, int]) -> None:
        """A nudge or a heartbeat said how far streams have come: read what is new, one reader per stream."""
        for stream, head in heads.items():
            if stream not in self.followers or head <= self.tails.get(stream, 0):
                continue
            self._wanted[stream] = max(head, self._wanted.get(stream, 0))
            if stream not in self._reading:
                self._reading.add(stream)
                task = asyncio.create_task(self._read(stream))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def check_heads(self, streams: Sequence[str]) -> None:
        """Compare with the database: this is what heals a lost nudge."""
        heads, _ = await in_thread(heads_and_floors, streams)
        self.advanced(heads)

    def _listen_on(self) -> None:
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                self._subscribed.set()
                while True:
                    message = await layer.receive(channel)
                    self.advanced(message["heads"])
            except Exception:
                self._subscribed.clear()
                logger.warning("the channel layer is away; listening again in a second", exc_info=True)
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    async def _read(self, stream: str) -> None:
        try:
            while stream in self.followers and self._wanted[stream] > self.tails[stream]:
                start = self.tails[stream]
                events = await in_thread(events_after, stream, start)
                if not events or stream not in self.followers:
                    return
                batch = Batch(stream, start, events)
                self.tails[stream] = batch.upto
                company().noticed(batch)
                for follower in self.followers[stream]:
                    follower.offer(batch)
        except Exception:
            logger.exception("reading stream %s failed", stream)
        finally:
            self._reading.discard(stream)


async def _page(stream: str, start: int) -> Batch | None:
    events = await in_thread(events_after, stream, start)
    return Batch(stream, start, events) if events else None


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop: one per server process."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
