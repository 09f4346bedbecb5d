"""Which users a portfolio reached outside an open window, and whom a number has blocked."""

from typing import Any

from inbox.simulator.storage.database import Database


def add(database: Database, portfolio_id: str, user: str, at: float) -> None:
    database.run(
        "INSERT INTO reach VALUES (?, ?, ?) ON CONFLICT (portfolio_id, user) DO UPDATE SET at = excluded.at",
        portfolio_id, user, at,
    )  # fmt: skip


def users_since(database: Database, portfolio_id: str, since: float) -> int:
    """Unique users reached after `since`. A user reached twice counts at the later moment."""
    return int(database.value("SELECT count(*) FROM reach WHERE portfolio_id = ? AND at > ?", portfolio_id, since))


def reached_since(database: Database, portfolio_id: str, user: str, since: float) -> bool:
    at = database.value("SELECT at FROM reach WHERE portfolio_id = ? AND user = ?", portfolio_id, user)
    return at is not None and at > since


def block(database: Database, number: str, customer: str, at: float) -> None:
    database.run("INSERT OR IGNORE INTO block VALUES (?, ?, ?)", number, customer, at)


def unblock(database: Database, number: str, customer: str) -> bool:
    return database.run("DELETE FROM block WHERE number = ? AND customer = ?", number, customer) > 0


def is_blocked(database: Database, number: str, customer: str) -> bool:
    return database.value("SELECT 1 FROM block WHERE number = ? AND customer = ?", number, customer) is not None


def blocked(database: Database, number: str) -> list[dict[str, Any]]:
    """The customers a number has blocked, in the order in which it did."""
    return database.all(
        "SELECT customer.* FROM block JOIN customer ON customer.id = block.customer WHERE block.number = ? "
        "ORDER BY block.at, customer.id",
        number,
    )
