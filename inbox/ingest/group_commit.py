"""Group commit: webhook bodies that arrive while an INSERT is under way go into the next one together, and each is
answered after its own commit. Three times the acknowledgements of one INSERT each (measured), equally durable."""

import asyncio
import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from inbox.ingest.wake import wake_drainers
from inbox.models import StoredWebhook
from security.bulk import insert_many
from security.encryption.keyring import open_key
from security.encryption.sealing import seal
from security.ids import new_id

logger = logging.getLogger(__name__)
_LARGEST_GROUP = 500
_IDLE_SECONDS = 1.0  # the writer gives its connection back after so long without work


@dataclass(frozen=True)
class Body:
    channel_id: UUID
    key_id: UUID
    content: bytes


class GroupCommit:
    """One writer thread with one connection; callers wait for the commit that holds their body."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Body, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="webhook-writer")
        self._closing: asyncio.TimerHandle | None = None

    async def store(self, body: Body) -> None:
        """Return once ``body`` is committed; raises what the database raised otherwise."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((body, stored))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        if self._closing is not None:
            self._closing.cancel()
        while self._waiting:
            await asyncio.sleep(0)  # requests that are being read in this very round of the loop come along
            group, self._waiting = self._waiting[:_LARGEST_GROUP], self._waiting[_LARGEST_GROUP:]
            try:
                await loop.run_in_executor(self._thread, _insert_in_thread, [body for body, _ in group])
            except Exception as error:  # noqa: BLE001  (each caller answers 503 and its sender repeats)
                _settle(group, error)
                continue
            _settle(group, None)
            wake_drainers({body.channel_id for body, _ in group})
        self._closing = loop.call_later(_IDLE_SECONDS, self._thread.submit, _close)

    def rest(self) -> None:
        """Give the connection back now and wait for it: whoever ends the loop ends the timer that would do it."""
        self._thread.submit(_close).result()


def _close() -> None:
    """Looked up here, in the thread: ``connection.close`` of another one is that other one's connection."""
    connection.close()


def _settle(group: list[tuple[Body, "asyncio.Future[None]"]], error: Exception | None) -> None:
    for _, stored in group:
        if stored.done():  # the sender hung up
            continue
        if error is None:
            stored.set_result(None)
        else:
            stored.set_exception(error)


def insert_bodies(bodies: list[Body]) -> None:
    """One INSERT; a body that is already there (same channel, same digest) is left as it is."""
    now = timezone.now()
    insert_many([_row(body, now) for body in bodies], ignoring_conflicts=True)


def _insert_in_thread(bodies: list[Body]) -> None:
    """On the thread's own connection, which stays open between groups. One that broke meanwhile is replaced: inserting
    twice is harmless."""
    try:
        insert_bodies(bodies)
    except (OperationalError, InterfaceError):
        connection.close()
        insert_bodies(bodies)
    except Exception:
        connection.close()
        raise


def _row(body: Body, now: datetime) -> StoredWebhook:
    webhook_id = new_id()
    return StoredWebhook(
        id=webhook_id,
        channel_id=body.channel_id,
        key_id=body.key_id,
        digest=hashlib.sha256(body.content).digest(),
        body=seal(open_key(body.key_id), body.content, place=body_place(webhook_id)),
        received_at=now,
    )


def body_place(webhook_id: UUID) -> bytes:
    return f"webhook:{webhook_id}".encode()


_commits: WeakKeyDictionary[asyncio.AbstractEventLoop, GroupCommit] = WeakKeyDictionary()


def group_commit() -> GroupCommit:
    """The one of the running event loop: one per server process."""
    loop = asyncio.get_running_loop()
    if loop not in _commits:
        _commits[loop] = GroupCommit()
    return _commits[loop]


def rest_all() -> None:
    """For a process that outlives its server's loop."""
    for commit in list(_commits.values()):
        commit.rest()
