"""The webhook queue. A row stays pending until the callback answered 200 or seven days are over."""

import json
from typing import Any

from inbox.simulator.storage.database import Database

_BRIEF = "id, number, lane, wamid, label, signature, state, attempts, due_at, created_at, answered, failure"


def add(database: Database, row: dict[str, Any]) -> int:
    return database.insert("delivery", {"state": "pending", "attempts": 0, "answered": None, "failure": None, **row})


def due(
    database: Database, number: str, now: float, *, flying: list[int], lanes: list[str], limit: int
) -> list[dict[str, Any]]:
    """Pending rows of a number whose time has come, oldest first, without those on their way or of a busy lane."""
    return database.all(
        "SELECT * FROM delivery WHERE state = 'pending' AND due_at <= ? AND number = ? "
        "AND id NOT IN (SELECT value FROM json_each(?)) AND lane NOT IN (SELECT value FROM json_each(?)) "
        "ORDER BY due_at, id LIMIT ?",
        now, number, json.dumps(flying), json.dumps(lanes), limit,
    )  # fmt: skip


def next_due(database: Database, now: float) -> float | None:
    return database.value("SELECT min(due_at) FROM delivery WHERE state = 'pending' AND due_at > ?", now)


def find(database: Database, delivery_id: int) -> dict[str, Any] | None:
    return database.one("SELECT * FROM delivery WHERE id = ?", delivery_id)


def record_attempt(database: Database, delivery_id: int, *, at: float, milliseconds: float, answered: int | None,
                   failure: str | None) -> None:  # fmt: skip
    database.insert(
        "attempt",
        {"delivery": delivery_id, "at": at, "milliseconds": milliseconds, "answered": answered, "failure": failure},
    )


def settle(database: Database, delivery_id: int, **changes: Any) -> None:
    database.update("delivery", "id", delivery_id, changes)


def hasten(database: Database, now: float, number: str | None = None) -> int:
    """Make waiting deliveries due at once; returns how many."""
    only = "" if number is None else "AND number = ?"
    return database.run(
        f"UPDATE delivery SET due_at = ? WHERE state = 'pending' AND due_at > ? {only}",
        now, now, *([] if number is None else [number]),
    )  # fmt: skip


def recent(database: Database, *, limit: int = 200, state: str | None = None) -> list[dict[str, Any]]:
    """Newest first, with the body as text and every attempt."""
    only = "" if state is None else "WHERE state = ?"
    rows = database.all(
        f"SELECT {_BRIEF}, body FROM delivery {only} ORDER BY id DESC LIMIT ?",
        *([] if state is None else [state]), limit,
    )  # fmt: skip
    for row in rows:
        row["body"] = row["body"].decode("utf-8", "replace")
        row["tries"] = database.all(
            "SELECT at, milliseconds, answered, failure FROM attempt WHERE delivery = ? ORDER BY id", row["id"]
        )
    return rows


def prune(database: Database, keep: int) -> None:
    """Forget the oldest settled deliveries beyond `keep`."""
    last = database.value("SELECT max(id) FROM delivery") or 0
    with database.transaction():
        database.run("DELETE FROM delivery WHERE id <= ? AND state != 'pending'", last - keep)
        database.run(
            "DELETE FROM attempt WHERE delivery <= ? AND delivery NOT IN (SELECT id FROM delivery)", last - keep
        )


def counts(database: Database) -> dict[str, int]:
    rows = database.all("SELECT state, count(*) AS count FROM delivery GROUP BY state")
    return {row["state"]: row["count"] for row in rows}


def latencies(database: Database, limit: int = 2000) -> list[float]:
    rows = database.all("SELECT milliseconds FROM attempt WHERE answered IS NOT NULL ORDER BY id DESC LIMIT ?", limit)
    return sorted(row["milliseconds"] for row in rows)


def waiting(database: Database, number: str) -> list[dict[str, Any]]:
    """Undelivered webhooks of a number, oldest first."""
    return database.all("SELECT * FROM delivery WHERE state = 'pending' AND number = ? ORDER BY id", number)
