"""u: counting segments while their conditions are being written, over HTTP, with the first people and the reading."""

import asyncio
import json
import os
import time
from collections.abc import Mapping
from typing import Any

from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Row, furnished

CONTACTS = int(os.environ.get("KEFU_BENCH_CONTACTS", "200000"))
ROUNDS = 20
_AIM_MS = 300


def questions(tag: str) -> dict[str, dict[str, Any]]:
    """What people ask, from one condition to everything at once; negative ones too, which databases find hard."""

    def asked(fact: str, op: str, value: Any = None, hours: int | None = None) -> dict[str, Any]:
        told = {"fact": f"contact.{fact}", "op": op}
        return told | ({} if value is None else {"value": value}) | ({} if hours is None else {"within_hours": hours})

    spent = {"amount_minor": 5000_00, "currency": "TWD"}
    return {
        "everybody of a country": {"all": [asked("country", "is_any", ["TW"])]},
        "a tag": {"all": [asked("tags", "has_any", [tag])]},
        "without a tag": {"all": [asked("tags", "has_none", [tag])]},
        "no order at all": {"all": [asked("orders", "eq", 0)]},
        "two orders or more": {"all": [asked("orders", "ge", 2)]},
        "fewer than three orders": {"all": [asked("orders", "lt", 3)]},
        "orders in 30 days": {"all": [asked("orders", "ge", 1, 720)]},
        "spent much": {"all": [asked("spent", "ge", spent)]},
        "not lately": {"all": [asked("last_order_at", "longer_ago", 90)]},
        "no open conversation": {"all": [asked("open_conversation", "is_false")]},
        "everything at once": {
            "all": [
                asked("may_get_marketing", "is_true"),
                asked("last_seen_at", "within_last", 180),
                {"any": [asked("tags", "has_any", [tag]), asked("spent", "ge", spent), asked("orders", "ge", 3)]},
                {"none": [asked("open_conversation", "is_true"), asked("country", "is_any", ["US"])]},
            ]
        },
    }


def run(profile: str) -> list[Measure]:
    with furnished(profile) as bench:
        world = json.loads(bench.house.python("-m", "tests.bench.segment_world", str(CONTACTS)).stdout)
        took = asyncio.run(_ask(bench.house.url, world["api_key"], world["region"], questions(world["tag"])))
    return [_measure(name, *found) for name, found in took.items()]


def _measure(name: str, took: list[float], count: int) -> Measure:
    note = f"{count:,} of {CONTACTS:,}; p50 {milliseconds(took, 0.5):.0f} ms, worst {milliseconds(took, 1):.0f} ms"
    return Measure(f"{name}, p95", milliseconds(took, 0.95), "ms", aim=_AIM_MS, note=note)


async def _ask(
    url: str, key: str, region: int, asked: Mapping[str, dict[str, Any]]
) -> dict[str, tuple[list[float], int]]:
    """All in turn, so that whatever else the machine does meets each."""
    found: dict[str, tuple[list[float], int]] = {name: ([], 0) for name in asked}
    head = f"authorization: Api-Key {key}\r\ncontent-type: application/json\r\n".encode()
    for number in range(-2, ROUNDS):
        line = await Connection.to(url)
        for name, conditions in asked.items():
            body = json.dumps({"region_id": region, "conditions": conditions}).encode()
            began = time.perf_counter()
            status, content = await line.post("/api/v1/segments/try", body, head)
            if status != 200:
                raise RuntimeError(f"{name}: {status} {content[:300]!r}")
            if number >= 0:
                found[name][0].append(time.perf_counter() - began)
            found[name] = (found[name][0], json.loads(content)["count"])
        line.close()
    return found


ROW = Row("u", "counting segments of 200,000 contacts, over HTTP", run)
