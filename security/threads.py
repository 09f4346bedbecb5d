"""Database work from async code."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, ParamSpec, TypeVar

from channels.db import database_sync_to_async

P = ParamSpec("P")
R = TypeVar("R")


async def in_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run blocking ``work`` in a pool thread and give its database connection back afterwards."""
    result: Any = await database_sync_to_async(work, thread_sensitive=False)(*args, **kwargs)
    return result


async def pieces_in_thread(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """What is read and decrypted piece by piece, for an answer that is streamed."""
    while (piece := await in_thread(next, pieces, None)) is not None:
        yield piece
