"""Agents' live connections as a load test sees them: fifty tabs in one process, without decoding every frame fifty
times."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

Heard = Callable[[int, str, float], None]
Read = Callable[[Iterable[Mapping[str, Any]]], list[str]]
_INBOUND = "wamid.BENCH"


class Frames:
    """What a frame tells. Tabs of one region get equal texts, so each text is decoded once."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._told: dict[int, list[str]] = {}

    def told(self, frame: str) -> list[str]:
        key = hash(frame)
        if key not in self._told:
            if len(self._told) > 5000:
                self._told.clear()
            document = json.loads(frame)
            self._told[key] = self._read(document["events"] if document["type"] == "events" else ())
        return self._told[key]


def inbound_texts(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """The texts of new inbound messages: the bench writes its number into them."""
    messages = [event["payload"] for event in events if event["kind"] == "message.changed"]
    return [one["content"].get("text", "") for one in messages if one["direction"] == "in" and one["version"] == 1]


class Tabs:
    """``async with Tabs(url, agents, heard)``: every agent's tab, greeted and following. ``heard(tab, what, at)`` is
    called for every tab and everything that ``read`` finds in a frame's events, ``at`` by ``time.perf_counter()``."""

    def __init__(
        self, url: str, agents: Sequence[Mapping[str, str]], heard: Heard, *, read: Read = inbound_texts
    ) -> None:
        self._url = url.replace("http", "ws", 1) + "/ws/stream"
        self._origin = url
        self._agents = agents
        self._heard = heard
        self._frames = Frames(read)
        self._sockets: list[ClientConnection] = []
        self._readers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Tabs":
        for agent in self._agents:
            socket = await open_tab(self._url, agent["session"], self._origin)
            await socket.send('{"type":"hello","since":{}}')
            await asyncio.wait_for(socket.recv(), 20)
            self._sockets.append(socket)
        self._readers = [asyncio.create_task(self._read(*numbered)) for numbered in enumerate(self._sockets)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*(socket.close() for socket in self._sockets), return_exceptions=True)

    async def _read(self, tab: int, socket: ClientConnection) -> None:
        async for frame in socket:
            at = time.perf_counter()
            for what in self._frames.told(str(frame)):
                self._heard(tab, what, at)


async def open_tab(url: str, session: str, origin: str) -> ClientConnection:
    headers = {"Cookie": f"kefu_session={session}"}
    return await connect(url, additional_headers=headers, origin=origin, max_size=None, compression=None)  # type: ignore[arg-type]
