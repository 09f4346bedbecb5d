"""Replays shared by everybody who needs them: after a restart hundreds of tabs ask for the same rows at once."""

import asyncio
from collections.abc import Awaitable, Callable

from security.live.batch import Batch

# Pages begin at multiples of this, so that tabs with different cursors share them; a tab leaves out what it has. Less
# than the smallest ``replay_page``: else a page could end before it reaches beyond a cursor.
ALIGNED = 25
KEPT_SECONDS = 1.0
_MOST_KEPT = 16

Key = tuple[str, int]


class Pages:
    """Pages of rows being read, and for a moment those just read. Rows never change, but more may follow: a page that
    does not reach beyond a cursor is read again."""

    def __init__(self, read: Callable[[str, int], Awaitable[Batch | None]]) -> None:
        self._read = read
        self._pages: dict[Key, asyncio.Task[Batch | None]] = {}

    async def after(self, stream: str, cursor: int) -> Batch | None:
        """A page that holds the rows after ``cursor``; ``None`` when there are none."""
        key = (stream, cursor - cursor % ALIGNED)
        while True:
            page = self._pages.get(key)
            own = page is None
            if page is None:
                page = self._begin(key)
            # Shielded: the tab that began to read may close while others wait for its page.
            batch = await asyncio.shield(page)
            if batch is not None and batch.upto > cursor:
                return batch
            if self._pages.get(key) is page:
                del self._pages[key]
            if own:  # read after it was asked for: there is nothing more
                return None

    def _begin(self, key: Key) -> "asyncio.Task[Batch | None]":
        page = asyncio.ensure_future(self._read(*key))
        self._pages[key] = page
        page.add_done_callback(lambda _: self._finished(key, page))
        return page

    def _finished(self, key: Key, page: "asyncio.Task[Batch | None]") -> None:
        if page.cancelled() or page.exception() is not None:
            self._forget(key, page)
            return
        asyncio.get_running_loop().call_later(KEPT_SECONDS, self._forget, key, page)
        done = [(other, task) for other, task in self._pages.items() if task.done()]
        for other, task in done[:-_MOST_KEPT]:
            self._forget(other, task)

    def _forget(self, key: Key, page: "asyncio.Task[Batch | None]") -> None:
        if self._pages.get(key) is page:
            del self._pages[key]
