"""Waiting for something that another thread or process does: by looking, with a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(happened: Callable[[], T], *, seconds: float = 10.0) -> T:
    """The first true value of ``happened()``; fails when there is none within ``seconds``."""
    end = time.monotonic() + seconds
    while True:
        found = happened()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"did not happen within {seconds} s")
        time.sleep(0.01)
