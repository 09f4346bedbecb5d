"""Replays that are shared: fewer reads, and never a row less."""

import asyncio

from django.core.validators import MinValueValidator

from security.live.batch import Batch
from security.live.pages import ALIGNED, Pages
from security.live.store import StoredEvent
from security.models import SecurityPolicy


class Rows:
    """A stream in memory that counts how often it is read."""

    def __init__(self, head: int, page: int = 125) -> None:
        self.head = head
        self.page = page
        self.reads: list[int] = []
        self.failing = False

    async def read(self, stream: str, start: int) -> Batch | None:
        self.reads.append(start)
        upto = min(self.head, start + self.page)
        await asyncio.sleep(0.01)
        if self.failing:
            raise ConnectionError("the database is away")
        events = [StoredEvent(seq, "k", "a", {}, None, "{}", "") for seq in range(start + 1, upto + 1)]
        return Batch(stream, start, events) if events else None


def test_many_with_cursors_near_each_other_read_once():
    rows = Rows(900)

    async def rush():
        pages = Pages(rows.read)
        return await asyncio.gather(*(pages.after("s", cursor) for cursor in range(300, 325) for _ in range(8)))

    found = asyncio.run(rush())
    assert rows.reads == [300]
    assert all(batch is not None and batch.start == 300 and batch.upto == 425 for batch in found)


def test_rows_that_came_after_a_page_was_read_are_found():
    rows = Rows(350)

    async def follow():
        pages = Pages(rows.read)
        first = await pages.after("s", 330)
        rows.head = 360
        second = await pages.after("s", 350)
        return first, second, await pages.after("s", 360)

    first, second, nothing = asyncio.run(follow())
    assert (first.upto, second.upto, nothing) == (350, 360, None)


def test_rows_that_came_while_a_page_was_being_read_are_found():
    rows = Rows(350)

    async def follow():
        pages = Pages(rows.read)
        reading = asyncio.ensure_future(pages.after("s", 330))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        rows.head = 351
        return await pages.after("s", 350), await reading

    late, early = asyncio.run(follow())
    assert (late.upto, early.upto) == (351, 350)


def test_a_failed_read_is_told_to_those_who_wait_and_not_kept():
    rows = Rows(350)
    rows.failing = True

    async def fail_then_read():
        pages = Pages(rows.read)
        failed = await asyncio.gather(pages.after("s", 330), pages.after("s", 340), return_exceptions=True)
        rows.failing = False
        return failed, await pages.after("s", 330)

    failed, batch = asyncio.run(fail_then_read())
    assert all(isinstance(error, ConnectionError) for error in failed)
    assert batch is not None and batch.upto == 350


def test_who_began_a_read_may_leave_without_taking_it_from_the_others():
    rows = Rows(350)

    async def leave():
        pages = Pages(rows.read)
        leaving = asyncio.ensure_future(pages.after("s", 330))
        staying = asyncio.ensure_future(pages.after("s", 330))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    batch = asyncio.run(leave())
    assert batch is not None and batch.upto == 350 and rows.reads == [325]


def test_pages_are_forgotten_after_a_moment(monkeypatch):
    monkeypatch.setattr("security.live.pages.KEPT_SECONDS", 0.01)
    rows = Rows(350)

    async def twice():
        pages = Pages(rows.read)
        await pages.after("s", 330)
        await asyncio.sleep(0.05)
        await pages.after("s", 330)
        return pages

    asyncio.run(twice())
    assert rows.reads == [325, 325]


def test_the_smallest_page_reaches_beyond_every_cursor_that_begins_in_it():
    field = SecurityPolicy._meta.get_field("replay_page")
    smallest = min(one.limit_value for one in field.validators if isinstance(one, MinValueValidator))
    assert smallest > ALIGNED

    async def walk():
        pages = Pages(small.read)
        cursor, told = 0, []
        while (batch := await pages.after("s", cursor)) is not None:
            told += [event.seq for event in batch.events if event.seq > cursor]
            cursor = batch.upto
        return told

    small = Rows(333, page=smallest)
    assert asyncio.run(walk()) == list(range(1, 334))
