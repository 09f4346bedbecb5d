"""A row of the bench and where it runs."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.measures import Measure
from tests.house.furnish import Wishes
from tests.house.house import TWO_WORKERS, House, drop_database, environment

PROFILES = ("services", "embedded")


@dataclass(frozen=True)
class Row:
    """``run(profile)`` builds its own house, measures, and takes everything down again."""

    id: str
    what: str
    run: "Callable[[str], list[Measure]]"
    profiles: tuple[str, ...] = PROFILES


@dataclass
class Bench:
    """A furnished house and what ``furnish`` told of it."""

    house: House
    world: dict[str, Any] = field(default_factory=dict)

    @property
    def channel(self) -> dict[str, Any]:
        return dict(self.world["channels"][0])


@contextmanager
def loaded(profile: str, *, messages: int) -> Iterator[House]:
    """A running house with a load world of that size, twenty messages to a conversation; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kefu-bench-") as folder:
        data = Path(folder)
        house = House(environment(data, profile=profile), data, workers=TWO_WORKERS)
        try:
            house.manage("prepare")
            house.manage("load_world", "--conversations", str(messages // 20), "--messages", str(messages))
            house.python("-m", "tests.house.widen")
            house.start(*(() if profile == "embedded" else ("simulator", "web")))
            house.wait_until_ready()
            yield house
        finally:
            house.stop()
            drop_database(house.env)


@contextmanager
def furnished(profile: str, wishes: Wishes | None = None, *, start: bool = True) -> Iterator[Bench]:
    """A house of its own, running unless ``start`` is false, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kefu-bench-") as folder:
        data = Path(folder)
        house = House(environment(data, profile=profile), data, workers=TWO_WORKERS)
        try:
            bench = Bench(house, house.furnish(wishes or Wishes()))
            if start:
                house.start()
                house.wait_until_ready()
            yield bench
        finally:
            house.stop()
            drop_database(house.env)
