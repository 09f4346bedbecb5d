"""Servers on several addresses of this machine, one of them standing for the internet, and names that lead to them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """``heard``: the paths that were asked for. ``answer``: what it says to each."""

    address: str
    answer: Answer = (200, {}, b"secret of the house")
    heard: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.port}"


@contextmanager
def serving(address: str, *, port: int = 0) -> Iterator[Server]:
    server = Server(address)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.heard.append(self.path)
            status, headers, body = server.answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Listening(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

    listening = Listening((address, port), Handler)
    server.port = listening.server_port
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()


def resolving(monkeypatch: pytest.MonkeyPatch, name: str, *answers: list[str]) -> Callable[[], int]:
    """``name`` leads to the first of ``answers``, then to the second, and at last always to the last one. Returns how
    often it was looked up so far."""
    real, asked = socket.getaddrinfo, [0]

    def looked_up(host: Any, port: Any, *more: Any, **how: Any) -> Any:
        if host != name:
            return real(host, port, *more, **how)
        found = answers[min(asked[0], len(answers) - 1)]
        asked[0] += 1
        return [entry for one in found for entry in real(one, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return lambda: asked[0]
