"""i: two hundred people of five regions, all signed in, over a million conversations: what each level reads, what
keeping regions apart costs, and how soon an assignment is on every screen it concerns."""

import asyncio
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Row
from tests.bench.sockets import Tabs
from tests.bench.team import ROLES, TeamWishes
from tests.house.house import TWO_WORKERS, House, drop_database, environment

WISHES = TeamWishes(conversations=int(os.environ.get("KEFU_BENCH_CONVERSATIONS", "1000000")))
ROUNDS = 60  # of each of a level's questions
ASSIGNMENTS, A_SECOND = 300, 5
SETTLE_SECONDS = 20
_WARM_UP = 5
_AIM_LIST_MS, _AIM_COUNTS_MS, _AIM_SEEN_MS, _AIM_ISOLATION = 30, 50, 250, 1.1
_API = "/api/v1"
_LISTS = ("mine", "unassigned", "all", "resolved")
# Who sees every conversation of their region; trainees and finance see what is assigned or marked.
_SEE_ALL = ("observer", "agent", "senior", "supervisor", "admin")


def run(profile: str) -> list[Measure]:
    with _team(profile) as (house, regions):
        reads, seen = asyncio.run(_at_work(house, regions))
        house.stop()  # what it costs the query is measured with nothing else going on
        agent = regions[0]["people"]["agent"][0]["id"]
        isolation = json.loads(house.python("-m", "tests.bench.isolation", str(agent)).stdout)
    return [*_of_reads(reads), *_of_isolation(isolation), *seen]


@contextmanager
def _team(profile: str) -> Iterator[tuple[House, list[dict[str, Any]]]]:
    with tempfile.TemporaryDirectory(prefix="kefu-bench-") as folder:
        data = Path(folder)
        house = House(environment(data, profile=profile), data, workers=TWO_WORKERS)
        try:
            house.manage("prepare")
            world = json.loads(house.python("-m", "tests.bench.team", WISHES.as_json()).stdout)
            house.start()
            house.wait_until_ready(within=180)
            yield house, world["regions"]
        finally:
            house.stop()
            drop_database(house.env)


async def _at_work(house: House, regions: list[dict[str, Any]]) -> tuple[dict[str, list[float]], list[Measure]]:
    """Reads and assignments, while everybody's tab is open."""
    everybody = [
        {**one, "role": role, "region": region["id"]}
        for region in regions
        for role, people in region["people"].items()
        for one in people
    ]
    screens = Screens(everybody)
    async with Tabs(house.url, everybody, screens.heard, read=assigned):
        reads = await _read(house, regions)
        return reads, await _assign(house, regions, screens)


# --- reads


