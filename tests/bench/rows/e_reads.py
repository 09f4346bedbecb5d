"""e: what agents read all day, in a large world and in a small one, one request after the other over HTTP."""

import asyncio
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from uuid import UUID

from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Row, loaded
from tests.house.house import House

LARGE = int(os.environ.get("KEFU_BENCH_MESSAGES", "1000000"))
SMALL = 10_000
ROUNDS = 200
_WARM_UP = 10
_IDLE_SECONDS = 2
_AIM_MS = 30
_AIM_RATIO = 1.3
# One works in one region, the other sees all three.
_READERS = ("fay@kefu.demo", "ana@kefu.demo")
_VIEWS = ("mine", "unassigned", "all", "resolved")
_API = "/api/v1"

Asked = tuple[str, str]  # path, API key


class Line:
    """A connection that is opened anew before the server would end it for being idle."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: Connection | None = None
        self._used = 0.0

    @property
    def connection(self) -> Connection:
        assert self._opened is not None, "await ready() first"
        return self._opened

    async def ready(self) -> None:
        if self._opened is None or time.monotonic() - self._used > _IDLE_SECONDS:
            self.close()
            self._opened = await Connection.to(self._url)
        self._used = time.monotonic()

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


@dataclass
class Reads:
    """The questions of one world by kind, each kind in turn without end. ``took`` is until the answer was there,
    ``worked`` what the server's process spent on it: the first tells of the neighbours on the machine too."""

    house: House
    line: Line
    questions: Mapping[str, Iterator[Asked]]
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def run(profile: str) -> list[Measure]:
    with ExitStack() as stack:
        houses = [stack.enter_context(loaded(profile, messages=messages)) for messages in (LARGE, SMALL)]
        return measure(*houses)


def measure(large_house: House, small_house: House) -> list[Measure]:
    large, small = asyncio.run(_read(large_house, small_house))
    return [
        Measure(
            f"{kind}, p95", milliseconds(large.took[kind], 0.95), "ms", reference=milliseconds(small.took[kind], 0.95),
            reference_name=f"{SMALL:,} messages; value: {LARGE:,}" if kind == "list" else "", aim=_AIM_MS,
            aim_ratio=_AIM_RATIO, note=_notes(large, small, kind),
        )
        for kind in large.took
    ]  # fmt: skip


def _notes(large: Reads, small: Reads, kind: str) -> str:
    median, small_median = milliseconds(large.took[kind], 0.5), milliseconds(small.took[kind], 0.5)
    work, small_work = milliseconds(large.worked[kind], 0.5), milliseconds(small.worked[kind], 0.5)
    return f"p50 {median:.1f} ms, small {small_median:.1f}; CPU of the process {work:.1f} ms, small {small_work:.1f}"


async def _read(large_house: House, small_house: House) -> list[Reads]:
    """Both worlds take turns within every kind, so that whatever else the machine does meets both."""
    worlds = [await _prepared(house) for house in (large_house, small_house)]
    for number in range(-_WARM_UP, ROUNDS):
        for kind in worlds[0].questions:
            for world in worlds if number % 2 else reversed(worlds):
                took, worked = await _ask(world, next(world.questions[kind]))
                if number >= 0:
                    world.took[kind].append(took)
                    world.worked[kind].append(worked)
    for world in worlds:
        world.line.close()
    return worlds


async def _ask(world: Reads, asked: Asked) -> tuple[float, float]:
    await world.line.ready()
    worked, began = world.house.cpu_seconds(), time.perf_counter()
    await _answer(world.line, asked)
    return time.perf_counter() - began, world.house.cpu_seconds() - worked


async def _answer(line: Line, asked: Asked) -> bytes:
    path, key = asked
    await line.ready()
    status, content = await line.connection.get(path, f"authorization: Api-Key {key}\r\n".encode())
    if status != 200:
        raise RuntimeError(f"{path} answered {status}: {content[:300]!r}")
    return content


async def _prepared(house: House) -> Reads:
    keys = {account["email"]: account["api_key"] for account in house.info()["accounts"]}
    one, everywhere = (keys[email] for email in _READERS)
    line = Line(house.url)
    lists = [(f"{_API}/conversations?view={view}", key) for view in _VIEWS for key in (one, everywhere)]
    deeper = [deep for asked in lists for deep in await _next_pages(line, asked, pages=2)]
    longest, contacts, typical = _picked(house)
    thread = (f"{_API}/conversations/{longest}/messages", everywhere)
    older = await _next_pages(line, thread, pages=400)
    questions = {
        "list": [*lists, *deeper],
        "view counts": [(f"{_API}/conversations/counts", key) for key in (one, everywhere)],
        "thread of 5 to 15": [(f"{_API}/conversations/{pk}/messages", one) for pk in typical],
        "longest thread": [thread],
        "older page": older,
        "contact card": [(f"{_API}/contacts/{pk}", one) for pk in contacts],
        "a contact's conversations": [(f"{_API}/conversations?view=any&contact={pk}", one) for pk in contacts],
    }
    return Reads(house, line, {kind: cycle(asked) for kind, asked in questions.items()})


async def _next_pages(line: Line, asked: Asked, *, pages: int) -> list[Asked]:
    """The pages that follow, as far as there are any."""
    found = []
    path, key = asked
    sign = "&" if "?" in path else "?"
    following = path
    for _ in range(pages):
        cursor = json.loads(await _answer(line, (following, key)))["next"]
        if cursor is None:
            break
        following = f"{path}{sign}cursor={cursor}"
        found.append((following, key))
    return found


def _picked(house: House) -> tuple[UUID, list[UUID], list[UUID]]:
    """The longest thread; contacts and conversations of usual length, where the first reader works."""
    counts = house.rows("SELECT conversation_id, count(*) FROM inbox_message GROUP BY conversation_id")
    sizes = {_uuid(pk): count for pk, count in counts}
    home = house.rows(
        "SELECT c.id, c.contact_id FROM inbox_conversation c JOIN security_region r ON r.id = c.region_id "
        "WHERE r.code = %s ORDER BY c.id",
        "asia",
    )
    usual = [(_uuid(pk), _uuid(contact)) for pk, contact in home if 5 <= sizes[_uuid(pk)] <= 15]
    spread = usual[:: max(1, len(usual) // (ROUNDS + _WARM_UP))]
    longest = max(sizes, key=lambda pk: sizes[pk])
    return longest, list(dict.fromkeys(contact for _, contact in spread)), [pk for pk, _ in spread]


def _uuid(value: object) -> UUID:
    return UUID(str(value))


ROW = Row("e", "what agents read, at a million messages and at ten thousand, server time", run)
