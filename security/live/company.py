"""Who else is at the same place, and who types: told to those who are there, by every server process, stored nowhere.

Each process knows its own tabs, tells the others what it has at a place, and hears what they have there, by the channel
layer. What gets lost is told again within ``RENEWED_SECONDS``. See ``docs/live-stream.md`` for what that costs.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import uuid4
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from security.access import Access
from security.live.batch import Batch, frame
from security.places import kind_of_place, scope_of_place
from security.streams import sees
from security.threads import in_thread

logger = logging.getLogger(__name__)
GROUP = "kefu.company"
GATHERED_SECONDS = 0.2  # so long changes at one place are gathered, before they are told once
TYPING_SECONDS = 6.0  # whoever goes on typing says so again before
RENEWED_SECONDS = 20.0
LOOKING_SECONDS = 75.0  # tabs say so every 30 seconds
_LISTEN_AGAIN_SECONDS = 1


class Visitor(Protocol):
    """A tab. ``access`` is always the newest that is known of its person."""

    access: Access

    async def send(self, text_data: str) -> None: ...


class Present(NamedTuple):
    user_id: int
    name: str
    typing: bool


@dataclass
class _Visit:
    until: float
    typing_until: float = 0.0
    told: str = ""


@dataclass
class _Place:
    """``scope`` is what the audience is asked with; ``elsewhere`` is what other processes have here, and until when
    that is believed."""

    scope: dict[str, Any]
    visits: dict[Visitor, _Visit] = field(default_factory=dict)
    elsewhere: dict[str, tuple[float, list[Present]]] = field(default_factory=dict)


class Company:
    """All places of a server process where somebody is."""

    def __init__(self) -> None:
        self.places: dict[str, _Place] = {}
        self._where: dict[Visitor, str] = {}
        self._process = uuid4().hex
        self._gathering: set[str] = set()
        self._asks: set[str] = set()
        self._changed: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: dict[str, asyncio.Task[None]] = {}

    async def enter(self, visitor: Visitor, place: str, *, typing: bool) -> None:
        """``visitor`` is at ``place`` now and nowhere else; where they may not be, they are nowhere."""
        if self._where.get(visitor) != place:
            self.leave(visitor)
        known = self.places.get(place) or await self._found(place)
        if known is None or not sees(place.partition(":")[0], visitor.access, known.scope):
            self.leave(visitor)
            return
        self.places[place] = known
        now = asyncio.get_running_loop().time()
        if not known.visits:
            self._asks.add(place)
        visit = known.visits.setdefault(visitor, _Visit(until=0.0))
        visit.until, visit.typing_until = now + LOOKING_SECONDS, now + TYPING_SECONDS if typing else 0.0
        self._where[visitor] = place
        self._keep_running()
        self._touch(place, ours=True)
        if typing:
            asyncio.get_running_loop().call_later(TYPING_SECONDS + 0.1, self._touch, place)

    def leave(self, visitor: Visitor) -> None:
        """They closed it, or are gone."""
        place = self._where.pop(visitor, None)
        if place is not None and place in self.places:
            self.places[place].visits.pop(visitor, None)
            self._touch(place, ours=True)

    def noticed(self, batch: Batch) -> None:
        """The stream tells what may have changed who sees a place: no read is needed to follow it."""
        for event in batch.events if self.places else ():
            place = f"{event.audience}:{event.object_id}"
            if place in self.places:
                self.places[place].scope = event.scope
                self._recheck(place)

    def recheck(self, visitor: Visitor) -> None:
        """Their access changed."""
        place = self._where.get(visitor)
        if place is not None:
            self._recheck(place)

    def people_at(self, place: str) -> list[Present]:
        """Each person once, however many tabs they have, in the order of their names."""
        now, found = asyncio.get_running_loop().time(), self._ours(place)
        for until, people in self.places[place].elsewhere.values():
            found += people if until > now else []
        merged: dict[int, Present] = {}
        for one in found:
            before = merged.get(one.user_id)
            merged[one.user_id] = one._replace(typing=one.typing or (before is not None and before.typing))
        return sorted(merged.values(), key=lambda one: (one.name, one.user_id))

    async def _found(self, place: str) -> _Place | None:
        if kind_of_place(place) is None:
            return None
        scope = await in_thread(scope_of_place, place)
        return self.places.get(place) or (_Place(scope) if scope is not None else None)

    def _recheck(self, place: str) -> None:
        known = self.places[place]
        for visitor in [one for one in known.visits if not sees(place.partition(":")[0], one.access, known.scope)]:
            self.leave(visitor)

    def _ours(self, place: str) -> list[Present]:
        now = asyncio.get_running_loop().time()
        visits = self.places[place].visits.items()
        return [Present(one.access.user_id, one.access.name, visit.typing_until > now) for one, visit in visits]

    def _touch(self, place: str, *, ours: bool = False) -> None:
        """Something is different there: say it, once for all that happens within a moment."""
        if ours:
            self._changed.add(place)
        if place in self._gathering or place not in self.places:
            return
        self._gathering.add(place)
        task = asyncio.create_task(self._tell(place))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self, place: str) -> None:
        await asyncio.sleep(GATHERED_SECONDS)
        self._gathering.discard(place)
        if place in self._changed:
            self._changed.discard(place)
            await self._publish(place)
        known = self.places.get(place)
        if known is None:
            return
        if not known.visits:
            del self.places[place]
            return
        people = self.people_at(place)
        for visitor, visit in list(known.visits.items()):
            await self._say(visitor, visit, place, people)

    async def _say(self, visitor: Visitor, visit: _Visit, place: str, people: list[Present]) -> None:
        others = [
            {"id": one.user_id, "name": one.name, "typing": one.typing}
            for one in people
            if one.user_id != visitor.access.user_id
        ]
        text = frame(type="here", place=place, people=others)
        if text == visit.told or (not others and not visit.told):
            return
        visit.told = text
        with contextlib.suppress(Exception):  # a socket that is gone; its consumer says so itself
            await visitor.send(text)

    async def _publish(self, place: str) -> None:
        asks = place in self._asks
        self._asks.discard(place)
        who = [list(one) for one in self._ours(place)] if place in self.places else []
        message = {"type": "company.told", "from": self._process, "place": place, "who": who, "asks": asks}
        with contextlib.suppress(Exception):  # the layer is away: it is told again with the next renewal
            await get_channel_layer().group_send(GROUP, message)

    def _hear(self, message: dict[str, Any]) -> None:
        place = message["place"]
        known = self.places.get(place)
        if known is None or message["from"] == self._process:
            return
        until = asyncio.get_running_loop().time() + 2.5 * RENEWED_SECONDS
        known.elsewhere[message["from"]] = (until, [Present(*one) for one in message["who"]])
        self._touch(place, ours=bool(message["asks"]))

    def _keep_running(self) -> None:
        for name, work in (("listen", self._listen), ("renew", self._renew)):
            if name not in self._running or self._running[name].done():
                self._running[name] = asyncio.create_task(work())

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                self._asks.update(self.places)
                for place in list(self.places):
                    self._touch(place, ours=True)
                while True:
                    self._hear(await layer.receive(channel))
            except Exception:
                logger.warning("the channel layer is away; listening again in a second", exc_info=True)
                await asyncio.sleep(_LISTEN_AGAIN_SECONDS)

    async def _renew(self) -> None:
        """Says again what is still so, and lets go of whoever has not been heard of."""
        while True:
            await asyncio.sleep(RENEWED_SECONDS)
            now = asyncio.get_running_loop().time()
            for place, known in list(self.places.items()):
                for visitor in [one for one, visit in known.visits.items() if visit.until < now]:
                    self.leave(visitor)
                self._recheck(place)
                self._touch(place, ours=True)


_companies: WeakKeyDictionary[asyncio.AbstractEventLoop, Company] = WeakKeyDictionary()


def company() -> Company:
    """That of the running event loop: one per server process."""
    return _companies.setdefault(asyncio.get_running_loop(), Company())
