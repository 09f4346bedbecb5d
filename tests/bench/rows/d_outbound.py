"""d: from an agent's queued answer to WhatsApp's acceptance, and how many a second with the pacer open."""

import asyncio
import json
import signal
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import requests

from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.row import Bench, Row, furnished
from tests.house.furnish import Wishes

CUSTOMERS = 400
WARM_UP = 25
CALM_RATE = 5.0
CALM_SECONDS = 60
BURST = 1500
THREADS = 4  # as many as a worker has
SETTLE_SECONDS = 60


def run(profile: str) -> list[Measure]:
    with furnished(profile, Wishes(agents=1, customers=CUSTOMERS)) as bench:
        _register(bench)
        _queue(bench, rate=CALM_RATE, count=WARM_UP, prefix="warm")
        calm = _queue(bench, rate=CALM_RATE, count=int(CALM_RATE * CALM_SECONDS), prefix="calm")
        _settle(bench)
        with _held_back(bench) as waiting:
            began = time.time()
            burst = _queue(bench, rate=None, count=BURST, prefix="burst")
            queueing = BURST / (time.time() - began)
        released = time.time() if waiting else began
        _settle(bench)
        accepted = _accepted(bench)
        arrived = [accepted[ref] for ref in burst if ref in accepted]
        rate = len(arrived) / (max(arrived) - released)
        doubled = _doubled(bench)
        bare = _bare(bench)
    delays = [accepted[ref] - queued for ref, queued in calm.items() if ref in accepted]
    while_queueing = "from a full queue" if waiting else "while they are queued over the API"
    return [
        *_delays(delays, bare["calm"]),
        Measure(
            "accepted, pacer open",
            rate,
            "/s",
            "higher",
            bare["rate"],
            aim_ratio=0.6,
            note=f"{BURST} answers over {CUSTOMERS} conversations, {while_queueing}; bare: {THREADS} threads",
        ),
        Measure("queued over the API, 4 connections", queueing, "/s", "higher"),
        Measure("never accepted", sum(ref not in accepted for ref in (*calm, *burst)), "", aim=0),
        Measure("accepted twice", doubled, "", aim=0),
    ]


def _delays(ours: list[float], bare: list[float]) -> list[Measure]:
    """Each in seconds."""
    return [
        Measure(
            "asked for → accepted, p50",
            milliseconds(ours, 0.5),
            "ms",
            reference=statistics.median(bare) * 1000,
            reference_name="bare calls to the simulator, one after the other",
            note=f"{CALM_RATE:.0f} answers a second",
        ),
        Measure(
            "asked for → accepted, p99", milliseconds(ours, 0.99), "ms", reference=milliseconds(bare, 0.99), aim=200
        ),
    ]


@contextmanager
def _held_back(bench: Bench) -> Iterator[bool]:
    """Nothing is sent inside, so that afterwards the queue is full. False where one process does everything."""
    sender = bench.house.processes.get("worker-out")
    if sender is None:
        yield False
        return
    sender.send_signal(signal.SIGSTOP)
    try:
        yield True
    finally:
        sender.send_signal(signal.SIGCONT)


def _register(bench: Bench) -> None:
    """Make the number known to the simulator, which then reports statuses as WhatsApp does; of the higher throughput,
    so that neither side waits for its limits."""
    channel = bench.channel
    body = {
        "phone_number_id": channel["phone_number_id"],
        "waba_id": channel["waba_id"],
        "display_phone_number": channel["phone"],
        "verified_name": channel["name"],
        "app_secret": channel["app_secret"],
        "access_token": channel["access_token"],
        "verify_token": channel["verify_token"],
        "webhook_url": channel["webhook_url"],
        "throughput_mps": 1000,
    }
    requests.post(f"{bench.house.phone_url}/__sim/numbers", json=body, timeout=30).raise_for_status()


