"""Webhooks at an even pace, as a busy number gets them."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.http import Connection

_CONNECTIONS = 8  # Meta keeps a few open


@dataclass
class Pushed:
    """``sent_at[n]`` is when body ``n`` left and ``due_at[n]`` when its timetable wanted it to, by
    ``time.perf_counter()``; ``acked`` its numbers answered with 200."""

    sent_at: dict[int, float] = field(default_factory=dict)
    due_at: dict[int, float] = field(default_factory=dict)
    acked: set[int] = field(default_factory=set)
    late: float = 0.0  # how far behind its timetable the generator itself fell, in seconds

    @property
    def refused(self) -> int:
        return len(self.sent_at) - len(self.acked)


async def push_evenly(
    url: str, path: str, *, rate: float, seconds: float, request: Callable[[int], tuple[bytes, bytes]], first: int = 0
) -> Pushed:
    """Send ``rate`` bodies a second for ``seconds``. ``request(n)`` gives body and headers of the ``n``-th."""
    pushed = Pushed()
    numbers = iter(range(first, first + int(rate * seconds)))
    began = time.perf_counter()

    async def one(connection: Connection) -> None:
        for number in numbers:
            due = began + (number - first) / rate
            wait = due - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            pushed.late = max(pushed.late, -wait)
            body, headers = request(number)
            pushed.sent_at[number], pushed.due_at[number] = time.perf_counter(), due
            status, _ = await connection.post(path, body, headers)
            if status == 200:
                pushed.acked.add(number)

    connections = [await Connection.to(url) for _ in range(_CONNECTIONS)]
    await asyncio.gather(*(one(connection) for connection in connections))
    for connection in connections:
        connection.close()
    return pushed
