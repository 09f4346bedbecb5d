"""What is cached, forgotten: of this test process only. ``cache.clear()`` empties the whole Redis, and with it what the
tests of other processes are in the middle of (how many calls they made, who types)."""

from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.core.cache import cache


def forget_cached() -> None:
    backend = settings.CACHES["default"]
    if "redis" not in str(backend["BACKEND"]).lower():
        cache.clear()
        return
    client = _client(str(backend["LOCATION"]))
    mine = list(client.scan_iter(f"{backend['KEY_PREFIX']}:*", count=1000))
    if mine:
        client.unlink(*mine)


@lru_cache(maxsize=1)
def _client(url: str) -> Any:
    return redis.Redis.from_url(url)
