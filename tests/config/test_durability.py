"""What must not get lost: commits at a power cut, nudges after a day."""

import asyncio
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from config.channel_layer import ThreadSafeChannelLayer

FULL = 2
IN_MEMORY = settings.CHANNEL_LAYERS["default"]["BACKEND"] == "config.channel_layer.ThreadSafeChannelLayer"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL syncs at commit by default")
def test_sqlite_syncs_its_log_at_every_commit(db: None):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (FULL,)


@pytest.mark.skipif(not IN_MEMORY, reason="Redis is configured")
def test_a_listener_of_weeks_ago_still_gets_nudges():
    async def hears() -> object:
        config: Any = settings.CHANNEL_LAYERS["default"]["CONFIG"]
        layer = ThreadSafeChannelLayer(**config)
        channel = await layer.new_channel()
        await layer.group_add("kefu.trial", channel)
        layer.groups["kefu.trial"][channel] -= 60 * 86_400
        await layer.group_send("kefu.trial", {"type": "trial"})
        return await asyncio.wait_for(layer.receive(channel), 2)

    assert asyncio.run(hears()) == {"type": "trial"}
