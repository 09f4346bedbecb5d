"""A little inbox: a real HTTP server which takes webhooks, verifies what it is asked to, and keeps everything."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "test_app_secret"
VERIFY_TOKEN = "verify-me"


class Callback:
    """`answers` are the status codes of the next POSTs, afterwards 200; `accepts` False refuses the handshake."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.gets: list[dict[str, str]] = []
        self.answers: list[int] = []
        self.accepts = True
        self._changed = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
                with outer._changed:
                    outer.gets.append(query)
                right = outer.accepts and query.get("hub.verify_token") == VERIFY_TOKEN
                self._answer(200 if right else 403, query.get("hub.challenge", "") if right else "no")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outer._took(body, dict(self.headers))
                self._answer(status, "")

            def _answer(self, status: int, text: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhooks/whatsapp/1"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def _took(self, body: bytes, headers: dict[str, str]) -> int:
        with self._changed:
            status = self.answers.pop(0) if self.answers else 200
            self.posts.append({"body": body, "headers": headers, "status": status, "at": time.time()})
            self._changed.notify_all()
        return status

    def taken(self) -> list[dict[str, Any]]:
        """Parsed bodies of the accepted posts."""
        with self._changed:
            return [json.loads(post["body"]) for post in self.posts if post["status"] == 200]

    def values(self) -> list[dict[str, Any]]:
        return [change["value"] for body in self.taken() for entry in body["entry"] for change in entry["changes"]]

    def messages(self) -> list[dict[str, Any]]:
        return [message for value in self.values() for message in value.get("messages", [])]

    def statuses(self, wamid: str) -> list[dict[str, Any]]:
        return [status for value in self.values() for status in value.get("statuses", []) if status["id"] == wamid]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def signature_is_right(post: dict[str, Any], secret: str = SECRET) -> bool:
    right = hmac.new(secret.encode(), post["body"], hashlib.sha256).hexdigest()
    return bool(post["headers"].get("X-Hub-Signature-256") == f"sha256={right}")


def until(happened: Any, *, seconds: float = 5.0) -> Any:
    """Wait until `happened()` is true and return its value; fail after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = happened()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"Did not happen within {seconds} s: {happened}")
