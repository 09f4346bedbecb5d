"""A live connection at its edges: put out in mid-replay, dropped streams, a browser that reads slowly."""

import asyncio
from typing import Any

import orjson
import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator

from security.access import access_of
from security.actions.levels import set_level
from security.live.batch import FRAME_CHARACTERS, Batch
from security.live.consumer import StreamConsumer
from security.live.store import events_after
from security.models import BrowserSession, StreamHead, User
from security.session_store import SessionStore
from security.threads import in_thread
from tests.conftest import BY, Cast
from tests.security.live.conftest import beat_every
from tests.worlds.channels import channel
from tests.worlds.duty import at_work
from tests.worlds.serving import session_of
from tests.worlds.threads import thread

pytestmark = pytest.mark.django_db(transaction=True)


async def opened(user: User, consumer: type[StreamConsumer] = StreamConsumer) -> WebsocketCommunicator:
    tab = WebsocketCommunicator(consumer.as_asgi(), "/ws/stream")
    tab.scope["session"] = SessionStore(await in_thread(session_of, user))
    assert (await tab.connect())[0]
    return tab


async def hello(tab: WebsocketCommunicator, since: dict[str, int]) -> dict[str, Any]:
    await tab.send_to(text_data=orjson.dumps({"type": "hello", "since": since}).decode())
    answer: dict[str, Any] = orjson.loads(await tab.receive_from(5))
    return answer


def test_put_out_in_the_middle_of_a_replay_it_closes_once_and_reads_no_more(cast: Cast):
    set_level(by=BY, user=cast.ben, level="senior")
    at_work(cast.ben)  # else that he is here now is told first
    reads: list[str] = []

    class Counted(StreamConsumer):
        async def _tell(self, batch: Batch) -> None:
            await in_thread(BrowserSession.objects.all().delete)
            reads.append(batch.stream)
            await super()._tell(batch)

    async def story() -> None:
        tab = await opened(cast.ben, Counted)
        await hello(tab, {f"person:{cast.ben.pk}": 0})
        assert await tab.receive_output(5) == {"type": "websocket.close", "code": 4401}
        assert await tab.receive_nothing(0.5)
        await tab.disconnect()

    asyncio.run(story())
    assert len(reads) == 1


def test_rows_of_a_stream_that_was_left_meanwhile_are_not_told(cast: Cast):
    thread(channel(cast.asia))
    events = events_after(f"region:{cast.asia.pk}", 0)

    class Leaving(StreamConsumer):
        sent: list[str] = []

        async def send(
            self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool = False
        ) -> None:
            self.sent.append(text_data or "")

    async def story() -> None:
        tab = Leaving()
        tab.cursors, tab._put_out = {}, False
        await tab._tell(Batch(f"region:{cast.asia.pk}", 0, events))
        assert tab.sent == []

    asyncio.run(story())


def test_a_frame_on_its_way_to_a_slow_browser_is_not_sent_again_by_the_heartbeat(cast: Cast):
    beat_every(1)
    shop = channel(cast.asia)
    stream = f"region:{cast.asia.pk}"
    sent: list[str] = []

    class Slow(StreamConsumer):
        async def send(
            self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool = False
        ) -> None:
            if text_data and orjson.loads(text_data)["type"] == "events":
                sent.append(text_data)
                await asyncio.sleep(2.5)  # two heartbeats
            await super().send(text_data=text_data, bytes_data=bytes_data, close=close)

    async def story() -> None:
        tab = await opened(cast.ben, Slow)
        await hello(tab, {})
        await in_thread(thread, shop)
        head = (await database_sync_to_async(StreamHead.objects.get)(pk=stream)).head
        while orjson.loads(await tab.receive_from(6)).get("upto") != head:
            pass
        await asyncio.sleep(1.2)
        await tab.disconnect()

    asyncio.run(story())
    assert len(sent) == len(set(sent)) >= 1


def test_a_batch_that_was_dropped_because_the_tab_was_slow_is_read_before_the_next_one(cast: Cast):
    """A full queue loses batches; the next one begins beyond the tab's cursor."""
    shop, stream = channel(cast.asia), f"region:{cast.asia.pk}"
    for _ in range(4):
        thread(shop)
    events = events_after(stream, 0)
    told: list[tuple[int, int]] = []

    class Heard(StreamConsumer):
        async def _tell(self, batch: Batch) -> None:
            told.append((batch.start, batch.upto))
            self.cursors[batch.stream] = batch.upto

    async def story() -> None:
        tab = Heard()
        tab.cursors, tab._put_out = {stream: 2}, False
        await tab._take(Batch(stream, 2, events[2:4]))
        await tab._take(Batch(stream, 8, events[8:]))

    asyncio.run(story())
    assert told[0] == (2, 4) and told[1][0] <= 4 < told[1][1], "what lay between came first"


def test_many_large_events_come_in_frames_of_bounded_size_that_end_where_the_rows_end(cast: Cast):
    """A frame that a server or proxy refuses to send would hold its tab up for ever."""
    stream, words = f"region:{cast.asia.pk}", "字" * 4096
    shop = channel(cast.asia)
    for _ in range(60):
        thread(shop, text=words)
    events = events_after(stream, 0)
    frames = Batch(stream, 0, events).frames_for(access_of(cast.ben), after=0)
    assert len(frames) > 1 and max(len(frame.text) for frame in frames) <= FRAME_CHARACTERS + 1000
    told = [orjson.loads(frame.text) for frame in frames]
    assert [one["seq"] for frame in told for one in frame["events"]] == [event.seq for event in events]
    assert [frame.upto for frame in frames] == [frame["upto"] for frame in told]
    assert all(frame["events"][-1]["seq"] == frame["upto"] for frame in told) and told[-1]["upto"] == events[-1].seq


def test_a_tab_that_closes_between_two_frames_stands_where_it_was_sent_to(cast: Cast):
    stream = f"region:{cast.asia.pk}"
    shop = channel(cast.asia)
    for _ in range(60):
        thread(shop, text="x" * 4096)
    batch, ben = Batch(stream, 0, events_after(stream, 0)), access_of(cast.ben)

    class Breaking(StreamConsumer):
        sent: list[str] = []

        async def send(
            self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool = False
        ) -> None:
            if self.sent:
                raise ConnectionResetError
            self.sent.append(text_data or "")

    async def story() -> None:
        tab = Breaking()
        tab.cursors, tab._put_out, tab.access = {stream: 0}, False, ben
        with pytest.raises(ConnectionResetError):
            await tab._tell(batch)
        assert tab.cursors[stream] == orjson.loads(tab.sent[0])["upto"] < batch.upto

    asyncio.run(story())
