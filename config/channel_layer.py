"""The channel layer of the one-process default."""

import asyncio
from typing import Any

from channels.layers import InMemoryChannelLayer


class ThreadSafeChannelLayer(InMemoryChannelLayer):
    """Channels' in-memory layer, usable from Celery's threads.

    The stock one puts into an ``asyncio.Queue`` of another loop without waking it: a nudge from a worker
    thread then waits for the server's next wake-up (0.85 s measured). Every send hops to the loop that reads.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._reading_loop: asyncio.AbstractEventLoop | None = None

    async def receive(self, channel: str) -> Any:
        self._reading_loop = asyncio.get_running_loop()
        return await super().receive(channel)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        home = self._reading_loop
        if home is None or home is asyncio.get_running_loop() or home.is_closed():
            await super().group_send(group, message)
            return
        asyncio.run_coroutine_threadsafe(super().group_send(group, message), home)
