"""Media sent by `link` is fetched after the 200, so a bad link becomes `failed` 131053 (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.graph.media_rules import media_problem
from inbox.simulator.messaging import statuses
from inbox.simulator.messaging.verdicts import verdict
from inbox.simulator.storage import media, messages, records
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import transport

if TYPE_CHECKING:
    from inbox.simulator.world import World

_TIMEOUT = 10.0


def fetch_for(world: World, wamid: str) -> None:
    """Fetch the media of one accepted message, then plan its statuses. Blocking: run it in a thread."""
    message = messages.find(world.database, wamid)
    if message is None or message["status"] != "accepted":
        return
    content, failure = message["content"], None
    try:
        found = _cached(world, message) or _fetched(world, message)
    except transport.Refused as error:
        found, failure = None, {"code": 131053, "details": str(error)}
    with world.database.transaction():
        if found is not None:
            file = {name: found[name] for name in ("id", "mime_type", "sha256")}
            message["content"] = {**content, **file}
            messages.change(world.database, wamid, content=message["content"])
        statuses.schedule(world, message, verdict(world, message) or failure)
        world.database.after_commit(world.wake)


def _cached(world: World, message: dict[str, Any]) -> dict[str, Any] | None:
    """What the very same address held in the last ten minutes; it is not asked again (Meta)."""
    entry = records.read(world.database, "link", _key(message))
    oldest = world.clock.now() - limits()["send"]["link_media_cache_seconds"]["value"]
    if not entry or entry["at"] < oldest:
        return None
    found = media.find(world.database, entry["media"])
    if found is not None and (problem := media_problem(media.read(world.database, found["id"]), found["mime_type"],
                                                       message["kind"])):  # fmt: skip
        raise transport.Refused(problem)
    return found


def _fetched(world: World, message: dict[str, Any]) -> dict[str, Any]:
    link = message["content"]["link"]
    transport.check_media_link(world, link)
    data, mime_type = transport.fetch(link, _TIMEOUT, limits()["media"]["inbound_max_bytes"]["value"])
    problem = media_problem(data, mime_type, message["kind"])
    if problem:
        raise transport.Refused(problem)
    now = world.clock.now()
    with world.database.transaction():
        found = media.add(world.database, media_id=world.chance.digits(16), number=message["number"],
                          mime_type=mime_type, data=data, expires_at=now + 30 * 86400)  # fmt: skip
        records.write(world.database, "link", _key(message), {"at": now, "media": found["id"]})
    return found


def _key(message: dict[str, Any]) -> str:
    return f"{message['number']}:{message['content']['link']}"
