"""q: how fast texts and statuses are applied that have piled up. Finer than row c, whose rates are steps: for comparing
two versions.
"""

import asyncio
import statistics
import time

from tests.bench.holding import held_drainer
from tests.bench.measures import Measure
from tests.bench.pushing import push_evenly
from tests.bench.row import Bench, Row, furnished
from tests.bench.rows.c_sustained import Mix, both_sides, bulk_insert, pending
from tests.house.furnish import Wishes

FILLS, PILED_UP = 3, 4_000
_PUSHED_A_SECOND = 800
_WITHIN_SECONDS = 180


def run(profile: str) -> list[Measure]:
    with furnished(profile, Wishes(agents=1, customers=500, sent=FILLS * PILED_UP // 4)) as bench:
        mix = Mix(bench)
        rates = [_applied(bench, mix, fill * PILED_UP) for fill in range(FILLS)]
        lost, doubled, behind = both_sides(bench, mix)
        bulk = bulk_insert(bench)
    return [
        Measure(
            "applied from a queue", statistics.median(rates), "/s", "higher", bulk,
            "bulk INSERT of messages alone, one statement per 200",
            note=f"{FILLS} times {PILED_UP:,}, half of them texts: {', '.join(f'{rate:.0f}' for rate in rates)}; "
            f"lost {lost}, doubled {doubled}, statuses not applied {behind}",
        )
    ]  # fmt: skip


def _applied(bench: Bench, mix: Mix, first: int) -> float:
    """From the first of them that is gone to the last."""
    seconds = PILED_UP / _PUSHED_A_SECOND
    with held_drainer(bench):
        pushed = asyncio.run(
            push_evenly(
                bench.house.url, mix.path, rate=_PUSHED_A_SECOND, seconds=seconds, request=mix.request, first=first
            )
        )
        assert not pushed.refused, f"{pushed.refused} were refused"
    full = left = pending(bench)
    began = last = time.perf_counter()
    begun_with = full
    while left and last - began < _WITHIN_SECONDS:
        time.sleep(0.02)
        left, last = pending(bench), time.perf_counter()
        if begun_with == full and left < full:
            begun_with, began = left, last
    assert not left, f"{left} of {full} were not applied within {_WITHIN_SECONDS} s"
    return begun_with / (last - began)


ROW = Row("q", "texts and statuses applied from a full queue", run)
