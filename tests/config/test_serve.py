"""``manage.py serve`` as a process of its own, with and without production."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from config.env import BASE_DIR

START_WITHIN_SECONDS = 90


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def opens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def test_production_has_neither_demo_accounts_nor_a_simulator(tmp_path: Path):
    port, simulator = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")} | {
        "KEFU_PRODUCTION": "1",
        "KEFU_DATA": str(tmp_path),
        "KEFU_SECRET_KEY": secrets.token_urlsafe(48),
        "KEFU_MASTER_KEYS": "trial:" + secrets.token_urlsafe(48),
        "KEFU_PUBLIC_URL": "https://inbox.example.com",
        "KEFU_ALLOWED_HOSTS": "inbox.example.com,127.0.0.1",
        "KEFU_FAST_PASSWORDS": "0",
        "PORT": str(port),
        "SIM_PORT": str(simulator),
    }
    log = tmp_path / "log"
    with log.open("w") as output:
        command = [sys.executable, "manage.py", "serve"]
        server = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=output, stderr=output)
        try:
            end = time.monotonic() + START_WITHIN_SECONDS
            while "Kefu is ready" not in log.read_text() and server.poll() is None and time.monotonic() < end:
                time.sleep(0.1)
            said = log.read_text()
            assert "Kefu is ready" in said, said
            assert opens(port) and not opens(simulator)
            assert "Demo accounts" not in said and "Customer phone" not in said
        finally:
            server.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(15)
            server.kill()
    assert not (tmp_path / "demo_password").exists() and not (tmp_path / "simulator.sqlite3").exists()
