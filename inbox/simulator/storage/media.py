"""Media bytes and the short-lived addresses under which they are fetched."""

import hashlib
from typing import Any

from inbox.simulator.storage.database import Database

_WITHOUT_BYTES = "id, number, mime_type, sha256, size, name, problem, expires_at"


def add(database: Database, *, media_id: str, number: str, mime_type: str, data: bytes, expires_at: float,
        name: str | None = None, problem: str | None = None) -> dict[str, Any]:  # fmt: skip
    row = {
        "id": media_id, "number": number, "mime_type": mime_type, "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data), "name": name, "problem": problem, "expires_at": expires_at,
    }  # fmt: skip
    database.insert("media", {**row, "bytes": data})
    return row


def find(database: Database, media_id: str) -> dict[str, Any] | None:
    return database.one(f"SELECT {_WITHOUT_BYTES} FROM media WHERE id = ?", media_id)


def read(database: Database, media_id: str) -> bytes:
    return database.value("SELECT bytes FROM media WHERE id = ?", media_id) or b""


def delete(database: Database, media_id: str) -> None:
    with database.transaction():
        database.run("DELETE FROM media WHERE id = ?", media_id)
        database.run("DELETE FROM media_url WHERE media = ?", media_id)


def add_url(database: Database, token: str, media_id: str, *, now: float, expires_at: float) -> None:
    with database.transaction():
        database.run("DELETE FROM media_url WHERE expires_at < ?", now - 86400)
        database.insert("media_url", {"token": token, "media": media_id, "expires_at": expires_at})


def by_url(database: Database, token: str, now: float) -> dict[str, Any] | None:
    media_id = database.value("SELECT media FROM media_url WHERE token = ? AND expires_at >= ?", token, now)
    return find(database, media_id) if media_id else None
