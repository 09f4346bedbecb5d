"""Locks of a stranger, behind which Kefu has to wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from tests.faults.place import Place


@contextmanager
def held(place: Place, statement: str, *values: Any) -> Iterator[psycopg.Connection]:
    """A transaction of somebody else on PostgreSQL that holds what ``statement`` locks."""
    with psycopg.connect(place.inside.env["DATABASE_URL"]) as connection:
        connection.execute(statement, values)
        yield connection
        connection.rollback()


@contextmanager
def write_lock(place: Place) -> Iterator[None]:
    """SQLite's one write lock."""
    path = place.house.data / "kefu.sqlite3"
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


@contextmanager
def no_body_stored(place: Place) -> Iterator[None]:
    """What takes webhooks in stands before its INSERT."""
    if place.profile == "embedded":
        with write_lock(place):
            yield
    else:
        with held(place, "LOCK TABLE inbox_storedwebhook IN SHARE MODE"):
            yield


def waiting_for_a_lock(place: Place, *, query: str = "%") -> int:
    """How many connections on PostgreSQL wait for a lock with a query like that."""
    return place.count(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE %s",
        query,
    )
