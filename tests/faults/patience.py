"""How long a condition may take to come about. Long, because a busy machine is no fault of Kefu's; a run on an idle one
waits for nothing that long."""

from collections.abc import Callable
from typing import TypeVar

from tests.worlds import waiting

T = TypeVar("T")
SECONDS = 180.0


def until(happened: Callable[[], T]) -> T:
    """The first true value of ``happened()``."""
    return waiting.until(happened, seconds=SECONDS)
