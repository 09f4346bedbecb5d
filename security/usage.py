"""Counts of who uses which permission (PM-10): kept in the process and written once a minute, off every request's way.

A process that dies loses at most the last minute of counting, which changes no right of anybody.
"""

import logging
import threading
import time
from collections import Counter
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from security.models import PermissionUse, SecurityPolicy

logger = logging.getLogger(__name__)
WRITE_EVERY_SECONDS = 60.0
_TABLE = PermissionUse._meta.db_table
_UPSERT = f"""
    INSERT INTO {_TABLE} (user_id, permission, day, used, refused) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (user_id, permission, day)
    DO UPDATE SET used = {_TABLE}.used + excluded.used, refused = {_TABLE}.refused + excluded.refused
"""
Key = tuple[int, str, bool]

_lock = threading.Lock()
_counted: Counter[Key] = Counter()
_written_at = time.monotonic()


def note_use(user_id: int, permission: str, *, allowed: bool) -> None:
    """Count one use, or one refusal."""
    with _lock:
        _counted[user_id, permission, allowed] += 1


def write_if_due() -> None:
    """Write what was counted when the last time is a minute ago; whatever goes wrong, the request goes on."""
    global _written_at
    with _lock:
        if time.monotonic() - _written_at < WRITE_EVERY_SECONDS:
            return
        _written_at = time.monotonic()
    try:
        write_counts()
    except Exception:
        logger.exception("the use of permissions could not be counted")


def write_counts() -> None:
    with _lock:
        counted = dict(_counted)
        _counted.clear()
    today = connection.ops.adapt_datefield_value(timezone.now().date())
    lines: dict[tuple[int, str], list[int]] = {}
    for (user_id, permission, allowed), count in counted.items():
        lines.setdefault((user_id, permission), [0, 0])[0 if allowed else 1] += count
    rows = [(user, name, today, used, refused) for (user, name), (used, refused) in sorted(lines.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT, rows)


def forget_old_uses() -> int:
    """Drop what is older than anybody looks at."""
    oldest = timezone.now().date() - timedelta(days=2 * SecurityPolicy.current().health_days)
    return PermissionUse.objects.filter(day__lt=oldest).delete()[0]


def forget_counted() -> None:
    """Drop what this process has counted (a test begins)."""
    global _written_at
    with _lock:
        _counted.clear()
        _written_at = time.monotonic()
