"""A service that does not answer is named in one sentence, without its password."""

import os
import socket
import subprocess
import sys

from config.setup.places import HERE


def check(database_url: str, redis_url: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
    return subprocess.run([sys.executable, HERE / "services.py"], env=env, capture_output=True, text=True)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_an_absent_postgresql_is_named_and_its_password_is_not():
    port = closed_port()
    answer = check(f"postgres://kefu:not-to-be-shown@127.0.0.1:{port}/kefu", "redis://127.0.0.1:6379/0")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"PostgreSQL does not answer at 127.0.0.1:{port}")
    assert "not-to-be-shown" not in answer.stderr
    assert "DATABASE_URL=" in answer.stderr
