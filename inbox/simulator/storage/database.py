"""One SQLite connection shared by threads. A transaction must not contain `await`."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SCHEMA = Path(__file__).with_name("schema.sql")
_VERSION = 1
TABLES = (
    "number", "subscription", "customer", "bsuid", "message", "reaction", "media", "media_url", "template",
    "timer", "delivery", "attempt", "call", "fault", "record", "reach", "block",
    "act", "habit", "coexistence",
)  # fmt: skip


class StateFromAnotherVersion(RuntimeError):
    """The state file was written by another version of the simulator."""


class Database:
    """WAL with synchronous NORMAL: what was committed survives a killed process."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._after: list[Callable[[], None]] = []
        # Documents read lately, by kind and id; a send asks for a dozen of them. See `records`.
        self.documents: dict[tuple[str, str], str | None] = {}
        self._connection = sqlite3.connect(
            str(path) if path else ":memory:", timeout=20, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._prepare(path)

    def _prepare(self, path: Path | None) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise StateFromAnotherVersion(
                f"{path} has schema {version}, this simulator reads {_VERSION}. Delete the file to begin anew."
            )
        self._connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
        self._connection.execute(f"PRAGMA user_version = {_VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inner transactions join the outer one; `after_commit` runs when the outermost ended."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if outermost:
                    self._connection.execute("ROLLBACK")
                    self._after.clear()
                    self.documents.clear()
                raise
            self._depth -= 1
            waiting: list[Callable[[], None]] = []
            if outermost:
                self._connection.execute("COMMIT")
                waiting, self._after = self._after, []
        for run in waiting:
            run()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """No other thread reads or writes meanwhile."""
        with self._lock:
            yield

    def after_commit(self, run: Callable[[], None]) -> None:
        with self._lock:
            if self._depth:
                self._after.append(run)
                return
        run()

    def run(self, statement: str, *values: Any) -> int:
        """Execute and return the number of changed rows."""
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Insert one row and return its rowid. Column names come from our own code only."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        with self._lock:
            cursor = self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
            return int(cursor.lastrowid or 0)

    def update(self, table: str, key: str, value: Any, changes: dict[str, Any]) -> None:
        names = ", ".join(f"{name} = ?" for name in changes)
        self.run(f"UPDATE {table} SET {names} WHERE {key} = ?", *changes.values(), value)

    def many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._lock:
            self._connection.executemany(statement, rows)

    def all(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        with self._lock:
            return [dict(row) for row in self._connection.execute(statement, values)]

    def one(self, statement: str, *values: Any) -> dict[str, Any] | None:
        with self._lock:
            row = self._connection.execute(statement, values).fetchone()
        return dict(row) if row is not None else None

    def value(self, statement: str, *values: Any) -> Any:
        with self._lock:
            row = self._connection.execute(statement, values).fetchone()
        return row[0] if row is not None else None

    def remember(self, name: str, value: Any) -> None:
        self.run("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                 name, json.dumps(value))  # fmt: skip

    def recall(self, name: str, default: Any = None) -> Any:
        found = self.value("SELECT value FROM meta WHERE name = ?", name)
        return json.loads(found) if found is not None else default

    def empty(self) -> None:
        with self.transaction():
            for table in TABLES:
                self.run(f"DELETE FROM {table}")
            self.documents.clear()

    def close(self) -> None:
        with self._lock:
            self._connection.close()
