"""Addresses of media bytes: on another path than the Graph surface, valid for five minutes (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.storage import media
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

PATH = "/lookaside/whatsapp_business/attachments/"


def new_link(world: World, media_id: str) -> str:
    token = world.chance.letters(40)
    now = world.clock.now()
    media.add_url(
        world.database, token, media_id, now=now, expires_at=now + limits()["media"]["url_minutes"]["value"] * 60
    )
    return f"{world.public_url}{PATH}?mid={media_id}&ext={int(now)}&hash={token}"