def _queue(bench: Bench, *, rate: float | None, count: int, prefix: str) -> dict[str, float]:
    """Queue ``count`` answers over the API; when each was asked for, by its ``client_ref``."""
    return asyncio.run(_queue_over(bench, rate, count, prefix))


async def _queue_over(bench: Bench, rate: float | None, count: int, prefix: str) -> dict[str, float]:
    queued: dict[str, float] = {}
    numbers = iter(range(count))
    key = bench.world["agents"][0]["api_key"]
    headers = f"authorization: Api-Key {key}\r\ncontent-type: application/json\r\n".encode()
    began = time.perf_counter()

    async def one(connection: Connection) -> None:
        for number in numbers:
            if rate is not None:
                await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            ref = f"{prefix}-{number}"
            thread = bench.world["customers"][number % CUSTOMERS]["conversation"]
            body = json.dumps({"type": "text", "text": f"Answer {number}", "client_ref": ref}).encode()
            began_at = time.time()
            status, answer = await connection.post(f"/api/v1/conversations/{thread}/messages", body, headers)
            if status not in (200, 201):
                raise RuntimeError(f"the API refused an answer with {status}: {answer[:300]!r}")
            queued[ref] = began_at

    connections = [await Connection.to(bench.house.url) for _ in range(4)]
    await asyncio.gather(*(one(connection) for connection in connections))
    return queued


def _settle(bench: Bench) -> None:
    """Until nothing is queued."""
    deadline = time.perf_counter() + SETTLE_SECONDS
    while _waiting(bench) and time.perf_counter() < deadline:
        time.sleep(0.1)


def _waiting(bench: Bench) -> int:
    return bench.house.count("SELECT count(*) FROM inbox_message WHERE status IN ('queued', 'sending')")


def _calls(bench: Bench) -> list[dict[str, Any]]:
    """The simulator's own record of the sends it accepted."""
    url = f"{bench.house.phone_url}/__sim/calls?number={bench.channel['phone_number_id']}&limit=5000"
    rows = requests.get(url, timeout=60).json()["results"]
    return [row for row in rows if row["path"].endswith("/messages") and row["status"] == 200]


def _accepted(bench: Bench) -> dict[str, float]:
    """When the simulator accepted each answer, by ``client_ref``."""
    ids = dict(bench.house.rows("SELECT provider_ref, client_ref FROM inbox_message WHERE direction = 'out'"))
    found = {}
    for row in _calls(bench):
        ref = ids.get(row["detail"]["answer"]["messages"][0]["id"])
        if ref is not None:
            found[ref] = datetime.fromisoformat(row["at"]).timestamp()
    return found


def _doubled(bench: Bench) -> int:
    ours = [row["detail"]["body"].get("biz_opaque_callback_data") for row in _calls(bench)]
    correlations = [one for one in ours if one]
    return len(correlations) - len(set(correlations))


def _bare(bench: Bench) -> dict[str, Any]:
    """The same calls by nobody but a pooled client in threads."""
    url = f"{bench.house.phone_url}/v26.0/{bench.channel['phone_number_id']}/messages"
    local: dict[int, requests.Session] = {}

    def call(place: tuple[int, int]) -> float:
        thread, number = place
        session = local.setdefault(thread, requests.Session())
        to = bench.world["customers"][number % CUSTOMERS]["wa_id"]
        body = {"messaging_product": "whatsapp", "to": f"+{to}", "type": "text", "text": {"body": f"Bare {number}"}}
        began = time.perf_counter()
        answer = session.post(
            url, json=body, headers={"Authorization": f"Bearer {bench.channel['access_token']}"}, timeout=30
        )
        answer.raise_for_status()
        return time.perf_counter() - began

    calm = [call((0, number)) for number in range(200)]
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        took = list(pool.map(call, [(number % THREADS, number) for number in range(200, 800)]))
    return {"calm": calm, "rate": len(took) / (time.perf_counter() - began)}


ROW = Row("d", "an answer: queued → accepted by WhatsApp's stand-in", run)
