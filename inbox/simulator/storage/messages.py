"""Messages of both directions, their statuses and reactions."""

import json
from typing import Any

from inbox.simulator.storage.database import Database

# Meta: statuses only move forward; `failed` counts only while nothing was delivered.
RANK = {"accepted": 0, "failed": 0, "sent": 1, "delivered": 2, "read": 3, "played": 4}
# Shown on the message they are about, not as one of their own.
BESIDE = "('reaction', 'edit', 'revoke')"
# Meta: system notices, corrections and the withdrawn welcome request start no customer service window.
OPENS_NOTHING = "('system', 'edit', 'revoke', 'request_welcome')"
_JSON = ("content", "context", "statuses", "recipient", "pricing", "error")


def add(database: Database, row: dict[str, Any]) -> int:
    """Insert one message; JSON columns are given as Python values."""
    return database.insert("message", {name: _packed(name, value) for name, value in row.items()})


def change(database: Database, wamid: str, **changes: Any) -> None:
    database.update("message", "wamid", wamid, {name: _packed(name, value) for name, value in changes.items()})


def find(database: Database, wamid: str) -> dict[str, Any] | None:
    return _row(database.one("SELECT * FROM message WHERE wamid = ?", wamid))


def chat(
    database: Database, customer: str, number: str, *, limit: int = 200, before: int | None = None
) -> list[dict[str, Any]]:
    """The newest `limit` messages of one chat, oldest first; `before` is a row id."""
    older = "" if before is None else "AND (at, id) < (SELECT at, id FROM message WHERE id = ?)"
    rows = database.all(
        f"SELECT * FROM message WHERE customer = ? AND number = ? AND kind NOT IN {BESIDE} {older} "
        "ORDER BY at DESC, id DESC LIMIT ?",
        customer, number, *([] if before is None else [before]), limit,
    )  # fmt: skip
    return [row for row in map(_row, reversed(rows)) if row is not None]


def last_inbound_at(database: Database, customer: str, number: str, *, until: float | None = None) -> float | None:
    """When the customer last wrote: the start of the customer service window (Meta: 24 h)."""
    return database.value(
        "SELECT max(at) FROM message WHERE customer = ? AND number = ? AND direction = 'in' "
        f"AND kind NOT IN {OPENS_NOTHING} AND (? IS NULL OR at <= ?)",
        customer, number, until, until,
    )  # fmt: skip


def outgoing_since(database: Database, since: float, number: str | None = None) -> list[dict[str, Any]]:
    """Accepted messages of the business, oldest first."""
    rows = database.all(
        "SELECT * FROM message WHERE direction = 'out' AND at >= ? AND (? IS NULL OR number = ?) ORDER BY id",
        since, number, number,
    )  # fmt: skip
    return [row for row in map(_row, rows) if row is not None]


def numbers_with(database: Database, customer: str) -> list[dict[str, Any]]:
    """The business numbers this customer has messages with."""
    return database.all(
        "SELECT * FROM number WHERE phone_number_id IN (SELECT DISTINCT number FROM message WHERE customer = ?) "
        "ORDER BY phone_number_id",
        customer,
    )


def incoming_media(database: Database, since: float, number: str | None = None) -> list[dict[str, Any]]:
    """Messages of customers which hold a file, oldest first."""
    rows = database.all(
        "SELECT * FROM message WHERE direction = 'in' AND at >= ? AND (? IS NULL OR number = ?) "
        "AND kind IN ('image', 'video', 'audio', 'document', 'sticker') "
        "AND json_extract(content, '$.id') IS NOT NULL ORDER BY id",
        since, number, number,
    )  # fmt: skip
    return [row for row in map(_row, rows) if row is not None]


def marketing_since(database: Database, customer: str, since: float, wamid: str) -> int:
    """Marketing messages of any business which reached this customer after `since`, but not in an open window."""
    return int(database.value(
        "SELECT count(*) FROM message WHERE customer = ? AND direction = 'out' AND kind = 'template' AND at > ? "
        "AND wamid != ? AND status != 'failed' AND upper(json_extract(content, '$.category')) LIKE 'MARKETING%' "
        "AND NOT EXISTS (SELECT 1 FROM message AS answer WHERE answer.customer = message.customer "
        "AND answer.number = message.number AND answer.direction = 'in' AND answer.at > message.at - 86400 "
        "AND answer.at <= message.at)",
        customer, since, wamid,
    ))  # fmt: skip


def outgoing_of(database: Database, owners: list[str], since: float, until: float) -> list[dict[str, Any]]:
    """What these numbers sent between two moments, oldest first."""
    rows = database.all(
        "SELECT * FROM message WHERE number IN (SELECT value FROM json_each(?)) AND direction = 'out' "
        "AND at >= ? AND at < ? ORDER BY at, id",
        json.dumps(owners), since, until,
    )  # fmt: skip
    return [row for row in map(_row, rows) if row is not None]


def taps_on(database: Database, wamids: list[str]) -> list[dict[str, Any]]:
    """Taps of customers on template buttons of these messages."""
    rows = database.all(
        "SELECT * FROM message WHERE direction = 'in' AND kind = 'button' "
        "AND json_extract(context, '$.id') IN (SELECT value FROM json_each(?))",
        json.dumps(wamids),
    )  # fmt: skip
    return [row for row in map(_row, rows) if row is not None]


def outgoing_in(
    database: Database, customer: str, statuses: tuple[str, ...], number: str | None = None
) -> list[dict[str, Any]]:
    """Messages of the business to this customer which stand at one of `statuses`, oldest first."""
    marks = ", ".join("?" * len(statuses))
    only = "" if number is None else "AND number = ?"
    rows = database.all(
        f"SELECT * FROM message WHERE customer = ? AND direction = 'out' AND status IN ({marks}) {only} "
        "ORDER BY at, id",
        customer,
        *statuses,
        *([] if number is None else [number]),
    )
    return [row for row in map(_row, rows) if row is not None]


def incoming_until(database: Database, message: dict[str, Any]) -> list[dict[str, Any]]:
    """Unread messages of the same customer up to and including this one."""
    rows = database.all(
        "SELECT * FROM message WHERE customer = ? AND number = ? AND direction = 'in' AND status != 'read' "
        "AND (at, id) <= (?, ?) ORDER BY at, id",
        message["customer"], message["number"], message["at"], message["id"],
    )  # fmt: skip
    return [row for row in map(_row, rows) if row is not None]


def reactions(database: Database, wamids: list[str]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for start in range(0, len(wamids), 500):
        part = wamids[start : start + 500]
        marks = ", ".join("?" * len(part))
        for row in database.all(f"SELECT * FROM reaction WHERE wamid IN ({marks}) ORDER BY side", *part):
            found.setdefault(row["wamid"], []).append({"emoji": row["emoji"], "side": row["side"]})
    return found


def react(database: Database, wamid: str, side: str, emoji: str) -> None:
    """Set or, with an empty emoji, remove the reaction of one side."""
    database.run("DELETE FROM reaction WHERE wamid = ? AND side = ?", wamid, side)
    if emoji:
        database.run("INSERT INTO reaction VALUES (?, ?, ?)", wamid, side, emoji)


def _packed(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=True) if name in _JSON and value is not None else value


def _row(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is not None:
        for name in _JSON:
            row[name] = json.loads(row[name]) if row[name] is not None else None
    return row
