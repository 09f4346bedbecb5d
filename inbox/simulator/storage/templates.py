"""Message templates of a WABA, as far as sending needs them."""

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


def _row(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is not None:
        row["components"] = json.loads(row["components"])
    return row
