"""The Graph calls received, tokens redacted, and the faults waiting to be met."""

import json
from typing import Any

from inbox.simulator.storage.database import Database


def record(database: Database, row: dict[str, Any], *, keep: int) -> None:
    call_id = database.insert("call", {**row, "detail": json.dumps(row["detail"])})
    if call_id % 500 == 0:
        database.run("DELETE FROM call WHERE id <= ?", call_id - keep)


def recent(database: Database, *, limit: int = 200, number: str | None = None, after: int = 0,
           method: str | None = None, path: str | None = None, status: int | None = None,
           ) -> list[dict[str, Any]]:  # fmt: skip
    """Newest first. `after` is a call id: only later ones; `path` is how the path ends."""
    wanted = {"number = ?": number, "method = ?": method, "path LIKE '%' || ?": path, "status = ?": status}
    only = {condition: value for condition, value in wanted.items() if value is not None}
    rows = database.all(
        f"SELECT * FROM call WHERE {' AND '.join(['id > ?', *only])} ORDER BY id DESC LIMIT ?",
        after, *only.values(), limit,
    )  # fmt: skip
    for row in rows:
        row["detail"] = json.loads(row["detail"])
    return rows


def add_fault(database: Database, kind: str, times: int, detail: dict[str, Any]) -> None:
    database.insert("fault", {"kind": kind, "remaining": times, "detail": json.dumps(detail)})


def take_fault(database: Database, kinds: tuple[str, ...]) -> dict[str, Any] | None:
    """The oldest waiting fault of these kinds, counted down by one."""
    marks = ", ".join("?" * len(kinds))
    with database.transaction():
        row = database.one(f"SELECT * FROM fault WHERE kind IN ({marks}) ORDER BY id LIMIT 1", *kinds)
        if row is None:
            return None
        if row["remaining"] <= 1:
            database.run("DELETE FROM fault WHERE id = ?", row["id"])
        else:
            database.run("UPDATE fault SET remaining = remaining - 1 WHERE id = ?", row["id"])
    return {"kind": row["kind"], **json.loads(row["detail"])}


def faults(database: Database) -> list[dict[str, Any]]:
    rows = database.all("SELECT * FROM fault ORDER BY id")
    return [{"kind": row["kind"], "count": row["remaining"], **json.loads(row["detail"])} for row in rows]
