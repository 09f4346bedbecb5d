"""Appending to the numbered streams and reading them back."""

import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from security.bulk import insert_many
from security.encryption.keyring import KeyGone, open_key, open_keys
from security.encryption.sealing import Unreadable, seal, unseal
from security.models import SecurityPolicy, StreamEvent, StreamHead
from security.streams import Event

logger = logging.getLogger(__name__)
_HEADS = StreamHead._meta.db_table


@dataclass(frozen=True)
class StoredEvent:
    """A row, decrypted: ``payload`` is JSON text; ``None``: its contact was erased since, or the row is damaged."""

    seq: int
    kind: str
    audience: str
    scope: dict[str, Any]
    left_scope: dict[str, Any] | None
    payload: str | None
    object_id: str


def append_events(events: Iterable[Event]) -> dict[str, int]:
    """Number and insert ``events``; returns the new head per stream. Must run at the end of a transaction.

    Counters are locked once, in name order: locking each as its event arises deadlocks, and an identity column loses
    events because ids commit out of order (both measured).
    """
    by_stream: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for stream in event.streams:
            by_stream[stream].append(event)
    if not by_stream:
        return {}
    sealed = {id(event): _seal(event) for batch in by_stream.values() for event in batch}
    heads: dict[str, int] = {}
    rows: list[StreamEvent] = []
    now = timezone.now()
    for stream in sorted(by_stream):
        batch = by_stream[stream]
        first = _advance(stream, len(batch))
        heads[stream] = first + len(batch) - 1
        rows.extend(
            StreamEvent(
                stream=stream,
                seq=seq,
                kind=event.kind,
                audience=event.audience,
                scope={**event.scope, "object_id": event.object_id},
                left_scope=event.left_scope,
                key_id=event.key_id,
                payload=sealed[id(event)],
                at=now,
            )
            for seq, event in enumerate(batch, start=first)
        )
    insert_many(rows)
    return heads


def _seal(event: Event) -> bytes:
    return seal(
        open_key(event.key_id), orjson.dumps(event.payload, option=orjson.OPT_UTC_Z), place=_place(event.object_id)
    )


def _place(object_id: str) -> bytes:
    return f"stream:{object_id}".encode()


def _advance(stream: str, by: int) -> int:
    """Move the counter forward and return the first number taken; the row stays locked until commit."""
    head = _add(stream, by)
    if head is None:
        StreamHead.objects.bulk_create([StreamHead(name=stream)], ignore_conflicts=True)
        head = _add(stream, by)
    assert head is not None, f"the counter of {stream} is gone"
    return head - by + 1


def _add(stream: str, by: int) -> int | None:
    """One statement where the ORM needs two: this runs in every write."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_HEADS} SET head = head + %s WHERE name = %s RETURNING head", [by, stream])
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def heads_and_floors(streams: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Where each stream stands, and below which number it can no longer be replayed."""
    rows = {row.name: row for row in StreamHead.objects.filter(name__in=streams)}
    heads = {name: rows[name].head if name in rows else 0 for name in streams}
    floors = {name: rows[name].floor if name in rows else 0 for name in streams}
    return heads, floors


def events_after(stream: str, cursor: int) -> list[StoredEvent]:
    """The next page of events of a stream after ``cursor``, opened with one query for their keys."""
    limit = SecurityPolicy.current().replay_page
    rows = list(StreamEvent.objects.filter(stream=stream, seq__gt=cursor).order_by("seq")[:limit])
    with contextlib.suppress(Unreadable):  # a damaged key: the rows under it say so one by one
        open_keys(row.key_id for row in rows)
    return [_open(row) for row in rows]


def _open(row: StreamEvent) -> StoredEvent:
    object_id = str(row.scope.get("object_id", ""))
    try:
        payload = unseal(open_key(row.key_id), bytes(row.payload), place=_place(object_id)).decode()
    except KeyGone:
        payload = None
    except Unreadable:
        _say_damaged(row.stream, row.seq)  # one bad row must not stop everybody who follows the stream
        payload = None
    return StoredEvent(row.seq, row.kind, row.audience, row.scope, row.left_scope, payload, object_id)


@lru_cache(maxsize=1024)  # once per row and process, not at every replay
def _say_damaged(stream: str, seq: int) -> None:
    logger.error("event %s of stream %s cannot be decrypted and is left out", seq, stream)


def prune() -> int:
    """Drop events past their retention and raise the floors; returns how many went."""
    oldest = timezone.now() - timedelta(days=SecurityPolicy.current().stream_retention_days)
    expired = StreamEvent.objects.filter(at__lt=oldest)
    for stream, seq in expired.order_by("stream").values_list("stream").annotate(last=Max("seq")):
        StreamHead.objects.filter(pk=stream, floor__lt=seq).update(floor=seq)
    return expired.delete()[0]
