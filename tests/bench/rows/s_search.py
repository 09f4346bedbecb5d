"""s: finding words in a large world that is encrypted: the first page, over HTTP, and what the index takes."""

import asyncio
import json
import os
import time
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Row, loaded
from tests.house.house import House

MESSAGES = int(os.environ.get("KEFU_BENCH_MESSAGES", "1000000"))
ROUNDS = 60
_WARM_UP = 5
_AIM_MS = {"services": 150, "embedded": 300}
_AIM_SIZE = 1.5
_API = "/api/v1"
_LIST = "the list"
_UNINDEXED = "one character"  # looked for among the latest messages, all of which are opened
_SIZE = {
    "services": "SELECT pg_total_relation_size('security_searchentry')"
    " + pg_total_relation_size('security_searchblock')",
    "embedded": "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master"
    " WHERE tbl_name LIKE 'security\\_search%%' ESCAPE '\\')",
}
_ENTRIES = {
    "services": "SELECT count(*) + (SELECT sum(cardinality(held)) FROM security_searchblock) FROM security_searchentry",
    "embedded": "SELECT count(*) FROM security_searchentry",
}
# Of the demo's own material: what nearly every conversation has, what few have, and what nobody ever wrote.
QUESTIONS: Mapping[str, Sequence[str]] = {
    "common word": ("q=order", "q=please", "q=thanks"),
    "rare word": ("q=teapot", "q=customs", "q=invoice"),
    "two words": ("q=order+today", "q=refund+please", "q=thanks+order"),
    "phrase": ('q="my+order"', "q=「已經收到」", 'q="thank+you"'),
    "Chinese": ("q=謝謝", "q=訂單", "q=退款"),
    _UNINDEXED: ("q=謝", "q=茶", "q=貓"),
    "number": ("q=2026", "q=0912", "q=8842"),
    "filtered": ("q=order&direction=out", "q=please&type=image,document", "q=thanks&until=2000-01-01T00:00:00Z"),
    "nowhere": ("q=zyzzyva", "q=鱷魚皮", "q=987654321"),
}
Took = dict[tuple[str, str], list[float]]


def run(profile: str) -> list[Measure]:
    with loaded(profile, messages=MESSAGES) as house:
        return measure(house, profile)


def measure(house: House, profile: str) -> list[Measure]:
    people = json.loads(house.python("-m", "tests.bench.levels").stdout)
    took = asyncio.run(_ask(house, people))
    by_kind = {kind: took["admin", kind] for kind in QUESTIONS}
    by_level = {
        level: [each for kind in QUESTIONS if kind != _UNINDEXED for each in took[level, kind]] for level in people
    }
    listed = {level: milliseconds(took[level, _LIST], 0.95) for level in people}
    return [
        *(_first_page(f"{kind}, three regions", one, listed["admin"], profile) for kind, one in by_kind.items()),
        *(
            _first_page(f"the indexed questions, {level}", one, listed[level], profile)
            for level, one in by_level.items()
        ),
        _size(house),
    ]


def _first_page(name: str, took: Sequence[float], listed: float, profile: str) -> Measure:
    return Measure(
        f"{name}, p95", milliseconds(took, 0.95), "ms", reference=listed,
        reference_name="first page of the same person's conversations", aim=_AIM_MS[profile],
        note=f"p50 {milliseconds(took, 0.5):.1f} ms, worst {milliseconds(took, 1):.0f} ms, {len(took)} asked",
    )  # fmt: skip


def _size(house: House) -> Measure:
    """The index with all that finds its rows, beside the messages' own words as they are stored."""
    ((entries,),) = house.rows(_ENTRIES[house.profile])
    ((messages, text),) = house.rows("SELECT count(*), sum(length(content)) FROM inbox_message")
    ((index,),) = house.rows(_SIZE[house.profile])
    return Measure(
        "size of the index", int(index) / 1e6, "MB", reference=int(text) / 1e6,
        reference_name=f"contents of {messages:,} messages as they are stored", aim_ratio=_AIM_SIZE,
        note=f"{entries:,} are found; {int(index) / entries:.0f} bytes each, contents {int(text) / messages:.0f}",
    )  # fmt: skip


async def _ask(house: House, people: Mapping[str, str]) -> Took:
    """Everybody and all kinds in turn, so that whatever else the machine does meets each."""
    keys = {account["email"]: account["api_key"] for account in house.info()["accounts"]}
    paths = {
        kind: [f"{_API}/search/messages?{quote(asked, safe='=&+:,')}" for asked in questions]
        for kind, questions in QUESTIONS.items()
    } | {_LIST: [f"{_API}/conversations?view=all"]}
    took: Took = {(level, kind): [] for level in people for kind in paths}
    for number in range(-_WARM_UP, ROUNDS):
        line = await Connection.to(house.url)
        for level, kind in took:
            path = paths[kind][number % len(paths[kind])]
            began = time.perf_counter()
            status, content = await line.get(path, f"authorization: Api-Key {keys[people[level]]}\r\n".encode())
            if status != 200:
                raise RuntimeError(f"{path} answered {status}: {content[:300]!r}")
            if number >= 0:
                took[level, kind].append(time.perf_counter() - began)
        line.close()
    return took


ROW = Row("s", "searching what is encrypted, first page over HTTP", run)
