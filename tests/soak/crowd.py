"""Customers who write at an even pace through the simulator, which repeats and disorders some of it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.faults.place import Place

_THREADS = 4


@dataclass
class Crowd:
    """``written``: how many messages were written."""

    place: Place
    written: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def writing(self, *, rate: float) -> Iterator["Crowd"]:
        """So many messages a second while the block runs, every customer in turn."""
        people = [row["id"] for row in self.place.sim("GET", "customers?limit=2000")["results"]]
        threads = [
            threading.Thread(target=self._work, args=(people, number, _THREADS / rate), daemon=True)
            for number in range(_THREADS)
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            for thread in threads:
                thread.join(30)

    def _work(self, people: list[str], first: int, pause: float) -> None:
        """To a timetable: whoever is late writes at once."""
        session, due, turn = requests.Session(), time.monotonic(), first
        number = self.place.channel["phone_number_id"]
        while not self._ended.wait(max(0.0, due - time.monotonic())):
            due += pause
            customer, turn = people[turn % len(people)], turn + _THREADS
            body: dict[str, Any] = {"number": number, "type": "text", "text": f"Message {turn}: is it on its way?"}
            url = f"{self.place.house.phone_url}/__sim/customers/{customer}/messages"
            session.post(url, json=body, timeout=60).raise_for_status()
            with self._lock:
                self.written += 1
