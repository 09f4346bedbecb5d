"""A simulator served over real HTTP in a thread of the test."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import requests
import uvicorn

from inbox.simulator.app import create_app

TOKEN = "SIMTOKEN-one"


class _Server(uvicorn.Server):
    """Looks a hundred times a second whether it shall stop, not ten: hundreds of tests stop one."""

    async def main_loop(self) -> None:
        while not self.should_exit:
            await asyncio.sleep(0.01)


class Running:
    """`call` speaks the Graph API with the test number's token, `sim` the control plane; both return the response."""

    def __init__(self, state_path: Path | None = None, *, seed: int = 7) -> None:
        self.app = create_app(state_path, seed=seed)
        self.world = self.app.state.world
        config = uvicorn.Config(self.app, host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=1)
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("The simulator did not start.")
            threading.Event().wait(0.005)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.session = requests.Session()

    def call(
        self, method: str, path: str, *, token: str | None = TOKEN, version: str = "v24.0", **parts: Any
    ) -> requests.Response:
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **parts.pop("headers", {})}
        return self.session.request(method, f"{self.url}/{version}/{path}", headers=headers, timeout=10, **parts)

    def sim(self, method: str, path: str, body: Any = None, **parts: Any) -> Any:
        """The answer's JSON; anything but 2xx fails the test."""
        answer = self.session.request(method, f"{self.url}/__sim/{path}", json=body, timeout=30, **parts)
        assert answer.ok, (answer.status_code, answer.text)
        return answer.json()

    def send(self, to: str, **body: Any) -> requests.Response:
        content = body or {"type": "text", "text": {"body": "Hello"}}
        return self.call(
            "POST", "100000000000001/messages", json={"messaging_product": "whatsapp", "to": to, **content}
        )

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def leave(self) -> None:
        """Let it end in its own time, a tenth of a second: nobody waits for a world in memory that is nobody's file and
        that only a callback of its own test hears."""
        self.session.close()  # an open connection would be waited for
        self._server.should_exit = True

    def stop(self) -> None:
        """End it for good: its file may be opened again, its webhooks come no more."""
        self.leave()
        self._thread.join(10)