async def _read(house: House, regions: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Seconds by ``list of <role>``, ``counts`` and ``me``: people of every region in turn."""
    took: dict[str, list[float]] = defaultdict(list)
    for number in range(-_WARM_UP, ROUNDS):
        people = regions[number % len(regions)]["people"]
        connection = await Connection.to(house.url)
        for role in ROLES:
            key = people[role][number % len(people[role])]["api_key"]
            questions = [(f"list of {role}", f"conversations?view={view}") for view in _LISTS]
            for what, path in [*questions, ("counts", "conversations/counts"), ("me", "me")]:
                began = time.perf_counter()
                await _answer(connection, path, key)
                if number >= 0:
                    took[what].append(time.perf_counter() - began)
        connection.close()
    return took


async def _answer(connection: Connection, path: str, key: str) -> Any:
    status, content = await connection.get(f"{_API}/{path}", f"authorization: Api-Key {key}\r\n".encode())
    if status != 200:
        raise RuntimeError(f"{path} answered {status}: {content[:300]!r}")
    return json.loads(content)


def _of_reads(took: Mapping[str, list[float]]) -> list[Measure]:
    least, named = milliseconds(took["me"], 0.95), "what one is oneself (GET me), the least that is asked"
    measures = []
    for what in [*(f"list of {role}" for role in ROLES), "counts"]:
        aim = _AIM_COUNTS_MS if what == "counts" else _AIM_LIST_MS
        note = f"p50 {milliseconds(took[what], 0.5):.1f} ms"
        value = milliseconds(took[what], 0.95)
        measures.append(Measure(f"{what}, p95", value, "ms", reference=least, reference_name=named, aim=aim, note=note))
        named = ""
    return measures


def _of_isolation(took: Mapping[str, Mapping[str, list[float]]]) -> list[Measure]:
    return [
        Measure(
            f"list query of what is {state}, p50", milliseconds(both["with"], 0.5), "ms",
            reference=milliseconds(both["without"], 0.5), reference_name="as if there were no regions",
            aim_ratio=_AIM_ISOLATION,
            note=f"p95 {milliseconds(both['with'], 0.95):.1f} ms, without {milliseconds(both['without'], 0.95):.1f}",
        )
        for state, both in took.items()
    ]  # fmt: skip


# --- assignments


def assigned(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """``<conversation> <assignee>`` of every conversation that somebody has."""
    rows = [event["payload"] for event in events if event["kind"] == "conversation.changed"]
    return [f"{row['id']} {row['assignee']['id']}" for row in rows if row["assignee"]]


class Screens:
    """When each tab first showed that a conversation is somebody's. ``concerned`` are the tabs by region."""

    def __init__(self, everybody: list[dict[str, Any]]) -> None:
        self.at: dict[str, dict[int, float]] = defaultdict(dict)
        regions = {one["region"] for one in everybody}
        self.concerned = {
            region: {
                tab
                for tab, one in enumerate(everybody)
                if one["role"] == "admin" or (one["region"] == region and one["role"] in _SEE_ALL)
            }
            for region in regions
        }

    def heard(self, tab: int, what: str, at: float) -> None:
        self.at[what].setdefault(tab, at)


async def _assign(house: House, regions: list[dict[str, Any]], screens: Screens) -> list[Measure]:
    """Seniors give away what nobody has, at a steady pace, every region in turn."""
    deeds = await _deeds(house, regions)
    due: dict[str, tuple[float, int]] = {}
    running = []
    began = time.perf_counter()
    for number, (region, conversation, to, key) in enumerate(deeds):
        at = began + number / A_SECOND
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        due[f"{conversation} {to}"] = (at, region)
        running.append(asyncio.create_task(_give(house.url, conversation, to, key)))
    await asyncio.gather(*running)
    deadline = time.perf_counter() + SETTLE_SECONDS
    while _missing(due, screens) and time.perf_counter() < deadline:
        await asyncio.sleep(0.1)
    delays = [screens.at[what][tab] - at for what, (at, region) in due.items() for tab in _saw(what, region, screens)]
    least = min(len(tabs) for tabs in screens.concerned.values())
    note = f"{len(deeds)} assignments, {A_SECOND} a second, each on at least {least} screens; counted from when due"
    return [
        Measure("assignment on a screen, p50", milliseconds(delays, 0.5), "ms", note=note),
        Measure("assignment on a screen, p99", milliseconds(delays, 0.99), "ms", aim=_AIM_SEEN_MS),
        Measure("screens that did not show it", _missing(due, screens), "", aim=0),
    ]


def _saw(what: str, region: int, screens: Screens) -> set[int]:
    return screens.concerned[region] & screens.at[what].keys()


def _missing(due: Mapping[str, tuple[float, int]], screens: Screens) -> int:
    return sum(len(screens.concerned[region]) - len(_saw(what, region, screens)) for what, (_, region) in due.items())


async def _deeds(house: House, regions: list[dict[str, Any]]) -> list[tuple[int, str, int, str]]:
    """Region, conversation, to whom, and the key of the senior who does it; regions in turn."""
    by_region = []
    wanted = -(-ASSIGNMENTS // len(regions))
    for region in regions:
        key = region["people"]["senior"][0]["api_key"]
        agents = region["people"]["agent"]
        rows = await _unassigned(house, key, wanted)
        by_region.append(
            [(region["id"], row, agents[place % len(agents)]["id"], key) for place, row in enumerate(rows)]
        )
    return [deed for together in zip(*by_region, strict=True) for deed in together][:ASSIGNMENTS]


async def _unassigned(house: House, key: str, wanted: int) -> list[str]:
    connection, found, path = await Connection.to(house.url), list[str](), "conversations?view=unassigned"
    following = path
    while len(found) < wanted:
        page = await _answer(connection, following, key)
        found += [row["id"] for row in page["results"]]
        if page["next"] is None:
            break
        following = f"{path}&cursor={page['next']}"
    connection.close()
    if len(found) < wanted:
        raise RuntimeError(f"only {len(found)} conversations have nobody; {wanted} are needed")
    return found[:wanted]


async def _give(url: str, conversation: str, to: int, key: str) -> None:
    connection = await Connection.to(url)
    headers = f"authorization: Api-Key {key}\r\ncontent-type: application/json\r\n".encode()
    path = f"{_API}/conversations/{conversation}/assign"
    status, content = await connection.post(path, json.dumps({"assignee": to}).encode(), headers)
    connection.close()
    if status != 200:
        raise RuntimeError(f"assigning answered {status}: {content[:300]!r}")


ROW = Row("i", f"{WISHES.people} people of {WISHES.regions} regions over {WISHES.conversations:,} conversations", run)
