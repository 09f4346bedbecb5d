"""Message templates of a WABA: one row for each name and language."""

import json
from typing import Any

from inbox.simulator.storage.database import Database


def upsert(database: Database, row: dict[str, Any]) -> None:
    packed = {**row, "components": json.dumps(row["components"])}
    database.run(
        "INSERT INTO template (id, waba_id, name, language, category, status, components) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (waba_id, name, language) DO UPDATE SET category = excluded.category, status = excluded.status, "
        "components = excluded.components",
        *(packed[name] for name in ("id", "waba_id", "name", "language", "category", "status", "components")),
    )


def find(database: Database, waba_id: str, name: str, language: str) -> dict[str, Any] | None:
    return _row(
        database.one("SELECT * FROM template WHERE waba_id = ? AND name = ? AND language = ?", waba_id, name, language)
    )


def of_waba(database: Database, waba_id: str) -> list[dict[str, Any]]:
    rows = database.all("SELECT * FROM template WHERE waba_id = ? ORDER BY name, language", waba_id)
    return [row for row in map(_row, rows) if row is not None]


def by_id(database: Database, template_id: str) -> dict[str, Any] | None:
    return _row(database.one("SELECT * FROM template WHERE id = ?", template_id))


def count(database: Database, waba_id: str) -> int:
    return int(database.value("SELECT count(*) FROM template WHERE waba_id = ?", waba_id))


def change(database: Database, template_id: str, **changes: Any) -> None:
    """Set status, category or components."""
    if "components" in changes:
        changes["components"] = json.dumps(changes["components"])
    database.update("template", "id", template_id, changes)


def remove(database: Database, template_id: str) -> None:
    database.run("DELETE FROM template WHERE id = ?", template_id)


def undelivered(database: Database, waba_id: str, name: str, language: str) -> int:
    """Messages of this template which are still on their way."""
    return int(database.value(
        "SELECT count(*) FROM message WHERE kind = 'template' AND direction = 'out' AND status IN ('accepted', 'sent') "
        "AND number IN (SELECT phone_number_id FROM number WHERE waba_id = ?) "
        "AND json_extract(content, '$.name') = ? AND json_extract(content, '$.language.code') = ?",
        waba_id, name, language,
    ))  # fmt: skip


def _row(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is not None:
        row["components"] = json.loads(row["components"])
    return row
