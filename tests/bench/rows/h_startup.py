"""h: from a fresh clone to "Kefu is ready", the second start, and the memory of the one process at rest.

What it needs under load is in row b (embedded).
"""

import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.measures import Measure
from tests.bench.row import Row
from tests.house.house import ROOT, free_port

COLD_WITHIN_SECONDS = 900
AT_REST_SECONDS = 10
_NOT_HANDED_DOWN = ("DATABASE_URL", "REDIS_URL", "KEFU_TEST_PROFILE", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")


def run(profile: str) -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="kefu-cold-") as folder:
        tree = Path(folder) / "kefu"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
        cold, _ = _start(tree)
        second, memory = _start(tree)
    return [
        Measure("cold set-up, clone to ready", cold, "s", aim=180, note="packages may come from a warm download cache"),
        Measure("second start", second, "s", aim=10),
        Measure("memory at rest", memory, "MB", aim=250),
    ]


def _start(tree: Path) -> tuple[float, float]:
    """Seconds until ``make run`` says it is ready, and the process's memory a little later, in megabytes."""
    env = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_DOWN}
    env |= {"PORT": str(free_port()), "SIM_PORT": str(free_port()), "KEFU_DEMO_PASSWORD": "Kefu-bench-2026!"}
    log = tree.parent / "run.log"
    began = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "--no-print-directory", "run"], cwd=tree, env=env, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    try:
        _wait_until_ready(log, process, began)
        took = time.monotonic() - began
        time.sleep(AT_REST_SECONDS)
        return took, _memory_mb(tree)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def _wait_until_ready(log: Path, process: "subprocess.Popen[bytes]", began: float) -> None:
    while "Kefu is ready" not in log.read_text():
        if process.poll() is not None or time.monotonic() - began > COLD_WITHIN_SECONDS:
            raise RuntimeError(f"make run did not get ready:\n{log.read_text()[-2000:]}")
        time.sleep(0.05)


def _memory_mb(tree: Path) -> float:
    """Of the process that runs this tree's ``manage.py serve``."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text()
            if f"{tree}/.venv/" in command and "serve" in command:
                found = re.search(r"VmRSS:\s+(\d+)", (folder / "status").read_text())
                return int(found.group(1)) / 1024 if found else 0.0
        except OSError:
            continue  # it ended meanwhile
    raise RuntimeError("no process of the new installation was found")


ROW = Row("h", "start-up of the one process", run, profiles=("embedded",))
