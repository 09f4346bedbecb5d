"""Past messages and their media, added without webhooks: for demonstrations with a believable past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import customers, media, messages, numbers
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


def add_message(
    world: World,
    *,
    customer: str,
    number: str,
    direction: str,
    kind: str,
    content: dict[str, Any] | list[Any],
    at: float,
    wamid: str | None = None,
    statuses: dict[str, float] | None = None,
    quotes: str | None = None,
    reactions: dict[str, str] | None = None,
) -> str:
    """Add one message of the past and return its wamid.

    `customer` and `number` are ids of this world; `direction` is "in" (from the customer) or "out"; `content` is the
    object that stands under the kind's name in a webhook, e.g. {"body": "…"}; `at` and the values of `statuses`
    ({"sent": …, "delivered": …, "read": …}) are epoch seconds; `quotes` is a wamid; `reactions` maps "customer" and
    "business" to an emoji. Without `statuses` an incoming message counts as read and an outgoing one as delivered.
    """
    person = customers.find(world.database, customer)
    if person is None:
        raise BadRequest(f"There is no customer {customer}.", field="customer")
    if direction not in ("in", "out"):
        raise BadRequest("direction is in or out.", field="direction")
    wamid = wamid or world.chance.wamid(person["wa_id"], direction)
    statuses = statuses or {"sent": at, "delivered": at, **({"read": at} if direction == "in" else {})}
    with world.database.transaction():
        messages.add(world.database, {
            "wamid": wamid, "number": number, "customer": customer, "direction": direction, "kind": kind,
            "content": content, "context": {"id": quotes} if quotes else None, "at": at,
            "status": max(statuses, key=lambda name: messages.RANK.get(name, 0)), "statuses": statuses,
            "recipient": {"phone": person["wa_id"]} if direction == "out" else None,
        })  # fmt: skip
        for side, emoji in (reactions or {}).items():
            messages.react(world.database, wamid, side, emoji)
    return wamid


def add_media(world: World, *, number: str, data: bytes, mime_type: str, name: str | None = None,
              media_id: str | None = None, at: float | None = None) -> str:  # fmt: skip
    """Store bytes as media of a number and return the media id, valid for 14 days (Meta: history)."""
    if numbers.find(world.database, number) is None:
        raise BadRequest(f"There is no number {number}.", field="number")
    media_id = media_id or world.chance.digits(16)
    days = limits()["media"]["history_id_days"]["value"]
    moment = max(at or 0.0, world.clock.now())
    media.add(world.database, media_id=media_id, number=number, mime_type=mime_type, data=data,
              expires_at=moment + days * 86400, name=name)  # fmt: skip
    return media_id
