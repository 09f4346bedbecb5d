"""What the database's planner knows of its tables."""

from django.db import connection

_ROWS_LOOKED_AT = 1000  # of each index: enough to tell a good one from a bad one, and quick at any size


def refresh_statistics() -> None:
    """SQLite chooses indexes blindly until somebody does this. PostgreSQL keeps its own.

    Not ``PRAGMA optimize``: before SQLite 3.46 it only looks at tables that this very connection has used.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
