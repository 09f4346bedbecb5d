"""Twenty-four hours on the simulator's clock within minutes, with a platform that fails now and then."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from tests.faults.place import Place

HOURS = 24
# Of both directions. Shares as the platform itself is said to have at most.
MESSAGES_PER_SECOND = 80
DUPLICATES, DISORDER, FAILURES = 0.01, 0.01, 0.005
_BEAT_SECONDS = 0.5
_FAULTS = (
    {"kind": "send_accept_then_status", "status": 502}, {"kind": "send_status", "status": 503},
    {"kind": "send_accept_then_drop"},
)  # fmt: skip


@contextmanager
def passing(place: Place, *, seconds: float, sends_per_second: float) -> Iterator[None]:
    """A day passes in so many real seconds; of the sends a share meets an ambiguous failure, each kind in turn."""
    place.sim("PATCH", "settings", {"duplicate_probability": DUPLICATES, "disorder_probability": DISORDER})
    place.sim("PATCH", "settings", {"calls_kept": 1_000_000})  # the judges look at all of them
    ended = threading.Event()
    thread = threading.Thread(target=_run, args=(place, seconds, sends_per_second, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(30)
        place.sim("DELETE", "faults")
        place.sim("PATCH", "settings", {"duplicate_probability": 0.0, "disorder_probability": 0.0})
        place.sim("POST", "webhooks/flush")


def _run(place: Place, seconds: float, sends_per_second: float, ended: threading.Event) -> None:
    place.sim("POST", "faults", _FAULTS[0])  # the shortest day has one too
    owed, turn = 0.0, count(1)
    began = last = time.monotonic()
    while not ended.wait(_BEAT_SECONDS):
        now = time.monotonic()
        if now - began <= seconds:
            place.sim("POST", "clock", {"advance": (now - last) * HOURS * 3600 / seconds})
        owed, last = owed + (now - last) * sends_per_second * FAILURES, now
        while owed >= 1:
            place.sim("POST", "faults", _FAULTS[next(turn) % len(_FAULTS)])
            owed -= 1
