"""The channel layer carries only "stream X has reached N". Losing one costs a heartbeat, never an event."""

import asyncio
import logging
import os
import threading

from channels.layers import get_channel_layer

GROUP = "kefu.streams"
logger = logging.getLogger(__name__)


class Nudger:
    """One thread with one event loop per process, so that a nudge costs the writer nothing.

    ``async_to_sync`` would build a loop, and with Redis a connection, for every write. Nudges that pile up while one
    is on its way are merged: only the newest head of a stream matters.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heads: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._process = 0

    def nudge(self, heads: dict[str, int]) -> None:
        with self._lock:
            idle = not self._heads
            for stream, head in heads.items():
                self._heads[stream] = max(head, self._heads.get(stream, 0))
            loop = self._running_loop()
        if idle:
            asyncio.run_coroutine_threadsafe(self._send(), loop)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None or self._process != os.getpid():  # a forked worker has no thread of its parent's
            self._process = os.getpid()
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="nudger", daemon=True).start()
        return self._loop

    async def _send(self) -> None:
        with self._lock:
            heads, self._heads = self._heads, {}
        try:
            await get_channel_layer().group_send(GROUP, {"type": "streams.advanced", "heads": heads})
        except Exception:
            logger.warning("could not nudge %s; the next heartbeat will", sorted(heads), exc_info=True)


_nudger = Nudger()


def nudge(heads: dict[str, int]) -> None:
    """Tell every server process how far the streams have come. Never raises and never waits."""
    _nudger.nudge(heads)
