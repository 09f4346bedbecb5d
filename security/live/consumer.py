"""The socket ``/ws/stream``: hello with cursors, replay, follow, heartbeat. The protocol: ``docs/live-stream.md``."""

import asyncio
import contextlib
import logging
from datetime import datetime
from typing import Any

import orjson
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone

from security.access import Access, access_of
from security.limits.buckets import Pace
from security.limits.table import frame_rate
from security.live.attendance import attendance
from security.live.batch import SCHEMA, Batch, frame
from security.live.company import company
from security.live.hub import hub
from security.live.store import heads_and_floors
from security.models import SecurityPolicy
from security.network.allowlist import may_stay
from security.origin import current_origin
from security.sessions import session_id_of, signed_in_by
from security.threads import in_thread
from security.tiers.asking import asked_of

logger = logging.getLogger(__name__)
NOT_SIGNED_IN, BELOW_FLOOR, TOO_MANY_FRAMES = 4401, 4409, 4429
_BETWEEN_MOVES_SECONDS = 0.25
_SOONEST_BEAT_SECONDS = 0.1
_WAITING_BATCHES = 256  # beyond this a slow tab drops batches and reads the gap from the rows


class StreamConsumer(AsyncWebsocketConsumer):
    """One agent's browser tab."""

    channel_layer_alias = ""  # none of its own: the hub listens once for the whole process
    access: Access

    async def connect(self) -> None:
        self.cursors: dict[str, int] = {}
        self._batches: asyncio.Queue[Batch | None] = asyncio.Queue(_WAITING_BATCHES)  # None: catch up
        self._pumping: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None
        self._moving: asyncio.Task[None] | None = None
        self._wanted: tuple[str, bool] | None = None  # where the tab wants to be, and whether its person types
        self._greeted = False
        self._attends: int | None = None
        self._put_out = False
        self._pace = Pace(await in_thread(frame_rate))
        self._idle_at: datetime | None = None
        self._over = ""
        await self.accept()
        if not await self._load_access():
            await self._turn_away()

    async def disconnect(self, code: int) -> None:
        self._go()
        for task in (self._pumping, self._beating, self._moving):
            if task is not None:
                task.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self._pace.takes():
            await self._turn_away(TOO_MANY_FRAMES)
            return
        try:
            message = orjson.loads(text_data or "")
        except orjson.JSONDecodeError:
            return
        if not isinstance(message, dict) or self._put_out:
            return
        if message.get("type") == "hello" and not self._greeted:
            self._greeted = True
            await self._hello(_cursors(message.get("since")))
        if message.get("type") == "here" and self._attends is not None:
            self._go_to(message.get("place"), typing=message.get("typing") is True)

    def offer(self, batch: Batch) -> None:
        """Called by the hub; see ``Follower``."""
        with contextlib.suppress(asyncio.QueueFull):
            self._batches.put_nowait(batch)

    async def _hello(self, since: dict[str, int]) -> None:
        streams = self.access.streams()
        await hub().listening()
        heads, floors, beat = await in_thread(_greeting, streams)
        if any(not floors[name] <= since[name] <= heads[name] for name in since if name in heads):
            await self.close(BELOW_FLOOR)  # too old to replay, or numbered by a database that is gone
            return
        await self.send(frame(type="hello", schema=SCHEMA, heads=heads, floors=floors, heartbeat_seconds=beat))
        self.cursors = {name: since.get(name, heads[name]) for name in streams}
        hub().join(self, heads)
        self._attends = self.access.user_id
        attendance().enter(self._attends)
        self._pumping = asyncio.create_task(self._pump())
        self._beating = asyncio.create_task(self._beat(beat))

    async def _pump(self) -> None:
        """The only sender of events, so that a socket's cursor moves in one place."""
        try:
            await self._catch_up()
            while not self._put_out:
                batch = await self._batches.get()
                await (self._catch_up() if batch is None else self._take(batch))
        except Exception:
            # The database or the socket is away; the next beat starts the pump again.
            logger.warning("a live connection could not be served; its next heartbeat tries again", exc_info=True)

    async def _take(self, batch: Batch) -> None:
        if self.cursors.get(batch.stream, batch.start) < batch.start:
            await self._replay(batch.stream, batch.start)
        if self.cursors.get(batch.stream, batch.upto) < batch.upto:
            await self._tell(batch)

    async def _catch_up(self) -> None:
        await hub().check_heads(list(self.cursors))  # what was told between reading the heads and following them
        for stream in list(self.cursors):
            await self._replay(stream, hub().tails.get(stream, 0))

    async def _replay(self, stream: str, upto: int) -> None:
        while not self._put_out and (cursor := self.cursors.get(stream, upto)) < upto:
            batch = await hub().pages.after(stream, cursor)
            if batch is None:
                return
            await self._tell(batch)

    async def _tell(self, batch: Batch) -> None:
        # First the new streams are followed, then the client hears of it: what it fetches then misses nothing.
        known = self.cursors.get(batch.stream, batch.start)
        if batch.changes_access(after=known) and not await self._load_access():
            await self._turn_away()
        after = self.cursors.get(batch.stream)
        if self._put_out or after is None:  # signed out, or the stream was left while its rows were read
            return
        for upto, text in batch.frames_for(self.access, after=after):
            await self.send(text)
            if self._put_out or batch.stream not in self.cursors:
                return
            self.cursors[batch.stream] = max(upto, self.cursors[batch.stream])

    async def _turn_away(self, code: int = NOT_SIGNED_IN) -> None:
        """Close once, and read no more: the browser's side of closing may take a while to arrive."""
        if not self._put_out:
            self._put_out = True
            self._go()
            await self.close(code, reason=self._over)

    def _go(self) -> None:
        """Follow nothing any more, and be counted no longer as a tab of its person."""
        hub().leave(self)
        company().leave(self)
        if self._attends is not None:
            attendance().leave(self._attends)
            self._attends = None

    def _go_to(self, place: object, *, typing: bool) -> None:
        """The last word counts, and is acted on a few times a second at most, however often a tab says it."""
        self._wanted = (place if isinstance(place, str) else "", typing)
        if self._moving is None or self._moving.done():
            self._moving = asyncio.create_task(self._move())

    async def _move(self) -> None:
        while self._wanted is not None and not self._put_out:
            (place, typing), self._wanted = self._wanted, None
            with contextlib.suppress(Exception):  # the database is away: the tab says it again
                await company().enter(self, place, typing=typing)
            await asyncio.sleep(_BETWEEN_MOVES_SECONDS)

    async def _beat(self, seconds: int) -> None:
        while True:
            await asyncio.sleep(self._until_beat(seconds))
            with contextlib.suppress(Exception):  # the database may be away for a moment; the next beat asks again
                if not await self._load_access():
                    await self._turn_away()
                    return
                await hub().check_heads(list(self.cursors))
                self._mend_pump()
            if self._put_out:
                return
            await self.send(frame(type="heartbeat", heads=self.cursors))

    def _until_beat(self, seconds: int) -> float:
        """Sooner where the session's idle time ends before: the socket closes at that moment (SE-7)."""
        if self._idle_at is None:
            return seconds
        return max(_SOONEST_BEAT_SECONDS, min(float(seconds), (self._idle_at - timezone.now()).total_seconds()))

    def _mend_pump(self) -> None:
        """Start a pump that failed again; one that lost batches because it was slow is told to read the gap.

        It is never cancelled: it may be inside a send, and its frame would go out a second time.
        """
        behind = any(cursor < hub().tails.get(name, 0) for name, cursor in self.cursors.items())
        if self._put_out:
            return
        if self._pumping is None or self._pumping.done():
            self._pumping = asyncio.create_task(self._pump())
        elif behind and self._batches.empty():
            self._batches.put_nowait(None)

    async def _load_access(self) -> bool:
        access, self._idle_at, self._over = await in_thread(_access_in, self.scope)
        if access is not None:
            self.access = access
            company().recheck(self)
            await self._follow_changes(access.streams())
        return access is not None

    async def _follow_changes(self, streams: tuple[str, ...]) -> None:
        """After the hello: follow the regions I came into from now on, and no longer those I left."""
        if self._pumping is None:
            return
        left = [name for name in self.cursors if name not in streams]
        hub().leave(self, left)
        for name in left:
            del self.cursors[name]
        joined = tuple(name for name in streams if name not in self.cursors)
        if joined:
            heads, _ = await in_thread(heads_and_floors, joined)
            for name, head in heads.items():
                self.cursors.setdefault(name, head)
            hub().join(self, heads)
            await hub().check_heads(joined)


def _greeting(streams: tuple[str, ...]) -> tuple[dict[str, int], dict[str, int], int]:
    return (*heads_and_floors(streams), SecurityPolicy.current().heartbeat_seconds)


def _access_in(scope: dict[str, Any]) -> tuple[Access | None, datetime | None, str]:
    """The access behind the socket's session, read afresh: a socket must not outlive its sign-out. With when the
    session ends should its person do nothing more, or why it has."""
    user, idle_at, over = signed_in_by(scope["session"].session_key)
    access = None if user is None else access_of(user, session_id=session_id_of(scope["session"].session_key))
    stays = access is not None and may_stay(access, current_origin().ip) and not asked_of(access).now
    return (access if stays else None), idle_at, over


def _cursors(since: object) -> dict[str, int]:
    if not isinstance(since, dict):
        return {}
    return {str(name): value for name, value in since.items() if isinstance(value, int) and value >= 0}
