"""Invented WhatsApp users and their ids."""

import json
from typing import Any

from inbox.simulator.storage.database import Database


def find(database: Database, customer_id: str | None) -> dict[str, Any] | None:
    return _row(database.one("SELECT * FROM customer WHERE id = ?", customer_id))


def by_phone(database: Database, digits: str) -> dict[str, Any] | None:
    """By WhatsApp id or phone number, digits only; the two may differ (Meta: Brazil, Mexico, Argentina)."""
    return _row(database.one("SELECT * FROM customer WHERE wa_id = ? OR phone = ? LIMIT 1", digits, digits))


def by_bsuid(database: Database, portfolio_id: str, value: str) -> dict[str, Any] | None:
    return _row(
        database.one(
            "SELECT customer.* FROM customer JOIN bsuid ON bsuid.customer = customer.id "
            "WHERE bsuid.portfolio_id = ? AND bsuid.value = ?",
            portfolio_id,
            value,
        )
    )


def every(database: Database, *, search: str = "", limit: int = 500) -> list[dict[str, Any]]:
    like = f"%{search}%"
    rows = database.all(
        "SELECT * FROM customer WHERE name LIKE ? OR phone LIKE ? OR username LIKE ? "
        "ORDER BY created_at DESC, id LIMIT ?",
        like, like, like, limit,
    )  # fmt: skip
    return [row for row in map(_row, rows) if row is not None]


def bsuid_in(database: Database, portfolio_id: str, customer_id: str) -> str | None:
    return database.value("SELECT value FROM bsuid WHERE portfolio_id = ? AND customer = ?", portfolio_id, customer_id)


def portfolios_of(database: Database, customer_id: str) -> list[str]:
    rows = database.all("SELECT portfolio_id FROM bsuid WHERE customer = ? ORDER BY portfolio_id", customer_id)
    return [row["portfolio_id"] for row in rows]


def set_bsuid(database: Database, portfolio_id: str, customer_id: str, value: str) -> None:
    database.run(
        "INSERT INTO bsuid VALUES (?, ?, ?) ON CONFLICT (portfolio_id, customer) DO UPDATE SET value = excluded.value",
        portfolio_id, customer_id, value,
    )  # fmt: skip


def _row(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    for name in ("hide_phone", "online", "read_receipts"):
        row[name] = bool(row[name])
    row["blocks"] = json.loads(row["blocks"])
    return row
