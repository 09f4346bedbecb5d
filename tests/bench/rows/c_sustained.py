"""c: the highest rate of texts and statuses held for a minute without a growing backlog, counted from both sides."""

import asyncio
import json
import time
from dataclasses import dataclass

from tests.bench.measures import Measure
from tests.bench.pushing import Pushed, push_evenly
from tests.bench.row import Bench, Row, furnished
from tests.bench.webhooks import Sender
from tests.house.furnish import Wishes

PROBE_SECONDS = 10
HOLD_SECONDS = 60
# A backlog that holds still is none: what is pending at the end of the hold must be gone within this.
DRAINED_WITHIN_SECONDS = 2.0
_STEPS = {
    "services": (200, 300, 400, 500, 600, 700, 850, 1000, 1200),
    "embedded": (50, 80, 110, 140, 170, 200, 250, 300, 400),
}
_AIM = {"services": 500, "embedded": 170}
_WORDS = ("sent", "delivered", "read")


@dataclass
class Held:
    """One run at a rate. ``behind`` is how long it took to apply what was pending when the last body had been sent."""

    rate: int
    pushed: Pushed
    behind: float

    @property
    def holds(self) -> bool:
        return self.behind <= DRAINED_WITHIN_SECONDS and not self.pushed.refused and self.pushed.late < 1.0


class Mix:
    """Every other webhook is a customer's text, the others tick our own messages forward, each once per word."""

    def __init__(self, bench: Bench) -> None:
        self._sender = Sender(bench.channel, bench.world["customers"], prefix="C")
        self._sent = bench.world["sent"]
        self.path = self._sender.path
        self.texts: set[str] = set()
        self.ticks: dict[str, str] = {}

    def request(self, number: int) -> tuple[bytes, bytes]:
        half, is_status = divmod(number, 2)
        if is_status:
            lap, place = divmod(half, len(self._sent))
            word, ref = _WORDS[lap], self._sent[place]  # beyond the last word a status would change nothing
            self.ticks[ref] = word
            body = self._sender.status(ref, word)
        else:
            self.texts.add(self._sender.ref(half))
            body = self._sender.text(half)
        return body, self._sender.headers(body)


def run(profile: str) -> list[Measure]:
    with furnished(profile, Wishes(agents=1, customers=2000, sent=60_000)) as bench:
        mix = Mix(bench)
        first = 0
        best: Held | None = None
        for rate in _STEPS[profile]:
            probe = asyncio.run(_hold(bench, mix, rate, PROBE_SECONDS, first))
            first += len(probe.pushed.sent_at)
            if not probe.holds:
                break
            best = probe
        held = _held_longest(bench, mix, best.rate if best else _STEPS[profile][0], first)
        lost, doubled, behind = both_sides(bench, mix)
        bulk = bulk_insert(bench)
    return [
        Measure(
            f"held for {HOLD_SECONDS} s",
            held.rate if held.holds else 0,
            "/s",
            "higher",
            bulk,
            "bulk INSERT of the same rows, one statement per 200",
            aim=_AIM[profile],
            note=f"backlog applied {held.behind:.2f} s after the last webhook; refused {held.pushed.refused}",
        ),
        Measure("texts lost", lost, "", aim=0),
        Measure("texts doubled", doubled, "", aim=0),
        Measure("statuses not applied", behind, "", aim=0),
    ]


def _held_longest(bench: Bench, mix: Mix, rate: int, first: int) -> Held:
    """The hold itself; a rate that a probe passed and a minute does not is lowered by a tenth and tried again."""
    while True:
        held = asyncio.run(_hold(bench, mix, rate, HOLD_SECONDS, first))
        first += len(held.pushed.sent_at)
        if held.holds or rate < 20:
            return held
        rate = int(rate * 0.9)


async def _hold(bench: Bench, mix: Mix, rate: int, seconds: float, first: int) -> Held:
    pushed = await push_evenly(bench.house.url, mix.path, rate=rate, seconds=seconds, request=mix.request, first=first)
    ended = time.perf_counter()
    while pending(bench) and time.perf_counter() < ended + 120:
        await asyncio.sleep(0.05)
    return Held(rate, pushed, time.perf_counter() - ended)


def pending(bench: Bench) -> int:
    return bench.house.count("SELECT count(*) FROM inbox_storedwebhook WHERE state = 'pending'")


def both_sides(bench: Bench, mix: Mix) -> tuple[int, int, int]:
    """What was sent against what is stored. One applied twice would show in its conversation's counter."""
    rows = bench.house.rows(
        "SELECT provider_ref FROM inbox_message WHERE direction = 'in' AND provider_ref LIKE %s", "wamid.BENCH%"
    )
    stored = [row[0] for row in rows]
    ticks = dict(bench.house.rows("SELECT provider_ref, status FROM inbox_message WHERE direction = 'out'"))
    wrong = sum(
        _WORDS.index(ticks[ref]) < _WORDS.index(word) if ticks[ref] in _WORDS else 1 for ref, word in mix.ticks.items()
    )
    counted = bench.house.count("SELECT coalesce(sum(inbound_count), 0) FROM inbox_conversation")
    held = bench.house.count("SELECT count(*) FROM inbox_message WHERE direction = 'in' AND kind <> 'system'")
    return len(mix.texts - set(stored)), abs(counted - held), wrong


def bulk_insert(bench: Bench) -> float:
    """Rows a second when nothing but the rows is written, by the same product code."""
    return float(json.loads(bench.house.python("-m", "tests.bench.reference.bulk_insert", bench.channel["id"]).stdout))


ROW = Row("c", "texts and statuses held for a minute, nothing lost, nothing doubled", run)
