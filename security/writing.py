"""``write()``: the one block in which anything changes.

It holds the transaction, the operation-log lines and the buffered stream events; inner blocks join the outer one. At
the outermost end it writes the log, numbers the events under one ordered lock, commits, and only then nudges sockets
and enqueues tasks. Nothing is sent to the network inside.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models, transaction

from security.access import Actor
from security.bulk import insert_many
from security.live.nudges import nudge
from security.live.store import append_events
from security.log.lines import line_of
from security.models import Operation
from security.streams import Event


@dataclass
class Change:
    """What one write will tell when it is done."""

    by: Actor
    operations: list[Operation] = field(default_factory=list)
    events: dict[tuple[str, str], Event] = field(default_factory=dict)
    afterwards: dict[tuple[Any, ...], Callable[[], object]] = field(default_factory=dict)
    flushed: bool = False  # what is added now would be lost

    def record(
        self,
        action: str,
        subject: models.Model,
        *,
        region_id: Any = None,  # loosely typed, or every `**details` of a dictionary would be held against them
        words: Any = None,
        **details: Any,
    ) -> None:
        """Add a line to the operation log.

        ``details``: ids, codes and settings; a list of two is before and after. What is encrypted elsewhere never
        stands there: ``words`` (name → before and after) are sealed under the subject's key. ``region_id`` where the
        subject is of none itself, but what happens to it is a matter of one region.
        """
        self.operations.append(line_of(self.by, action, subject, region_id=region_id, words=words, details=details))

    def announce(self, event: Event) -> None:
        """Tell ``event`` on its streams after commit. The last word on an object wins, the first 'before' stays."""
        key = (event.kind, event.object_id)
        earlier = self.events.pop(key, None)
        if earlier is not None:
            streams = tuple(dict.fromkeys((*earlier.streams, *event.streams)))
            event = replace(event, streams=streams, left_scope=earlier.left_scope or event.left_scope)
        self.events[key] = event

    def enqueue(self, task: Any, *args: Any) -> None:
        """Start a Celery task after commit, once per task and arguments. A sweeper covers a broker that is away."""
        self.afterwards.setdefault((task.name, *args), lambda: _start(task, args))


_current: ContextVar[Change | None] = ContextVar("kefu_change", default=None)


@contextmanager
def write(*, by: Actor) -> Iterator[Change]:
    """Open (or join) the write block of this call chain."""
    outer = _current.get()
    if outer is not None and not outer.flushed:  # an ``on_commit`` callback runs within a flushed one: it opens its own
        with transaction.atomic():  # a savepoint: an inner refusal that is caught leaves nothing half-written
            kept = (len(outer.operations), dict(outer.events), dict(outer.afterwards))
            try:
                yield outer
            except BaseException:
                del outer.operations[kept[0] :]
                outer.events, outer.afterwards = kept[1], kept[2]
                raise
        return
    change = Change(by=by)
    token = _current.set(change)
    try:
        with transaction.atomic():
            yield change
            _flush(change)
    finally:
        _current.reset(token)


def _flush(change: Change) -> None:
    insert_many(change.operations)
    heads = append_events(change.events.values())
    if heads:
        transaction.on_commit(lambda: nudge(heads))
    for start in change.afterwards.values():
        transaction.on_commit(start, robust=True)
    change.flushed = True


def _start(task: Any, args: tuple[Any, ...]) -> None:
    task.apply_async(args=args, retry=False)
