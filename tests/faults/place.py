"""A running Kefu with everything it stands on within reach: to stop, cut, freeze and kill it, and to look inside."""

import json
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.faults.line import Line
from tests.faults.own_redis import OwnRedis
from tests.faults.patience import SECONDS, until
from tests.house.furnish import Wishes
from tests.house.house import ONE_WORKER, House, drop_database, environment

# Crashes are settled in seconds here; the product waits 120 s and 30 s by default.
CLAIM_TIMEOUT_SECONDS = 15
_POLICY_KNOWN_SECONDS = 5.5
BRISK = {"claim_timeout_seconds": CLAIM_TIMEOUT_SECONDS, "send_timeout_seconds": 5}


@dataclass
class Place:
    """``inside`` asks the database directly, past ``line``; ``redis`` and ``line`` only exist on services."""

    house: House
    inside: House
    world: dict[str, Any]
    redis: OwnRedis | None = None
    line: Line | None = None
    _prefixes: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    @property
    def profile(self) -> str:
        return self.house.profile

    @property
    def channel(self) -> dict[str, Any]:
        return dict(self.world["channels"][0])

    @property
    def worker(self) -> str:
        """The process that drains and sends."""
        return "worker" if self.profile == "services" else "kefu"

    @property
    def web(self) -> str:
        return "web" if self.profile == "services" else "kefu"

    def prefix(self) -> str:
        """Keeps the message ids of two tests apart."""
        return f"F{next(self._prefixes)}x"

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.inside.rows(query, *values)

    def count(self, query: str, *values: Any) -> int:
        return self.inside.count(query, *values)

    def sim(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The simulator's control plane."""
        answer = requests.request(method, f"{self.house.phone_url}/__sim/{path}", json=body, timeout=20)
        answer.raise_for_status()
        return answer.json()

    def accepted_by_whatsapp(self) -> dict[str, int]:
        """How often the simulator accepted a message of ours, by our correlation; from its own file."""
        query = "SELECT correlation, count(*) FROM message WHERE direction = 'out' GROUP BY 1"
        with closing(sqlite3.connect(self.house.data / "simulator.sqlite3", timeout=20)) as database:
            return {str(name): int(times) for name, times in database.execute(query).fetchall()}

    def restart(self, name: str) -> None:
        """Start a part that was killed or stopped, and wait until it serves."""
        self.house.start(name)
        self.house.wait_until_ready(within=SECONDS)

    def kill_when(
        self, name: str, moment: Callable[[], object], *, brief: bool = False, seconds: float = SECONDS
    ) -> None:
        """``kill -9`` exactly when ``moment()`` is true: it is frozen then, and looked at again.

        It is looked at while it runs, since freezing it on suspicion would starve what is measured; a ``brief`` moment
        would be over by then, so it is frozen at random and looked at only so.
        """
        process = self.house.processes[name]
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if brief or moment():
                process.send_signal(signal.SIGSTOP)
                if moment():
                    self.house.kill(name)
                    return
                process.send_signal(signal.SIGCONT)
            time.sleep(random.uniform(0.003, 0.02) if brief else 0.003)
        raise AssertionError(f"{name} was never caught at that moment")

    @contextmanager
    def policy(self, **numbers: int) -> Iterator[None]:
        """Other numbers of ``InboxPolicy`` for a while; every process knows them within five seconds."""
        before = {name: self.count(f"SELECT {name} FROM inbox_inboxpolicy") for name in numbers}
        self._set_policy(numbers)
        try:
            yield
        finally:
            self._set_policy(before)

    def _set_policy(self, numbers: Mapping[str, int]) -> None:
        self.inside.python("-m", "tests.faults.set_policy", json.dumps(numbers))
        time.sleep(_POLICY_KNOWN_SECONDS)  # a cache in every process; nothing outside shows when it was read again

    def idle(self) -> bool:
        """Nothing stored waits to be applied and nothing queued or claimed waits to leave."""
        waiting = "SELECT count(*) FROM inbox_storedwebhook WHERE state = 'pending'"
        leaving = "SELECT count(*) FROM inbox_message WHERE status IN ('queued', 'sending')"
        return not self.count(waiting) and not self.count(leaving)


@contextmanager
def place(
    folder: Path, profile: str, *, wishes: Wishes | None = None, own: tuple[str, ...] = ("redis",)
) -> Iterator[Place]:
    """A furnished, running Kefu; ``own`` of "redis" and "line" says what it stands on may be broken."""
    env = environment(folder, profile=profile)
    wishes = wishes or Wishes(agents=3, customers=12)
    wishes = replace(wishes, policy={**BRISK, **wishes.policy})
    inside = House(env, folder)
    redis = OwnRedis(folder) if profile == "services" and "redis" in own else None
    line = _line_to(env["DATABASE_URL"]) if profile == "services" and "line" in own else None
    outside = {**env, **({"REDIS_URL": redis.url} if redis else {})}
    if line is not None:
        outside["DATABASE_URL"] = _through(env["DATABASE_URL"], line.port)
    house = House(outside, folder, workers=ONE_WORKER)
    try:
        standing = Place(house, inside, house.furnish(wishes), redis, line)
        house.start()
        house.wait_until_ready(within=SECONDS)
        _introduce(standing)
        yield standing
    finally:
        house.stop()
        if line is not None:
            line.close()
        if redis is not None:
            redis.stop()
        drop_database(env)


def _introduce(standing: Place) -> None:
    """The simulator learns the numbers and knows every customer; Kefu's webhook proves itself to it."""
    standing.sim("PATCH", "settings", {"unknown_recipients": "create", "throughput": False, "pair_rate": False})
    for channel in standing.world["channels"]:
        standing.sim(
            "POST",
            "numbers",
            {
                "phone_number_id": channel["phone_number_id"],
                "waba_id": channel["waba_id"],
                "display_phone_number": channel["phone"],
                "verified_name": channel["name"],
                **{name: channel[name] for name in ("app_secret", "access_token", "verify_token", "webhook_url")},
            },
        )
    until(lambda: {row["handshake"] for row in standing.sim("GET", "numbers")["results"]} == {"verified"})
    _say_hello(standing)


def _say_hello(standing: Place) -> None:
    """Every customer writes once through WhatsApp, which opens the window there too."""
    numbers = {channel["id"]: channel["phone_number_id"] for channel in standing.world["channels"]}
    for person in standing.world["customers"]:
        known = standing.sim("POST", "customers", {"name": person["name"], "phone": f"+{person['wa_id']}"})
        hello = {"number": numbers[person["channel"]], "type": "text", "text": "Good morning"}
        standing.sim("POST", f"customers/{known['id']}/messages", hello)
    hellos = 2 * len(standing.world["customers"])
    until(lambda: standing.count("SELECT count(*) FROM inbox_message WHERE direction = 'in'") == hellos)


def _line_to(database_url: str) -> Line:
    address = urlsplit(database_url)
    assert address.hostname is not None
    return Line(address.hostname, address.port or 5432)


def _through(database_url: str, port: int) -> str:
    address = urlsplit(database_url)
    people = address.netloc.rpartition("@")[0]
    return address._replace(netloc=f"{people}@127.0.0.1:{port}").geturl()
