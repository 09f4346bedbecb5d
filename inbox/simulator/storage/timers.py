"""What must happen later: statuses, handshakes. Kept in the state file, so nothing is forgotten over a restart."""

import json
from typing import Any

from inbox.simulator.storage.database import Database


def add(database: Database, due_at: float, kind: str, subject: str, detail: dict[str, Any] | None = None) -> None:
    database.insert("timer", {"due_at": due_at, "kind": kind, "subject": subject, "detail": json.dumps(detail or {})})


def due(database: Database, now: float, limit: int = 500) -> list[dict[str, Any]]:
    rows = database.all("SELECT * FROM timer WHERE due_at <= ? ORDER BY due_at, id LIMIT ?", now, limit)
    for row in rows:
        row["detail"] = json.loads(row["detail"])
    return rows


def next_due(database: Database) -> float | None:
    return database.value("SELECT min(due_at) FROM timer")


def remove(database: Database, timer_id: int) -> None:
    database.run("DELETE FROM timer WHERE id = ?", timer_id)


def remove_about(database: Database, kind: str, subject: str) -> None:
    database.run("DELETE FROM timer WHERE kind = ? AND subject = ?", kind, subject)


def put_off(database: Database, timer_id: int, due_at: float) -> None:
    database.run("UPDATE timer SET due_at = ? WHERE id = ?", due_at, timer_id)
