"""a: how many webhooks a second are acknowledged once they are durable."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.holding import held_drainer
from tests.bench.http import Connection
from tests.bench.measures import Measure, milliseconds
from tests.bench.reference.running import bare
from tests.bench.row import Bench, Row, furnished
from tests.bench.webhooks import Sender

CONNECTIONS = 32
WARM_UP_SECONDS = 2
SECONDS = 10


@dataclass
class Acks:
    """``took``: those acknowledged after the warm-up, in seconds; ``acknowledged`` and ``refused`` count all."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0.0
    acknowledged: int = 0
    refused: int = 0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds


def run(profile: str) -> list[Measure]:
    # The reference applies nothing either.
    with furnished(profile) as bench, held_drainer(bench):
        rounds = [(_measure(bench, prefix), _measure_bare(bench)) for prefix in "AB"]
        stored = bench.house.count("SELECT count(*) FROM inbox_storedwebhook")
    acks, reference = (_joined(halves) for halves in zip(*rounds, strict=True))
    return [
        Measure(
            "acknowledged", acks.rate, "/s", "higher", reference.rate, "bare ASGI: HMAC and one INSERT", aim_ratio=2,
            note=f"nothing is applied meanwhile; {stored} stored of {acks.acknowledged} with the warm-up; "
            f"refused {acks.refused}, by the reference {reference.refused}",
        ),
        Measure("p50", milliseconds(acks.took, 0.5), "ms", reference=milliseconds(reference.took, 0.5)),
        Measure("p99", milliseconds(acks.took, 0.99), "ms", reference=milliseconds(reference.took, 0.99), aim=50),
        Measure("acknowledged and not stored", max(0, acks.acknowledged - stored), "", aim=0),
    ]  # fmt: skip


def _measure(bench: Bench, prefix: str) -> Acks:
    return asyncio.run(_push(bench.house.url, Sender(bench.channel, [], prefix=prefix)))


def _measure_bare(bench: Bench) -> Acks:
    services = bench.house.profile == "services"
    database = bench.house.env["DATABASE_URL"] if services else str(bench.house.data / "bare.sqlite3")
    env = {**bench.house.env, "BENCH_DATABASE": database, "BENCH_SECRET": bench.channel["app_secret"]}
    with bare("bare_acks", env) as url:
        return asyncio.run(_push(url, Sender(bench.channel, [], prefix="R")))


async def _push(url: str, sender: Sender) -> Acks:
    acks = Acks()
    numbers = iter(range(10**9))
    connections = [await Connection.to(url) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    until = began + WARM_UP_SECONDS + SECONDS

    async def one(connection: Connection) -> None:
        while (sent := time.perf_counter()) < until:
            body = sender.text(next(numbers))
            status, _ = await connection.post(sender.path, body, sender.headers(body))
            acks.acknowledged += status == 200
            acks.refused += status != 200
            if status == 200 and sent > began + WARM_UP_SECONDS:
                acks.took.append(time.perf_counter() - sent)

    await asyncio.gather(*(one(connection) for connection in connections))
    acks.seconds = time.perf_counter() - began - WARM_UP_SECONDS
    for connection in connections:
        connection.close()
    return acks


def _joined(rounds: Sequence[Acks]) -> Acks:
    took = [seconds for one in rounds for seconds in one.took]
    seconds, acknowledged = sum(one.seconds for one in rounds), sum(one.acknowledged for one in rounds)
    return Acks(took, seconds, acknowledged, sum(one.refused for one in rounds))


ROW = Row("a", "durable webhook acknowledgements, 32 connections", run)
