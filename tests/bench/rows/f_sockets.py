"""f: 200 tabs come back at once, each a thousand events behind: how long until all have them, and what a tab costs."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Bench, Row, furnished
from tests.house.furnish import Wishes
from tests.house.house import House

AGENTS = 50
SOCKETS = 200
BEHIND = 1000
_CUSTOMERS = 500
_IDLE_SECONDS = 31  # two heartbeats
_QUIET_SECONDS = 4
_GIVE_UP_SECONDS = 120


@dataclass
class Tab:
    """One socket. ``took`` is from the beginning of the rush until it had everything."""

    socket: ClientConnection
    took: float = 0.0
    frames: list[str] = field(default_factory=list)


def run(profile: str) -> list[Measure]:
    with furnished(profile, Wishes(agents=AGENTS, customers=_CUSTOMERS), start=False) as bench:
        house = bench.house
        house.start(*(() if profile == "embedded" else ("simulator", "web")))
        house.wait_until_ready()
        return asyncio.run(_measure(bench))


async def _measure(bench: Bench) -> list[Measure]:
    house, stream = bench.house, f"region:{bench.world['region']}"
    sessions = [agent["session"] for agent in bench.world["agents"]]
    head = house.count("SELECT head FROM security_streamhead WHERE name = %s", stream)
    since = {stream: head - BEHIND}
    early = await _rush(house, sessions[:2], 4, since, upto=head)  # what the first socket makes once is no socket's own
    await _close(early)
    await asyncio.sleep(_QUIET_SECONDS)
    before, cpu_before = house.resident_mb(house.web), house.cpu_seconds()
    tabs = await _rush(house, sessions, SOCKETS, since, upto=head)
    busy = house.cpu_seconds() - cpu_before
    incomplete = sum(_incomplete(tab, stream, head) for tab in tabs)
    for tab in tabs:
        tab.frames.clear()
    await asyncio.sleep(_QUIET_SECONDS)
    after, cpu_quiet = house.resident_mb(house.web), house.cpu_seconds()
    await asyncio.sleep(_IDLE_SECONDS)
    idle = (house.cpu_seconds() - cpu_quiet) / _IDLE_SECONDS
    await _close(tabs)
    took = [tab.took for tab in tabs]
    return [
        Measure("all tabs have caught up", max(took), "s", aim=5, note=f"server process: {busy:.1f} s of CPU"),
        Measure("half of the tabs", milliseconds(took, 0.5) / 1000, "s"),
        Measure("memory per socket", (after - before) * 1024 / SOCKETS, "kB", aim=100),
        Measure("CPU of the server while all are idle", idle * 100, "%"),
        Measure("tabs that miss an event or got one twice", incomplete, "", aim=0),
    ]


async def _rush(house: House, sessions: Sequence[str], count: int, since: dict[str, int], *, upto: int) -> list[Tab]:
    began = time.perf_counter()
    coming = (_come_back(house, sessions[place % len(sessions)], since, upto, began) for place in range(count))
    return list(await asyncio.gather(*coming))


async def _come_back(house: House, session: str, since: dict[str, int], upto: int, began: float) -> Tab:
    """As a browser does it: compression is offered."""
    url = f"{house.url.replace('http', 'ws')}/ws/stream"
    headers = {"Cookie": f"kefu_session={session}"}
    socket = await connect(
        url, additional_headers=headers, origin=Origin(house.url), open_timeout=_GIVE_UP_SECONDS, max_size=2**24
    )
    tab = Tab(socket)
    await socket.send(json.dumps({"type": "hello", "since": since}))
    async with asyncio.timeout(_GIVE_UP_SECONDS):
        while True:
            frame = str(await socket.recv())
            tab.frames.append(frame)
            if frame.startswith('{"type":"events"') and _upto(frame) >= upto:
                break
    tab.took = time.perf_counter() - began
    return tab


def _upto(frame: str) -> int:
    return int(frame[: frame.index(',"events"')].rpartition(":")[2])


def _incomplete(tab: Tab, stream: str, head: int) -> bool:
    events = [json.loads(frame) for frame in tab.frames]
    seqs = [one["seq"] for frame in events if frame.get("stream") == stream for one in frame["events"]]
    return seqs != list(range(head - BEHIND + 1, head + 1))


async def _close(tabs: Sequence[Tab]) -> None:
    await asyncio.gather(*(tab.socket.close() for tab in tabs))


ROW = Row("f", "200 tabs come back a thousand events behind", run)
