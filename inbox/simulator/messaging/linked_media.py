"""Media sent by `link` is fetched after the 200, so a bad link becomes `failed` 131053 (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.graph.media_rules import media_problem
from inbox.simulator.messaging import statuses
from inbox.simulator.messaging.verdicts import verdict
from inbox.simulator.storage import media, messages
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
    kind, content = message["kind"], message["content"]
    failure = None
    try:
        transport.check_media_link(world, content["link"])
        data, mime_type = transport.fetch(content["link"], _TIMEOUT, limits()["media"]["inbound_max_bytes"]["value"])
        problem = media_problem(data, mime_type, kind)
        if problem:
            raise transport.Refused(problem)
    except transport.Refused as error:
        failure = {"code": 131053, "details": str(error)}
    with world.database.transaction():
        if failure is None:
            found = media.add(world.database, media_id=world.chance.digits(16), number=message["number"],
                              mime_type=mime_type, data=data, expires_at=world.clock.now() + 30 * 86400)  # fmt: skip
            message["content"] = {**content, "id": found["id"], "mime_type": mime_type, "sha256": found["sha256"]}
            messages.change(world.database, wamid, content=message["content"])
        statuses.schedule(world, message, verdict(world, message) or failure)
        world.database.after_commit(world.wake)
