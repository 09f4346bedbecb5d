"""t: all there is of a contact in one call, with many contacts and many orders."""

import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Row
from tests.house.house import TWO_WORKERS, House, drop_database, environment

CONTACTS = int(os.environ.get("KEFU_BENCH_CONTACTS", "200000"))
TALKS, ORDERS_EACH, ASKED, _WARM_UP = 2000, 5, 300, 20
_AIM_MS = 100


def run(profile: str) -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="kefu-bench-") as folder:
        data = Path(folder)
        house = House(environment(data, profile=profile), data, workers=TWO_WORKERS)
        try:
            house.manage("prepare")
            house.manage("load_world", "--conversations", str(TALKS), "--messages", str(20 * TALKS))
            house.python("-m", "tests.bench.shopping", str(CONTACTS), str(ORDERS_EACH * CONTACTS))
            house.python("-m", "tests.house.widen")
            house.start(*(() if profile == "embedded" else ("simulator", "web")))
            house.wait_until_ready()
            return measure(house)
        finally:
            house.stop()
            drop_database(house.env)


def measure(house: House) -> list[Measure]:
    people = json.loads(house.python("-m", "tests.bench.levels").stdout)
    keys = {account["email"]: account["api_key"] for account in house.info()["accounts"]}
    ids = [str(row[0]) for row in house.rows("SELECT contact_id FROM inbox_conversation LIMIT %s", ASKED)]
    took = asyncio.run(_ask(house, keys[people["admin"]], ids))
    ((orders,),) = house.rows("SELECT count(*) FROM contacts_order")
    return [
        Measure(
            "a contact's card, p95", milliseconds(took["/card"], 0.95), "ms",
            reference=milliseconds(took[""], 0.95), reference_name="the contact alone", aim=_AIM_MS,
            note=f"p50 {milliseconds(took['/card'], 0.5):.1f} ms; {CONTACTS:,} contacts, {orders:,} orders",
        )
    ]  # fmt: skip


async def _ask(house: House, key: str, ids: list[str]) -> dict[str, list[float]]:
    """Each contact once: nobody opens the same card all day."""
    took: dict[str, list[float]] = {"/card": [], "": []}
    line = await Connection.to(house.url)
    for number, pk in enumerate(ids):
        for part, times in took.items():
            pk_of = pk.replace("-", "")
            path = f"/api/v1/contacts/{pk_of[:8]}-{pk_of[8:12]}-{pk_of[12:16]}-{pk_of[16:20]}-{pk_of[20:]}{part}"
            began = time.perf_counter()
            status, content = await line.get(path, f"authorization: Api-Key {key}\r\n".encode())
            if status != 200:
                raise RuntimeError(f"{path} answered {status}: {content[:300]!r}")
            if number >= _WARM_UP:
                times.append(time.perf_counter() - began)
    line.close()
    return took


ROW = Row("t", "a contact's card, one call over HTTP", run)
