"""After an outage WhatsApp sends everything at once: old, out of order, in duplicates, in huge bodies."""

import json
import random
import time
from dataclasses import replace
from typing import Any

from tests.bench.webhooks import Sender
from tests.faults.conftest import Report, long
from tests.faults.count import count_incoming, settled
from tests.faults.meta import Delivery, meta
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import tabs

_OUTAGE_SECONDS = 6 * 3600
_CHANGES_AT_MOST = 1000  # Meta: updates in one POST
_BODY_AT_MOST = 3 * 1024 * 1024


class Storm:
    """Bodies as WhatsApp would send them after an outage of six hours, from one seed."""

    def __init__(self, sender: Sender, *, seed: int) -> None:
        self.sender = sender
        self._chance = random.Random(seed)
        self._began = time.time() - _OUTAGE_SECONDS

    def singles(self, numbers: range) -> list[tuple[str, bytes]]:
        return [(f"{number}", self._body([self._change(number)])) for number in numbers]

    def again(self, numbers: range) -> list[tuple[str, bytes]]:
        """The same messages in other bodies: a repetition need not be the same bytes."""
        return [(f"again-{number}", self._body([self._change(number)], note="again")) for number in numbers]

    def batch(self, name: str, numbers: range, *, words: str = "") -> tuple[str, bytes]:
        body = self._body([self._change(number, words) for number in numbers])
        assert len(body) <= _BODY_AT_MOST, len(body)
        return name, body

    def shuffled(self, bodies: list[tuple[str, bytes]]) -> list[Delivery]:
        self._chance.shuffle(bodies)
        return [Delivery(name, body) for name, body in bodies]

    def _change(self, number: int, words: str = "") -> dict[str, Any]:
        """One change of its own, as batches hold them; older numbers are older messages."""
        whole = json.loads(self.sender.text(number))
        change: dict[str, Any] = whole["entry"][0]["changes"][0]
        message = change["value"]["messages"][0]
        message["timestamp"] = str(int(self._began + number))
        message["text"]["body"] = words or message["text"]["body"]
        return change

    def _body(self, changes: list[dict[str, Any]], **more: str) -> bytes:
        whole = json.loads(self.sender.text(0))
        whole["entry"][0]["changes"] = changes
        return json.dumps({**whole, **more}).encode()


def rage(place: Place, report: Report, *, singles: int, batches: int, largest: int) -> None:
    settled(place)
    sending = meta(place, connections=4)
    storm = Storm(sending.sender, seed=3)
    bodies = storm.singles(range(singles)) + storm.again(range(0, singles, 5))
    next_one = singles
    for number in range(batches):
        bodies.append(storm.batch(f"batch-{number}", range(next_one, next_one + _CHANGES_AT_MOST)))
        next_one += _CHANGES_AT_MOST
    for number in range(largest):
        # Meta's longest text, 4,096 characters, so often that the body nearly has three megabytes.
        bodies.append(storm.batch(f"large-{number}", range(next_one, next_one + 650), words="x" * 4096))
        next_one += 650
    with tabs(place) as (tab,), sending.at_work():
        until(lambda: tab.loaded)
        probe = next_one
        began = time.monotonic()
        sending.post(storm.shuffled(bodies))
        sending.text(probe)  # somebody writes now, behind everything that is replayed
        until(lambda: f"Message {probe}: is my order on its way?" in tab.seen_at)
        gap = tab.seen_at[f"Message {probe}: is my order on its way?"] - began
    sending.acknowledged = {f"{number}": 0.0 for number in range(probe + 1)}
    found = count_incoming(place, sending)
    huge = f", {batches} × 1,000 changes, {largest} × 3 MB" if batches or largest else ""
    report(
        f"replay of 6 h, {probe:,} messages shuffled, a fifth twice{huge}",
        "in order per number, half a megabyte to a transaction",
        replace(found, gap=gap),
    )


def test_a_replay_is_taken_in_whole_and_once(standing: Place, report: Report):
    rage(standing, report, singles=200, batches=0, largest=0)


@long
def test_a_replay_with_the_largest_bodies_there_are_is_taken_in_whole_and_once(standing: Place, report: Report):
    rage(standing, report, singles=3000, batches=3, largest=2)
