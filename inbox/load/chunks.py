"""Cuts the plan into transactions."""

from collections.abc import Iterator, Sequence

from inbox.load.plan import Planned


def in_chunks(plan: Sequence[Planned], *, lines: int) -> Iterator[list[Planned]]:
    """Whole episodes in order of time, ``lines`` or a few more to a chunk."""
    chunk: list[Planned] = []
    held = 0
    for planned in plan:
        chunk.append(planned)
        held += planned.keep
        if held >= lines:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
