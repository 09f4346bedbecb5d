"""b: from a customer's webhook to the screens of fifty agents, at ten thousand messages a minute."""

import asyncio
import re
import time
from collections import defaultdict

from tests.bench.measures import Measure, milliseconds
from tests.bench.pushing import Pushed, push_evenly
from tests.bench.reference.fan_out import fan_out
from tests.bench.row import Bench, Row, furnished
from tests.bench.sockets import Tabs
from tests.bench.webhooks import Sender
from tests.house.furnish import Wishes

AGENTS = 50
RATE = 10_000 / 60
SECONDS = 30
WARM_UP_SECONDS = 3  # at the same rate, not counted: a worker that just started loads its first task for a second
SETTLE_SECONDS = 20
_NUMBER = re.compile(r"Message (\d+):")


class Arrivals:
    """When each message was heard, and on which tabs."""

    def __init__(self) -> None:
        self.at: dict[int, list[float]] = defaultdict(list)
        self.tabs: dict[int, list[int]] = defaultdict(list)

    def heard(self, tab: int, text: str, at: float) -> None:
        if found := _NUMBER.match(text):
            self.at[int(found.group(1))].append(at)
            self.tabs[int(found.group(1))].append(tab)

    def delays(self, pushed: Pushed) -> list[float]:
        """From when a body was due: one that had to wait for a connection waited for Kefu."""
        return [at - due for number, due in pushed.due_at.items() for at in self.at[number]]

    def missing(self, pushed: Pushed, tabs: int) -> int:
        return sum(tabs - len(set(self.tabs[number])) for number in pushed.acked)

    def doubled(self, pushed: Pushed) -> int:
        return sum(len(self.tabs[number]) - len(set(self.tabs[number])) for number in pushed.sent_at)


def run(profile: str) -> list[Measure]:
    with furnished(profile, Wishes(agents=AGENTS, customers=500)) as bench:
        memory = bench.house.resident_mb(_web(bench))
        pushed, arrivals = asyncio.run(_follow(bench, AGENTS, first=0))
        memory_under_load = bench.house.resident_mb(_web(bench))
        alone, alone_arrivals = asyncio.run(_follow(bench, 1, first=1_000_000))
        bare = asyncio.run(fan_out(bench.house, AGENTS, rate=RATE, seconds=10))
    delays, alone_delays = arrivals.delays(pushed), alone_arrivals.delays(alone)
    one = "the same with one agent watching"
    return [
        Measure(
            "on the screens, p50",
            milliseconds(delays, 0.5),
            "ms",
            reference=milliseconds(alone_delays, 0.5),
            reference_name=one,
            note=f"{len(pushed.acked)} messages, {pushed.refused} refused; counted from when each was due",
        ),
        Measure(
            "on the screens, p99", milliseconds(delays, 0.99), "ms", reference=milliseconds(alone_delays, 0.99), aim=250
        ),
        Measure(
            "bare Channels fan-out, p99",
            milliseconds(bare, 0.99),
            "ms",
            note="the same frames' size and rate, no database",
        ),
        Measure("missing on a screen", arrivals.missing(pushed, AGENTS), "", aim=0),
        Measure("twice on a screen", arrivals.doubled(pushed), "", aim=0),
        Measure("memory of the web process before", memory, "MB"),
        Measure("memory of the web process under this load", memory_under_load, "MB", aim=250),
    ]


def _web(bench: Bench) -> str:
    return "kefu" if bench.house.profile == "embedded" else "web"


async def _follow(bench: Bench, agents: int, *, first: int) -> tuple[Pushed, Arrivals]:
    sender = Sender(bench.channel, bench.world["customers"], prefix=f"L{agents}x")
    arrivals = Arrivals()

    def request(number: int) -> tuple[bytes, bytes]:
        body = sender.text(number)
        return body, sender.headers(body)

    async with Tabs(bench.house.url, bench.world["agents"][:agents], arrivals.heard):
        url, path = bench.house.url, sender.path
        warm = first + int(RATE * WARM_UP_SECONDS)
        await push_evenly(url, path, rate=RATE, seconds=WARM_UP_SECONDS, request=request, first=first)
        pushed = await push_evenly(url, path, rate=RATE, seconds=SECONDS, request=request, first=warm)
        deadline = time.perf_counter() + SETTLE_SECONDS
        while time.perf_counter() < deadline:
            if all(len(arrivals.at[number]) >= agents for number in pushed.acked):
                break
            await asyncio.sleep(0.1)
    return pushed, arrivals


ROW = Row("b", f"webhook → stored → on the screens of {AGENTS} agents, 10,000 messages a minute", run)
