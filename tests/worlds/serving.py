"""Kefu itself, served over real HTTP and real sockets in a thread of the test."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import uvicorn
from django.db import connections
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from inbox.ingest.group_commit import rest_all
from security.models import User


class Served:
    """``config.asgi`` on a free port. ``url`` is its base address."""

    def __init__(self) -> None:
        from config.asgi import application

        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(application, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="kefu-under-test", daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])
        rest_all()
        connections.close_all()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        _close_pool()

    def follow(self, user: User | None, since: dict[str, int] | None = None, **how: Any) -> "Stream":
        """A browser tab of ``user`` (nobody: without a session) that said hello."""
        return Stream(self, session_of(user) if user else "", **how).hello(since or {})


def _close_pool() -> None:
    """The loop's threads are gone, and took their connections with them without giving them back: a pool that many
    servers of one test process had drawn from would run dry."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


def session_of(user: User) -> str:
    """The session key of a fresh sign-in."""
    client = Client()
    client.force_login(user)
    return str(client.session.session_key)


class Stream:
    """One live connection. Frames are kept in ``frames``; ``events`` are those of the ``events`` frames."""

    def __init__(self, served: Served, session_key: str, *, origin: str | None = None) -> None:
        headers = {"Cookie": f"kefu_session={session_key}"} if session_key else {}
        url = f"ws://127.0.0.1:{served.port}/ws/stream"
        self.session_key = session_key
        self.frames: list[dict[str, Any]] = []
        self._heard = 0
        self._open = contextlib.ExitStack()
        connecting = connect(url, additional_headers=headers, origin=Origin(origin or served.url), open_timeout=10)
        self._socket: ClientConnection = self._open.enter_context(connecting)

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def hello(self, since: dict[str, int]) -> "Stream":
        with contextlib.suppress(ConnectionClosed):  # the server may have refused us already: `closed_with` tells
            self.say(type="hello", since=since)
        return self

    def say(self, **frame: Any) -> None:
        self._socket.send(json.dumps(frame))

    def say_raw(self, text: str | bytes) -> None:
        self._socket.send(text)

    def next(self, *, seconds: float = 10.0) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self._socket.recv(timeout=seconds))
        self.frames.append(frame)
        return frame

    def heads(self) -> dict[str, int]:
        """Read up to the server's hello and return its heads."""
        return dict(self.until(lambda frame: frame["type"] == "hello")["heads"])

    def until(self, wanted: Callable[[dict[str, Any]], object], *, seconds: float = 10.0) -> dict[str, Any]:
        """Read frames until one is ``wanted``; return it."""
        end = time.monotonic() + seconds
        while True:
            frame = self.next(seconds=max(0.01, end - time.monotonic()))
            if wanted(frame):
                return frame

    def hears(self, kind: str, *, seconds: float = 10.0, **payload: Any) -> dict[str, Any]:
        """The next event of ``kind`` whose payload has these values, after the one that was heard last."""

        def found(_: object = None) -> bool:
            events = self.events
            for place in range(self._heard, len(events)):
                if events[place]["kind"] == kind and payload.items() <= events[place]["payload"].items():
                    self._heard = place + 1
                    return True
            return False

        if not found():
            self.until(found, seconds=seconds)
        return self.events[self._heard - 1]

    def upto(self, stream: str, seq: int) -> list[dict[str, Any]]:
        """Read until the cursor of ``stream`` reaches ``seq``; return every event heard so far."""
        self.until(lambda frame: frame.get("stream") == stream and frame["upto"] >= seq)
        return self.events

    @property
    def events(self) -> list[dict[str, Any]]:
        return [
            {**event, "stream": frame["stream"]}
            for frame in self.frames
            if frame["type"] == "events"
            for event in frame["events"]
        ]

    def closed_with(self, *, seconds: float = 10.0) -> int:
        """Read on until the server closes; return its code."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.next(seconds=max(0.01, end - time.monotonic()))
            except ConnectionClosed as closed:
                assert closed.rcvd is not None, "the connection broke without a close frame"
                return closed.rcvd.code
