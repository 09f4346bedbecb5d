"""Do PostgreSQL and Redis answer? Run by the Python of ``.venv``: ``python config/setup/services.py``.

Reads ``DATABASE_URL`` and ``REDIS_URL``; creates the named database when the server has none of that name.
"""

import os
import sys
from urllib.parse import urlsplit

import psycopg
import redis
from psycopg import sql


def check_postgresql(url: str) -> None:
    """``url`` as in DATABASE_URL. Raises ``SystemExit`` with one sentence."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        if not _created(url):
            sys.exit(_sentence("PostgreSQL", url, error, "DATABASE_URL=postgres://user:password@host:5432/name"))


def _created(url: str) -> bool:
    """True when the server does answer and only the named database was missing; it is there now."""
    address = urlsplit(url)
    name = address.path.lstrip("/")
    try:
        with psycopg.connect(address._replace(path="/postgres").geturl(), connect_timeout=5, autocommit=True) as server:
            if not name or server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error:
        return False
    return True


def check_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as connection:
            connection.ping()
    except (redis.RedisError, ValueError) as error:
        sys.exit(_sentence("Redis", url, error, "REDIS_URL=redis://host:6379/0"))


def _sentence(service: str, url: str, error: Exception, remedy: str) -> str:
    address = urlsplit(url)
    where = f" at {address.hostname}:{address.port or 'its usual port'}" if address.hostname else ""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    return f"{service} does not answer{where} ({reason}): start it, or give {remedy}."


if __name__ == "__main__":
    check_postgresql(os.environ["DATABASE_URL"])
    check_redis(os.environ["REDIS_URL"])
