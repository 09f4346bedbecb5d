"""The WhatsApp simulator in a thread of its own, with an event loop of its own: Kefu reaches it over real HTTP only."""

import threading
import time
from pathlib import Path

import uvicorn

from inbox.simulator.app import create_app

START_WITHIN_SECONDS = 10.0


class SimulatorThread:
    def __init__(self, *, host: str, port: int, state: Path) -> None:
        config = uvicorn.Config(
            create_app(state), host=host, port=port, log_level="warning", lifespan="on", timeout_graceful_shutdown=2
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="simulator", daemon=True)

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + START_WITHIN_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the simulator did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)
