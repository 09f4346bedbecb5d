"""Small documents beside the tables: the state of a number, an account, a portfolio, a template, a flow.

Each module that owns a kind keeps its defaults; what is stored is only what differs from them. Documents are read far
more often than written, so the database remembers them; no other process writes them while a simulator runs.
"""

import json
from typing import Any

from inbox.simulator.storage.database import Database

_REMEMBERED = 20_000


def read(database: Database, kind: str, record_id: str) -> dict[str, Any]:
    """The stored document; an empty one when nothing was stored."""
    with database.locked():
        if (kind, record_id) not in database.documents:
            if len(database.documents) > _REMEMBERED:
                database.documents.clear()
            found = database.value("SELECT detail FROM record WHERE kind = ? AND id = ?", kind, record_id)
            database.documents[kind, record_id] = found
        text = database.documents[kind, record_id]
    return json.loads(text) if text is not None else {}


def write(database: Database, kind: str, record_id: str, detail: dict[str, Any]) -> None:
    text = json.dumps(detail)
    with database.locked():
        database.run(
            "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET detail = excluded.detail",
            kind, record_id, text,
        )  # fmt: skip
        database.documents[kind, record_id] = text


def change(database: Database, kind: str, record_id: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Merge `changes` into the document and return it whole."""
    with database.transaction():
        detail = {**read(database, kind, record_id), **changes}
        write(database, kind, record_id, detail)
    return detail


def every(database: Database, kind: str) -> dict[str, dict[str, Any]]:
    """All documents of a kind by their id."""
    rows = database.all("SELECT id, detail FROM record WHERE kind = ? ORDER BY id", kind)
    return {row["id"]: json.loads(row["detail"]) for row in rows}


def remove(database: Database, kind: str, record_id: str) -> None:
    with database.locked():
        database.run("DELETE FROM record WHERE kind = ? AND id = ?", kind, record_id)
        database.documents.pop((kind, record_id), None)
