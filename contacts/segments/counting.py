"""How many there are, in one statement.

PostgreSQL would compile such a statement anew each time, which takes longer than running it.
"""

from typing import Any

from django.db import connection, transaction


def counted(rows: Any) -> int:
    """Of a query that is opened."""
    if connection.vendor != "postgresql":
        return int(rows.count())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
        return int(rows.count())
