"""Putting webhooks into the persistent queue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import deliveries, numbers
from inbox.simulator.webhooks.serialising import change_of, envelope, serialise

if TYPE_CHECKING:
    from inbox.simulator.world import World


def enqueue(world: World, number: dict[str, Any], value: dict[str, Any], *, lane: str, label: str,
            wamid: str | None = None, field: str = "messages", time: int | None = None) -> int | None:  # fmt: skip
    """Queue one change; None when nobody is subscribed (Meta: nothing arrives then). Join a transaction.

    `time` is the whole second that entries of account fields carry; message-like ones have none (Meta)."""
    if numbers.callback(world.database, number) is None:
        return None
    body = body_of(world, number, [change_of(value, field)], time=time)
    due_at = world.clock.now()
    late = world.chance.happens(world.behaviour["disorder_probability"])
    if late:
        due_at += world.chance.random.uniform(0, world.behaviour["disorder_seconds"])
    copies = 2 if world.chance.happens(world.behaviour["duplicate_probability"]) else 1
    first = None
    for copy in range(copies):
        own_lane, sent = "" if late or copy else lane, rewritten(world, body) if copy else body
        row = queue_body(world, number, sent, lane=own_lane, label=label, wamid=wamid, due_at=due_at)
        first = first if first is not None else row
    return first


def rewritten(world: World, body: bytes) -> bytes:
    """A repetition: the same bytes, or by the switch `duplicates_rewritten` the same content written otherwise."""
    if not world.chance.happens(world.behaviour["duplicates_rewritten"]):
        return body
    try:
        return written(world, json.loads(body))
    except ValueError:  # bytes which somebody made by hand
        return body


def queue_body(world: World, number: dict[str, Any], body: bytes, *, lane: str = "", label: str, due_at: float,
               wamid: str | None = None, signature: str = "good") -> int:  # fmt: skip
    row = deliveries.add(world.database, {
        "number": number["phone_number_id"], "lane": lane, "wamid": wamid, "label": label, "body": body,
        "signature": signature, "due_at": due_at, "created_at": world.clock.now(),
    })  # fmt: skip
    world.database.after_commit(world.wake)
    return row


def body_of(world: World, number: dict[str, Any], changes: list[dict[str, Any]], *, time: int | None = None) -> bytes:
    return written(world, envelope(number["waba_id"], changes, time=time))


def written(world: World, whole: Any) -> bytes:
    varied = world.behaviour["serialisation"] == "random"
    return serialise(whole, world.chance.random, varied=varied)
