"""The simulated platform: its state, clock and chance. `open_world` is the door for seeding without a server."""

import asyncio
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from inbox.simulator import business, history, people
from inbox.simulator.accounts.quota import Quota
from inbox.simulator.behaviour import Behaviour
from inbox.simulator.chance import Chance
from inbox.simulator.clock import Clock
from inbox.simulator.events import EventBus
from inbox.simulator.messaging.rates import Rates
from inbox.simulator.storage.database import Database

log = logging.getLogger(__name__)


class World:
    """Everything the Graph surface, the control plane and the background loops share."""

    def __init__(
        self, state_path: Path | None = None, *, seed: int | None = None, public_url: str | None = None
    ) -> None:
        self.database = Database(state_path)
        self.chance = self._awaken(seed)
        self.clock = Clock(self.database.recall("clock_offset", 0.0))
        self.behaviour = Behaviour(self.database.recall("settings", {}))
        self.events = EventBus()
        self.rates = Rates()
        self.quota = Quota()
        self.free_used: dict[tuple[str, float], int] = {}
        self._fixed_url = public_url
        self._learnt_url: str | None = self.database.recall("public_url")
        self._sleepers: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self.clock.on_advance(self.wake)

    def _awaken(self, seed: int | None) -> Chance:
        """Count this opening. Without a seed a fresh one is drawn, so that a deleted state never repeats ids."""
        with self.database.transaction():
            boot = self.database.recall("boot", 0) + 1
            stored = self.database.recall("seed")
            chosen = seed if seed is not None else stored if stored is not None else int.from_bytes(os.urandom(6))
            self.database.remember("boot", boot)
            self.database.remember("seed", chosen)
        log.info("Simulator seed %s, opening %s", chosen, boot)
        return Chance(chosen, boot)

    # --- time, news, address -------------------------------------------------------------------------------------

    def on_wake(self, loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
        """Set `event` of `loop` whenever timers or deliveries may have become due."""
        self._sleepers.append((loop, event))

    def wake(self) -> None:
        """May be called from any thread."""
        for loop, event in self._sleepers:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    def advance(self, seconds: float) -> float:
        """Move virtual time and remember it; returns the new time."""
        self.clock.advance(seconds)
        self.database.remember("clock_offset", self.clock.offset)
        return self.clock.now()

    def tell(self, news: dict[str, Any], *, customer: str | None = None) -> None:
        """Publish to phone pages once the surrounding transaction is safe."""
        self.database.after_commit(lambda: self.events.publish(news, customer=customer))

    @property
    def public_url(self) -> str | None:
        """Base of the addresses given out for media, without a slash at the end; None until one is known."""
        return self._fixed_url or self._learnt_url

    def reached_by_inbox(self, base_url: str) -> None:
        """A Graph call came to this address: what its caller reaches it can also fetch media from."""
        base_url = base_url.rstrip("/")
        if self._fixed_url is None and base_url != self._learnt_url:
            self._learnt_url = base_url
            self.database.remember("public_url", base_url)

    def reached_by_page(self, base_url: str) -> None:
        """A phone page may come through another host than the inbox: believed only while nothing better is known."""
        if self.public_url is None:
            self._learnt_url = base_url.rstrip("/")

    # --- settings and end ----------------------------------------------------------------------------------------

    def change_settings(self, changes: dict[str, Any]) -> None:
        self.behaviour.change(changes)
        self.database.remember("settings", self.behaviour.changes)
        self.wake()

    def reset(self) -> None:
        """Forget everything but seed and count of openings: ids are never given out twice."""
        self.database.empty()
        self.behaviour.forget()
        self.rates = Rates()
        self.quota = Quota()
        self.free_used.clear()
        self.clock.offset = 0.0
        self.database.remember("settings", {})
        self.database.remember("clock_offset", 0.0)
        self.database.remember("outages", {})
        self.tell({"type": "reset"})
        self.wake()

    def close(self) -> None:
        self.database.close()

    # --- seeding -------------------------------------------------------------------------------------------------

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """One transaction around many additions: thousands of messages a second instead of hundreds."""
        with self.database.transaction():
            yield

    def add_number(self, **fields: Any) -> dict[str, Any]:
        """See `business.put_number`."""
        return business.put_number(self, **fields)

    def add_customer(self, **fields: Any) -> dict[str, Any]:
        """See `people.create_customer`."""
        return people.create_customer(self, **fields)

    def add_message(self, **fields: Any) -> str:
        """See `history.add_message`."""
        return history.add_message(self, **fields)

    def add_media(self, **fields: Any) -> str:
        """See `history.add_media`."""
        return history.add_media(self, **fields)


@contextmanager
def open_world(state_path: Path | str | None, *, seed: int | None = None) -> Iterator[World]:
    """Open a state file for seeding; a running simulator sees the additions, but open pages only after a reload."""
    world = World(Path(state_path) if state_path is not None else None, seed=seed)
    try:
        yield world
    finally:
        world.close()
