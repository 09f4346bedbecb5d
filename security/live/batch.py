"""A run of events of one stream, and what each follower is told of it."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from security.access import Access
from security.live.store import StoredEvent
from security.streams import part_of, sees, sees_part

SCHEMA = 1
_HIDDEN, _SEEN, _PART, _LEFT = range(4)


# Servers and proxies refuse frames beyond some size (Daphne a megabyte), and whoever cannot be sent one never gets past
# it. At most four bytes a character in UTF-8; what one event may hold is bounded where messages are read.
FRAME_CHARACTERS = 200_000


class Frame(NamedTuple):
    """``upto``: the cursor of whoever has got it."""

    upto: int
    text: str


class Batch:
    """All rows in ``(start, upto]``. Frames are built once per distinct view of the batch, not once per agent."""

    def __init__(self, stream: str, start: int, events: Sequence[StoredEvent]) -> None:
        self.stream = stream
        self.start = start
        self.events = events
        self.upto = events[-1].seq
        self._frames: dict[tuple[int, tuple[int, ...]], list[Frame]] = {}

    def frames_for(self, access: Access, *, after: int) -> "list[Frame]":
        """The ``events`` frames for ``access``, leaving out what it already has (``seq <= after``). Most often one."""
        fresh = [event for event in self.events if event.seq > after]
        view = tuple(_view(event, access) for event in fresh)
        key = (len(fresh), view)
        if key not in self._frames:
            self._frames[key] = self._built(fresh, view)
        return self._frames[key]

    def _built(self, fresh: Sequence[StoredEvent], view: Sequence[int]) -> "list[Frame]":
        frames: list[Frame] = []
        lines: list[str] = []
        size = 0
        last = fresh[0].seq if fresh else self.upto
        for event, how in zip(fresh, view, strict=True):
            line = "" if how == _HIDDEN else _line(event, how)
            if lines and size + len(line) > FRAME_CHARACTERS:
                frames.append(self._frame(last, lines))
                lines, size = [], 0
            if line:
                lines.append(line)
                size += len(line)
            last = event.seq
        return [*frames, self._frame(self.upto, lines)]

    def _frame(self, upto: int, lines: Sequence[str]) -> "Frame":
        told = ",".join(lines)
        return Frame(upto, f'{{"type":"events","stream":"{self.stream}","upto":{upto},"events":[{told}]}}')

    def changes_access(self, *, after: int) -> bool:
        return any(event.seq > after and event.kind in ("access.changed", "session.ended") for event in self.events)


def _view(event: StoredEvent, access: Access) -> int:
    if event.payload is None:
        return _HIDDEN
    if sees(event.audience, access, event.scope):
        return _PART if sees_part(event.audience, access, event.scope) else _SEEN
    if event.left_scope is not None and sees(event.audience, access, event.left_scope):
        return _LEFT
    return _HIDDEN


def _line(event: StoredEvent, how: int) -> str:
    if how != _LEFT:
        payload = event.payload if how == _SEEN else part_of(event.audience, event.payload or "")
        return f'{{"seq":{event.seq},"kind":"{event.kind}","payload":{payload}}}'
    return f'{{"seq":{event.seq},"kind":"{event.audience}.left","payload":{{"id":"{event.object_id}"}}}}'


def frame(**content: object) -> str:
    """Any other frame of the protocol as JSON text."""
    return orjson.dumps(content).decode()
