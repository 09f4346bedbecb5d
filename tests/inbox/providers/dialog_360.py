"""A thin real-HTTP stand-in for 360dialog in front of the simulator: other paths, other header, the same bodies."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from inbox.simulator.webhooks.media_links import PATH as MEDIA_PATH
from tests.worlds.channels import NOWHERE

_DROPPED = {"host", "connection", "content-length", "accept-encoding", "d360-api-key", "authorization"}


class Dialog360:
    """``key`` belongs to one number. Files must be fetched here too: the URL it names leads nowhere."""

    def __init__(self, simulator_url: str, *, number: str, account: str, key: str) -> None:
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                proxy.asked.append((self.command, self.path))
                proxy.headers.append({name.lower(): value for name, value in self.headers.items()})
                status, headers, content = proxy.forward(self.command, self.path, body, proxy.headers[-1])
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _any

            def log_message(self, *_: Any) -> None:
                pass

        self._upstream, self._number, self._account, self._key = simulator_url, number, account, key
        self._session = requests.Session()
        self._session.trust_env = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def forward(self, method: str, path: str, body: bytes, given: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if given.get("d360-api-key") != self._key:  # its gateway answers itself, in other words than Meta's
            return 401, {"Content-Type": "application/json"}, b'{"meta": {"success": false, "http_code": 401}}'
        headers = {name: value for name, value in given.items() if name not in _DROPPED}
        headers["Authorization"] = f"Bearer {self._key}"
        answer = self._session.request(
            method, self._upstream + self._path(path), data=body, headers=headers, timeout=10
        )
        kept = {name: answer.headers[name] for name in ("Content-Type", "Retry-After") if name in answer.headers}
        return answer.status_code, kept, self._reshaped(path, answer)

    def _path(self, path: str) -> str:
        bare, _, _query = path.partition("?")
        if bare == "/messages":
            return f"/v24.0/{self._number}/messages"
        if bare == "/media":
            return f"/v24.0/{self._number}/media"
        if bare == "/health_status":
            return f"/v24.0/{self._number}?fields=health_status"
        if bare == "/v1/configs/templates":
            return f"/v24.0/{self._account}/message_templates?limit=1000"
        return path if bare == MEDIA_PATH else f"/v24.0{bare}"

    def _reshaped(self, path: str, answer: requests.Response) -> bytes:
        """Its own list of templates, and a download address on a host of Meta's that takes no key of ours."""
        if not answer.headers.get("Content-Type", "").startswith("application/json"):
            return answer.content
        body = answer.json()
        if path.startswith("/v1/configs/templates") and "data" in body:
            asked = {name: int(said[0]) for name, said in parse_qs(urlsplit(path).query).items()}
            start, limit = asked.get("offset", 0), asked.get("limit", 1000)
            rows = body["data"]
            body = {"waba_templates": rows[start : start + limit], "offset": start, "total": len(rows)}
        if "url" in body:
            body["url"] = body["url"].replace(self._upstream, NOWHERE)
        return json.dumps(body).encode()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
