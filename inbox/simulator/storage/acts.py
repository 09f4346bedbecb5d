"""What customers did besides writing, with the moment: the memory of blocks, preferences and changes of identity."""

import json
from typing import Any

from inbox.simulator.storage.database import Database


def add(database: Database, *, at: float, kind: str, customer: str, number: str | None = None,
        detail: dict[str, Any] | None = None) -> int:  # fmt: skip
    row = {"at": at, "kind": kind, "customer": customer, "number": number, "detail": json.dumps(detail or {})}
    return database.insert("act", row)


def every(database: Database, *, kinds: tuple[str, ...] = (), customer: str | None = None) -> list[dict[str, Any]]:
    """Oldest first."""
    rows = database.all(
        "SELECT * FROM act WHERE (? = '[]' OR kind IN (SELECT value FROM json_each(?))) "
        "AND (? IS NULL OR customer = ?) ORDER BY id",
        json.dumps(kinds), json.dumps(kinds), customer, customer,
    )  # fmt: skip
    return [{**row, "detail": json.loads(row["detail"])} for row in rows]


def last(database: Database, *, kinds: tuple[str, ...], customer: str, number: str) -> str | None:
    """The newest of `kinds` which this customer did towards a number."""
    return database.value(
        "SELECT kind FROM act WHERE customer = ? AND number = ? AND kind IN (SELECT value FROM json_each(?)) "
        "ORDER BY id DESC LIMIT 1",
        customer, number, json.dumps(kinds),
    )  # fmt: skip


def last_at(database: Database, kind: str, customer: str) -> float | None:
    return database.value("SELECT max(at) FROM act WHERE customer = ? AND kind = ?", customer, kind)


def marketing_stopped(database: Database, customer: str, number: str) -> bool:
    """Whether the customer wants no more marketing from this number (Meta: `user_preferences` stop and resume)."""
    return last(database, kinds=("stop_marketing", "resume_marketing"), customer=customer, number=number) == (
        "stop_marketing"
    )


def habits(database: Database, customer: str) -> dict[str, Any]:
    stored = database.value("SELECT detail FROM habit WHERE customer = ?", customer)
    return json.loads(stored) if stored else {}


def set_habits(database: Database, customer: str, detail: dict[str, Any]) -> None:
    database.run(
        "INSERT INTO habit VALUES (?, ?) ON CONFLICT (customer) DO UPDATE SET detail = excluded.detail",
        customer, json.dumps(detail),
    )  # fmt: skip


def in_coexistence(database: Database, phone_number_id: str) -> bool:
    """Whether the number is used from the phone app too (Meta: only such numbers get edits and deletions)."""
    return database.value("SELECT since FROM coexistence WHERE phone_number_id = ?", phone_number_id) is not None


def set_coexistence(database: Database, phone_number_id: str, since: float | None) -> None:
    """`since` None ends it."""
    database.run("DELETE FROM coexistence WHERE phone_number_id = ?", phone_number_id)
    if since is not None:
        database.insert("coexistence", {"phone_number_id": phone_number_id, "since": since})
