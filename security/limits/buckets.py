"""Buckets that fill with every call and leak at a steady pace (GCRA, the generic cell rate algorithm).

A bucket is one number: the moment at which it will be empty again. Taking from it is one atomic step, in Redis by a
script on Redis' own clock, so that any number of processes together let through exactly the rate; without Redis there
is one process, and a lock does. Over any span of ``t`` seconds at most ``burst + count / seconds * t`` pass.
"""

import logging
import math
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings

logger = logging.getLogger(__name__)
_SECOND = 1_000_000  # buckets reckon in microseconds
_REDIS_PATIENCE = 0.5
# Redis that did not answer is left alone for so long, or every call would wait for it; each process counts alone then.
_LEFT_ALONE_SECONDS = 10.0
_SWEEP_AT = 20_000


@dataclass(frozen=True)
class Rate:
    """``count`` per ``seconds`` in the long run, ``burst`` at once."""

    count: int
    seconds: float
    burst: int

    @property
    def step(self) -> int:
        """Microseconds that one call fills."""
        return max(1, round(self.seconds * _SECOND / self.count))


@dataclass(frozen=True)
class Taken:
    """``left``: how many more would pass at once. ``wait``: seconds until the next would."""

    allowed: bool
    left: int
    wait: float

    @property
    def retry_after(self) -> int:
        return max(1, math.ceil(self.wait))


def take(name: str, rate: Rate, *, cost: int = 1) -> Taken:
    """Take ``cost`` calls out of the bucket ``name``, all of them or none."""
    step = rate.step
    filled, room = step * max(1, min(cost, rate.burst)), step * rate.burst
    allowed, empty_in = _stored(name, filled, room)
    left = max(0, room - empty_in) // step
    return Taken(allowed, left if allowed else 0, 0.0 if allowed else (empty_in + filled - room) / _SECOND)


def _stored(name: str, filled: int, room: int) -> tuple[bool, int]:
    global _asked_again_at
    if _url() and time.monotonic() >= _asked_again_at:
        try:
            allowed, empty_in = _script()(keys=[f"{_prefix()}:limit:{name}"], args=[filled, room])
            return bool(allowed), int(empty_in)
        except redis.RedisError as error:
            _asked_again_at = time.monotonic() + _LEFT_ALONE_SECONDS
            logger.warning("limits: Redis does not answer (%s); this process counts alone", type(error).__name__)
    return _own.take(name, filled, room, now=time.monotonic_ns() // 1000)


class OwnBuckets:
    """Those of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._empty_at: dict[str, int] = {}

    def take(self, name: str, filled: int, room: int, *, now: int) -> tuple[bool, int]:
        with self._lock:
            if len(self._empty_at) > _SWEEP_AT:
                self._empty_at = {one: at for one, at in self._empty_at.items() if at > now}
            empty_at = max(self._empty_at.get(name, now), now)
            if empty_at - now + filled > room:
                return False, empty_at - now
            self._empty_at[name] = empty_at + filled
            return True, empty_at + filled - now

    def forget(self) -> None:
        with self._lock:
            self._empty_at.clear()


class Pace:
    """A bucket of one's own, for what only this process sees: the frames of one connection."""

    def __init__(self, rate: Rate) -> None:
        self._rate, self._bucket = rate, OwnBuckets()

    def takes(self) -> bool:
        room = self._rate.step * self._rate.burst
        return self._bucket.take("", self._rate.step, room, now=time.monotonic_ns() // 1000)[0]


# The same in Redis. A number as text, whole: Lua's own way of writing one drops the last digits.
_LUA = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local filled, room = tonumber(ARGV[1]), tonumber(ARGV[2])
local empty_at = tonumber(redis.call('GET', KEYS[1]) or now)
if empty_at < now then empty_at = now end
if empty_at - now + filled > room then return {0, empty_at - now} end
empty_at = empty_at + filled
redis.call('SET', KEYS[1], string.format('%.0f', empty_at), 'PX', math.ceil((empty_at - now) / 1000) + 1000)
return {1, empty_at - now}
"""
_own = OwnBuckets()
_asked_again_at = 0.0


def _url() -> str:
    """Of the Redis that all processes share; empty where there is one process."""
    cache = settings.CACHES["default"]
    return str(cache.get("LOCATION", "")) if "redis" in str(cache["BACKEND"]).lower() else ""


def _prefix() -> str:
    return str(settings.CACHES["default"].get("KEY_PREFIX", ""))


@cache
def _store() -> Any:
    patience: dict[str, Any] = {"socket_timeout": _REDIS_PATIENCE, "socket_connect_timeout": _REDIS_PATIENCE}
    return redis.Redis.from_url(_url(), **patience)


@cache
def _script() -> Any:
    return _store().register_script(_LUA)


def forget_taken() -> None:
    """Empty every bucket, those of all processes with them (between tests)."""
    global _asked_again_at
    _own.forget()
    _asked_again_at = 0.0
    if _url():
        store = _store()
        if names := list(store.scan_iter(match=f"{_prefix()}:limit:*", count=1_000)):
            store.delete(*names)
