"""Waking the drainers, without the event loop ever waiting for the broker or the database."""

import logging
import threading
import time
from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone

from inbox.models import Channel

logger = logging.getLogger(__name__)
_WHY = "is a drainer at work already"
# The first body of a quiet moment wakes at once; those that follow within this are woken for together.
_GATHER_SECONDS = 0.02
_lock = threading.Lock()
_pending: set[UUID] = set()
_wanted = threading.Event()
_thread: threading.Thread | None = None


def wake_drainers(channel_ids: set[UUID]) -> None:
    """Enqueue a drain per channel from a thread of its own; requests that pile up meanwhile are merged.

    Call it after the bodies were committed. A broker that is away costs a sweep interval, not a message: the rows are
    pending.
    """
    global _thread
    with _lock:
        _pending.update(channel_ids)
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_work, name="drain-waker", daemon=True)
            _thread.start()
    _wanted.set()


def _work() -> None:
    while True:
        _wanted.wait()
        _wanted.clear()
        with _lock:
            channel_ids = set(_pending)
            _pending.clear()
        try:
            _enqueue(channel_ids - _being_drained(channel_ids))
        except Exception:  # noqa: BLE001
            logger.warning("the broker or the database is away; the sweeper will drain %s", channel_ids)
        time.sleep(_GATHER_SECONDS)


def _enqueue(channel_ids: set[UUID]) -> None:
    from inbox.tasks import drain_channel  # tasks import the drainer, which imports the models

    for channel_id in channel_ids:
        drain_channel.apply_async(args=(str(channel_id),), retry=False)


def _being_drained(channel_ids: set[UUID]) -> set[UUID]:
    """Channels that need no hint: whoever holds the lease looks once more after releasing it. Without this a busy
    channel costs a task per webhook, each for nothing."""
    close_old_connections()
    try:
        leased = Channel.objects.for_system(_WHY).filter(pk__in=channel_ids, drain_lease__gt=timezone.now())
        return set(leased.values_list("pk", flat=True))
    finally:
        close_old_connections()
