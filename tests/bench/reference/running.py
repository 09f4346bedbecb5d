"""Starting a bare program and waiting until it answers."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import requests

from tests.house.house import ROOT, free_port


@contextmanager
def bare(name: str, env: Mapping[str, str]) -> Iterator[str]:
    """``tests.bench.reference.<name>`` on a free port; yields its URL."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.reference.{name}", str(port)], cwd=ROOT, env=dict(env)
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.kill()
        process.wait(5)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.post(url, timeout=2)
        except requests.RequestException:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the bare program did not start")
