"""``python -m tests.bench.reference.bare_acks PORT``: verify the HMAC, one INSERT per request, 200.

On PostgreSQL: uvicorn and a pool of ten connections. On SQLite: Daphne, and one writer thread with the durability
settings that Kefu uses. ``BENCH_DATABASE`` is a URL or a file.
"""

import asyncio
import hashlib
import hmac
import os
import sqlite3
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

SECRET = os.environ.get("BENCH_SECRET", "secret").encode()
DATABASE = os.environ["BENCH_DATABASE"]
_COLUMNS = "(id varchar(36) primary key, digest {bytes}, body {bytes})"


class OnPostgres:
    async def start(self) -> None:
        import psycopg_pool

        self._pool = psycopg_pool.AsyncConnectionPool(DATABASE, min_size=10, max_size=10, open=False)
        await self._pool.open(wait=True)
        async with self._pool.connection() as connection:
            await connection.execute(f"CREATE TABLE IF NOT EXISTS bare_webhook {_COLUMNS.format(bytes='bytea')}")

    async def insert(self, row: tuple[str, bytes, bytes]) -> None:
        async with self._pool.connection() as connection:
            await connection.execute("INSERT INTO bare_webhook VALUES (%s, %s, %s)", row)


class OnSqlite:
    async def start(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    def _open(self) -> None:
        self._database = sqlite3.connect(DATABASE, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(f"CREATE TABLE IF NOT EXISTS bare_webhook {_COLUMNS.format(bytes='blob')}")

    async def insert(self, row: tuple[str, bytes, bytes]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._insert, row)

    def _insert(self, row: tuple[str, bytes, bytes]) -> None:
        self._database.execute("INSERT INTO bare_webhook VALUES (?, ?, ?)", row)


store = OnPostgres() if DATABASE.startswith("postgres") else OnSqlite()
_ready: "asyncio.Task[None] | None" = None


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    global _ready
    if scope["type"] != "http":
        return
    if _ready is None:
        _ready = asyncio.create_task(store.start())
    await asyncio.shield(_ready)
    body = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            break
    given = dict(scope["headers"]).get(b"x-hub-signature-256", b"")
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    ours = hmac.compare_digest(given, expected.encode())
    if ours:
        await store.insert((str(uuid.uuid4()), hashlib.sha256(body).digest(), body))
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200 if ours else 401, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


def main(port: int) -> None:
    if isinstance(store, OnPostgres):
        import uvicorn

        uvicorn.run(application, port=port, log_level="warning", lifespan="off")
    else:
        from daphne.endpoints import build_endpoint_description_strings
        from daphne.server import Server

        Server(application, endpoints=build_endpoint_description_strings(host="127.0.0.1", port=port)).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
