"""Who looked at what: one line per person, object and hour (PM-8), written beside the requests and not by them.

``viewed`` only remembers. The server writes what was remembered every few seconds, many at a time; a process that is
killed loses the last of them.
"""

import asyncio
import hashlib
import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from security.access import Access
from security.models import SecurityPolicy
from security.origin import Origin, current_origin
from security.threads import in_thread

logger = logging.getLogger(__name__)
WRITE_AFTER_SECONDS = 2.0
_MOST_WAITING = 10_000
_MOST_KNOWN = 100_000


@dataclass(frozen=True)
class View:
    """Somebody opened something, or read on in a list; ``span`` numbers the hour."""

    span: int
    by: Access
    action: str
    kind: str
    pk: str
    rows: int
    page: str
    at: datetime = field(compare=False)
    origin: Origin = field(compare=False)

    @property
    def key(self) -> str:
        told = f"{self.span}/{self.by.user_id}/{self.by.key_name}/{self.action}/{self.kind}/{self.pk}"
        if self.rows:
            told += f"/{self.rows}/{self.page}"
        return f"security.viewed.{hashlib.sha256(told.encode()).hexdigest()}"


_known: set[tuple[object, ...]] = set()
_waiting: list[View] = []
_lock = threading.Lock()
_pending: set[asyncio.Task[None]] = set()


def viewed(by: Access, action: str, kind: str, pk: object, *, rows: int = 0, page: str = "") -> None:
    """``by`` looked at an object of ``kind`` (a model's label). Costs a look into a set; the hot path of every read.

    ``rows``: of a list, how many were on the ``page`` (its cursor): behaviour rules add them up. The same page with as
    many rows is one look.
    """
    span = int(time.time()) // (SecurityPolicy.current().view_log_minutes * 60)
    key = (span, by.user_id, by.key_name, action, kind, pk, rows, page)
    if key in _known:
        return
    view = View(span, by, action, kind, str(pk), rows, page, timezone.now(), current_origin())
    with _lock:
        if len(_known) > _MOST_KNOWN:
            _known.clear()  # the cache all processes share still knows
        _known.add(key)
        if len(_waiting) < _MOST_WAITING:
            _waiting.append(view)


def flush_views() -> int:
    """Write what is waiting; returns how many lines. What another process told of within the hour is left out."""
    from security.actions.views import record_views  # actions write through this package

    with _lock:
        views, _waiting[:] = list(_waiting), []
    if not views:
        return 0
    seconds = SecurityPolicy.current().view_log_minutes * 60
    fresh = [view for view in views if cache.add(view.key, 1, seconds)]
    try:
        return record_views(fresh)
    except Exception:
        cache.delete_many([view.key for view in fresh])
        with _lock:
            _waiting.extend(fresh[: _MOST_WAITING - len(_waiting)])
        raise


def flush_soon() -> None:
    """In the server's loop, after a request: see to it that what is waiting gets written."""
    if not _waiting or _pending:
        return
    task = asyncio.create_task(_flush_later())
    _pending.add(task)
    task.add_done_callback(_pending.discard)


async def _flush_later() -> None:
    await asyncio.sleep(WRITE_AFTER_SECONDS)
    try:
        await in_thread(flush_views)
    except Exception:
        logger.warning("who looked at what could not be written; the next request tries again", exc_info=True)


def forget_views() -> None:
    """Drop what this process knows (a test begins)."""
    with _lock:
        _known.clear()
        _waiting.clear()
        _pending.clear()
