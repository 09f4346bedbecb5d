"""News for open phone pages. Nothing here is the truth: a page which missed news reads the state again."""

import asyncio
from typing import Any

_WAITING_AT_MOST = 1000


class Listener:
    """One open page. `customer` None hears only news meant for everybody."""

    def __init__(self, customer: str | None) -> None:
        self.customer = customer
        self.queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(_WAITING_AT_MOST)
        self.loop = asyncio.get_running_loop()

    def offer(self, news: dict[str, Any] | None) -> None:
        if self.queue.full():
            # A page this slow is told to start over (None), which it can always do.
            while not self.queue.empty():
                self.queue.get_nowait()
            news = None
        self.queue.put_nowait(news)


class EventBus:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def listen(self, customer: str | None) -> Listener:
        listener = Listener(customer)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def publish(self, news: dict[str, Any], *, customer: str | None = None) -> None:
        """Tell the pages of `customer`, or every page when None. May be called from any thread."""
        for listener in list(self._listeners):
            if customer is None or listener.customer == customer:
                try:
                    listener.loop.call_soon_threadsafe(listener.offer, news)
                except RuntimeError:  # its loop has ended
                    self.leave(listener)
