"""Browser tabs that follow the live stream by the words of ``docs/live-stream.md``, and can be cut off at any time."""

import asyncio
import contextlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

from tests.faults.place import Place

_RECONNECT_SECONDS = (0.05, 0.5)
_START_OVER = 4409
_CUT_BEFORE_HELLO = 0.05
Objects = dict[str, dict[str, Any]]


class Tab:
    """What one browser tab knows: ``objects`` by id (newest version wins), ``cursors``, and when each text came."""

    def __init__(self, url: Callable[[], str], agent: dict[str, str], *, seed: int = 0) -> None:
        self.url = url
        self.agent = agent
        self.cursors: dict[str, int] = {}
        self.objects: dict[str, Objects] = {"message.changed": {}, "conversation.changed": {}}
        self.seen_at: dict[str, float] = {}
        self.connections = self.started_over = 0
        self.loaded = False
        self._random = random.Random(seed)
        self._socket: ClientConnection | None = None
        self._greeted = False

    async def live(self) -> None:
        """Connect, follow, and connect again for ever."""
        while True:
            with contextlib.suppress(OSError, ConnectionClosed, InvalidHandshake, requests.RequestException):
                await self._connection()
            await asyncio.sleep(self._random.uniform(*_RECONNECT_SECONDS))

    def cut(self) -> bool:
        """The network drops this connection, without a word to either side. True when it was greeted already; one that
        is just being made is mostly spared, else a busy machine would never finish one."""
        greeted, socket = self._greeted, self._socket
        if socket is None or not (greeted or self._random.random() < _CUT_BEFORE_HELLO):
            return False
        self._socket, self._greeted = None, False
        socket.transport.abort()
        return greeted

    async def _connection(self) -> None:
        url = self.url()
        headers = {"Cookie": f"kefu_session={self.agent['session']}"}
        where = url.replace("http", "ws") + "/ws/stream"
        opening = connect(where, additional_headers=headers, origin=Origin(url), max_size=None, open_timeout=10)
        async with opening as socket:
            self._socket = socket
            await socket.send(json.dumps({"type": "hello", "since": self.cursors if self.loaded else {}}))
            try:
                async for text in socket:
                    await self._take(json.loads(text))
            except ConnectionClosed as closed:
                if closed.rcvd is not None and closed.rcvd.code == _START_OVER:
                    self._start_over()
                raise
            finally:
                self._socket, self._greeted = None, False

    async def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "hello":
            self.connections += 1
            self._greeted = True
            if not self.loaded:
                self.cursors = dict(frame["heads"])
                for kind, found in (await asyncio.to_thread(load, self.url(), self.agent)).items():
                    for one in found.values():
                        self._keep(kind, one)
                self.loaded = True
        elif frame["type"] == "events":
            for event in frame["events"]:
                if event["kind"] in self.objects:
                    self._keep(event["kind"], event["payload"])
            self.cursors[frame["stream"]] = max(frame["upto"], self.cursors.get(frame["stream"], 0))

    def _keep(self, kind: str, one: dict[str, Any]) -> None:
        known = self.objects[kind].get(one["id"])
        if known is None or known["version"] <= one["version"]:
            self.objects[kind][one["id"]] = one
        if kind == "message.changed" and known is None and self.loaded:
            self.seen_at.setdefault(str(one["content"].get("text")), time.monotonic())

    def _start_over(self) -> None:
        self.started_over += 1
        self.cursors, self.loaded = {}, False
        for found in self.objects.values():
            found.clear()


def load(url: str, agent: dict[str, str]) -> dict[str, Objects]:
    """Everything the agent may see, by REST: the truth to compare with."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Api-Key {agent['api_key']}"
        base = f"{url}/api/v1/conversations"
        conversations = {row["id"]: row for row in _pages(session, f"{base}?view=any&limit=100")}
        messages = {
            row["id"]: row for place in conversations for row in _pages(session, f"{base}/{place}/messages?limit=100")
        }
    return {"conversation.changed": conversations, "message.changed": messages}


def _pages(session: requests.Session, url: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = ""
    while cursor is not None:
        answer = session.get(f"{url}&cursor={cursor}" if cursor else url, timeout=30)
        answer.raise_for_status()
        page = answer.json()
        yield from page["results"]
        cursor = page["next"]


def differences(tab: Tab, truth: dict[str, Objects]) -> list[str]:
    """Where a tab's state is not the server's. What only the reader's own answer holds is left out."""
    own = "read_count"
    found = []
    for kind, rows in truth.items():
        mine = tab.objects[kind]
        found += [f"{kind} {one}: surplus" for one in mine.keys() - rows.keys()]
        for one, row in rows.items():
            if one not in mine:
                found.append(f"{kind} {one}: missing")
            elif {**mine[one], own: None} != {**row, own: None}:
                found.append(f"{kind} {one}: {mine[one]} instead of {row}")
    return found


@contextmanager
def tabs(place: Place, count: int = 1, *, url: Callable[[], str] | None = None) -> Iterator[list[Tab]]:
    """Tabs of the place's agents, live in a thread with an event loop of its own."""
    agents = place.world["agents"]
    opened = [
        Tab(url or (lambda: place.house.url), agents[number % len(agents)], seed=number) for number in range(count)
    ]
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="tabs", daemon=True)
    thread.start()
    lives = [asyncio.run_coroutine_threadsafe(tab.live(), loop) for tab in opened]
    try:
        yield opened
    finally:
        for life in lives:
            life.cancel()
        asyncio.run_coroutine_threadsafe(_ended(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


async def _ended() -> None:
    """Everything that was cancelled has closed what it held."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=10)
