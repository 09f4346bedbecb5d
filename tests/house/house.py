"""Starts Kefu as a user would run it: one process on SQLite, or a process per part on PostgreSQL and Redis."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import requests

from tests.house.furnish import Wishes, wishes_as_json

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Kefu-story-2026!"
START_WITHIN_SECONDS = 400
_STOP_WITHIN_SECONDS = 15
EVERYTHING = "ingest,outbound,media,default"
ONE_WORKER = {"worker": EVERYTHING}
# As in compose.yaml: what comes in and what goes out do not wait for each other.
TWO_WORKERS = {"worker-in": "ingest,default", "worker-out": "outbound,media"}


@dataclass
class House:
    """A running Kefu. ``env`` starts further commands in the same world; ``workers`` are queues by process name.

    The parts (keys of ``processes``) are ``kefu`` on the embedded default; ``simulator``, ``web``, the workers and
    ``beat`` on services.
    """

    env: dict[str, str]
    data: Path
    workers: Mapping[str, str] = field(default_factory=lambda: ONE_WORKER)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _told: dict[str, Any] = field(default_factory=dict)

    def furnish(self, wishes: Wishes) -> dict[str, Any]:
        """Migrate, and make a plain world instead of the demo; see ``furnish``. Before the first start."""
        self.manage("prepare")
        return json.loads(self.python("-m", "tests.house.furnish", wishes_as_json(wishes)).stdout)

    @property
    def profile(self) -> str:
        return self.env["KEFU_TEST_PROFILE"]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.env['PORT']}"

    @property
    def phone_url(self) -> str:
        return f"http://127.0.0.1:{self.env['SIM_PORT']}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def info(self) -> dict[str, Any]:
        """``manage.py demo_info --json``, asked once: a process takes seconds, and what it tells stays."""
        if not self._told:
            self._told = json.loads(self.manage("demo_info", "--json").stdout)
        return self._told

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.python("manage.py", *command)

    def python(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a Python program in this house's world to its end; what it printed on stderr is in the error."""
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=self.env, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")
        return done

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The command of each process."""
        python, env = sys.executable, self.env
        if self.profile == "embedded":
            return {"kefu": (python, "manage.py", "serve", *(() if env.get("KEFU_HOUSE_DEMO") else ("--no-demo",)))}
        state = str(self.data / "simulator.sqlite3")
        celery = (python, "-m", "celery", "-A", "config")
        # As in the Dockerfile: compression costs every socket a third of a megabyte.
        web = (python, "-m", "uvicorn", "config.asgi:application", "--ws-per-message-deflate", "false")
        workers = {
            name: (*celery, "worker", "-P", "threads", "-c", "4", "-Q", queues, "-l", "warning", "-n", f"{name}@house")
            for name, queues in self.workers.items()
        }
        return {
            "simulator": (python, "-m", "inbox.simulator", "--port", env["SIM_PORT"], "--state", state),
            "web": (*web, "--port", env["PORT"], "--log-level", "warning"),
            **workers,
            "beat": (*celery, "beat", "-s", str(self.data / "beat"), "-l", "warning"),
        }

    def start(self, *names: str) -> None:
        """Start parts (all by default) without waiting until they answer."""
        commands = self.parts()
        with self.log.open("ab") as log:
            for name in names or commands:
                self.processes[name] = subprocess.Popen(commands[name], cwd=ROOT, env=self.env, stdout=log, stderr=log)

    def wait_until_ready(self, *, within: float = START_WITHIN_SECONDS) -> None:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self.processes.values()):
                break
            with contextlib.suppress(requests.RequestException):
                ready = requests.get(f"{self.url}/readyz", timeout=5).ok
                if ready and requests.get(f"{self.phone_url}/__sim/state", timeout=5).ok:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"Kefu did not start:\n{self.log.read_text()[-4000:]}")

    def stop(self, *names: str) -> None:
        """End parts (all by default) as an operator would."""
        ending = {name: self.processes.pop(name) for name in names or tuple(self.processes) if name in self.processes}
        for process in ending.values():
            process.send_signal(signal.SIGTERM)
        for process in ending.values():
            try:
                process.wait(_STOP_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)

    def kill(self, name: str) -> None:
        """``kill -9``: the part has no chance to tidy up."""
        process = self.processes.pop(name)
        process.kill()
        process.wait(5)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the house's database directly; placeholders are ``%s`` on both."""
        if self.profile == "services":
            with psycopg.connect(self.env["DATABASE_URL"]) as connection:
                return connection.execute(query, values).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "kefu.sqlite3", timeout=20)) as database:
            return database.execute(query.replace("%s", "?"), values).fetchall()

    def count(self, query: str, *values: Any) -> int:
        return int(self.rows(query, *values)[0][0])

    @property
    def web(self) -> str:
        """The part that answers requests and holds the sockets."""
        return "kefu" if self.profile == "embedded" else "web"

    def cpu_seconds(self) -> float:
        """What the web part has used so far, threads that ended included, to the nanosecond."""
        clock = ~self.processes[self.web].pid << 3 | 2  # Linux's clock of another process: clock_getcpuclockid(3)
        return time.clock_gettime(clock)

    def resident_mb(self, name: str) -> float:
        """Memory of a part's process, in megabytes."""
        status = Path(f"/proc/{self.processes[name].pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextlib.contextmanager
def running_house(data: Path, *, env: dict[str, str] | None = None) -> Iterator[House]:
    """Kefu with its demo world in ``data``, on free ports, stopped at the end. ``env`` of an earlier one starts the
    same house again."""
    house = House(env or {**environment(data), "KEFU_HOUSE_DEMO": "1"}, data)
    if house.profile == "services":
        house.manage("prepare")
        if env is None:
            house.manage("seed_demo")
    try:
        house.start()
        house.wait_until_ready()
        yield house
    finally:
        house.stop()


def environment(data: Path, *, profile: str | None = None) -> dict[str, str]:
    """The environment of a new house: free ports, its own data folder, database and Redis prefix."""
    profile = profile or os.environ.get("KEFU_TEST_PROFILE", "embedded")
    port, simulator_port = free_port(), free_port()
    env = {
        **os.environ,
        "KEFU_TEST_PROFILE": profile,
        "KEFU_DATA": str(data),
        "PORT": str(port),
        "SIM_PORT": str(simulator_port),
        "KEFU_DEMO_PASSWORD": PASSWORD,
        "KEFU_LOG_LEVEL": "WARNING",
        "KEFU_FAST_PASSWORDS": "1",
        "KEFU_REDIS_PREFIX": f"kefu-house-{port}",
        "PYTHONUNBUFFERED": "1",
    }
    env.pop("DJANGO_SETTINGS_MODULE", None)
    env.pop("PGOPTIONS", None)  # what kills processes and counts what is left commits to the disk
    if profile == "services":
        env["DATABASE_URL"] = _fresh_database(env["DATABASE_URL"], f"kefu_house_{port}")
    else:
        env.pop("DATABASE_URL", None)
        env.pop("REDIS_URL", None)
    return env


def drop_database(env: Mapping[str, str]) -> None:
    """A house's PostgreSQL database goes with it; its data folder is the caller's."""
    if url := env.get("DATABASE_URL"):
        base, _, name = url.rpartition("/")
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _fresh_database(server_url: str, name: str) -> str:
    base, _, _ = server_url.rpartition("/")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{base}/{name}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
