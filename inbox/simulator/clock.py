"""Virtual time: real time plus an offset which tests move."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Seconds since the epoch. `advance` moves every expiry of the simulator at once."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move time by `seconds`; never backwards, since ids and timers rely on order."""
        if seconds < 0:
            raise ValueError("The clock only moves forward.")
        self.offset += seconds
        for listener in self._listeners:
            listener()

    def on_advance(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)


def iso(at: float | None) -> str | None:
    """ISO-8601 in UTC with milliseconds, ending in `Z`."""
    if at is None:
        return None
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
