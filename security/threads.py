"""Database work from async code."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from channels.db import database_sync_to_async

P = ParamSpec("P")
R = TypeVar("R")


async def in_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run blocking ``work`` in a pool thread and give its database connection back afterwards."""
    result: Any = await database_sync_to_async(work, thread_sensitive=False)(*args, **kwargs)
    return result
