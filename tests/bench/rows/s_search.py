"""s: finding words in a large world that is encrypted: the first page, over HTTP, and what the index takes."""

import asyncio
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
# One sees three regions and everything there is; the other the last days of one.
_EVERYWHERE, _AGENT = "ana@kefu.demo", "ben@kefu.demo"
_API = "/api/v1"
# Of the demo's own material: what nearly every conversation has, what few have, and what nobody ever wrote.
_SIZE = {
    "services": "SELECT pg_total_relation_size('security_searchentry')",
    "embedded": "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master"
    " WHERE tbl_name = 'security_searchentry' OR tbl_name LIKE 'security\\_searchtext%%' ESCAPE '\\')",
}
QUESTIONS: Mapping[str, Sequence[str]] = {
    "common word": ("order", "please", "thanks"),
    "rare word": ("teapot", "customs", "invoice"),
    "two words": ("order today", "refund please", "thanks order"),
    "Chinese": ("謝謝", "訂單", "退款"),
    "number": ("2026", "0912", "8842"),
    "nowhere": ("zyzzyva", "鱷魚皮", "987654321"),
}


def run(profile: str) -> list[Measure]:
    with loaded(profile, messages=MESSAGES) as house:
        return measure(house, profile)


def measure(house: House, profile: str) -> list[Measure]:
    took = asyncio.run(_ask(house))
    listed = milliseconds(took["list"], 0.95)
    rows = [
        Measure(
            f"{kind}, first page, p95", milliseconds(took[kind], 0.95), "ms", reference=listed,
            reference_name=f"the list of conversations; {MESSAGES:,} messages" if kind == "common word" else "",
            aim=_AIM_MS[profile], note=f"p50 {milliseconds(took[kind], 0.5):.1f} ms",
        )
        for kind in took
        if kind != "list"
    ]  # fmt: skip
    return [*rows, _size(house)]


def _size(house: House) -> Measure:
    """The index with all that finds its rows, beside the messages' own words as they are stored."""
    ((entries,),) = house.rows("SELECT count(*) FROM security_searchentry")
    ((text,),) = house.rows("SELECT sum(length(content)) FROM inbox_message")
    ((index,),) = house.rows(_SIZE[house.profile])
    return Measure(
        "size of the index", int(index) / 1e6, "MB", reference=int(text) / 1e6,
        reference_name="contents of messages as they are stored", aim_ratio=_AIM_SIZE,
        note=f"{entries:,} entries; {int(index) / max(1, entries):.0f} bytes each, contents {int(text) / entries:.0f}",
    )  # fmt: skip


async def _ask(house: House) -> dict[str, list[float]]:
    """All kinds in turn, so that whatever else the machine does meets each."""
    keys = {account["email"]: account["api_key"] for account in house.info()["accounts"]}
    questions = {kind: [f"{_API}/search/messages?q={quote(q)}" for q in asked] for kind, asked in QUESTIONS.items()}
    questions["list"] = [f"{_API}/conversations?view=all"]
    took: dict[str, list[float]] = {
        f"{kind}, an agent" if agent else kind: [] for kind in questions for agent in (0, 1)
    }
    for number in range(-_WARM_UP, ROUNDS):
        line = await Connection.to(house.url)
        for kind, asked in questions.items():
            for agent, email in enumerate((_EVERYWHERE, _AGENT)):
                began = time.perf_counter()
                status, content = await line.get(
                    asked[number % len(asked)], f"authorization: Api-Key {keys[email]}\r\n".encode()
                )
                if status != 200:
                    raise RuntimeError(f"{asked} answered {status}: {content[:300]!r}")
                if number >= 0:
                    took[f"{kind}, an agent" if agent else kind].append(time.perf_counter() - began)
        line.close()
    took.pop("list, an agent")
    return took


ROW = Row("s", "searching what is encrypted, first page over HTTP", run)
