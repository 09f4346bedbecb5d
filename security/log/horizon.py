"""How far the log is complete.

Ids are given when a row is written and seen when its transaction commits: on PostgreSQL a lower id can appear after a
higher one. Sealing may only go as far as nothing can appear any more.
"""

import time

from django.db import connection
from django.db.models import Max

from security.models import Operation

_LOOK_AGAIN_SECONDS = 0.05
# Whoever has been given an id holds this lock on the table until their transaction ends.
_WRITING = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND pid IS DISTINCT FROM pg_backend_pid()
"""


def settled_upto(*, patience: float) -> int | None:
    """The id up to which every row that will ever be is there; ``None`` when a transaction that may hold a lower one is
    still open after ``patience`` seconds. Nobody waits for this but the caller.

    On SQLite there is one writer at a time: what is committed is in order. On PostgreSQL: first the newest id, then
    everybody who is writing the table at this moment. When those are gone, so is all that could be below.
    """
    newest: int | None = Operation.objects.aggregate(newest=Max("id"))["newest"]
    if newest is None or connection.vendor != "postgresql":
        return newest
    awaited, until = _writing(), time.monotonic() + patience
    while awaited := awaited & _writing():
        if time.monotonic() > until:
            return None
        time.sleep(_LOOK_AGAIN_SECONDS)
    return newest


def _writing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITING, [Operation._meta.db_table])
        return {transaction for (transaction,) in cursor.fetchall()}
