"""`POST webhooks/batch`: up to a thousand changes in one POST, of mixed numbers, accounts and fields."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from inbox.simulator import people
from inbox.simulator.acting.contents import content_of
from inbox.simulator.acting.writing import context_of
from inbox.simulator.control.catalogue import changes_of
from inbox.simulator.control.protocol import customer_of, json_body, number_of
from inbox.simulator.control.webhooks import signature_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import receiving
from inbox.simulator.storage import customers, numbers
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import message_shape, outbox
from inbox.simulator.webhooks.serialising import change_of, entry_of, whole
from inbox.simulator.world import World

Row = dict[str, Any]


async def post_batch(world: World, request: Request) -> Any:
    """{number, count?, customers?, messages?, changes?, emit?} or {entries: [such, …]}: many changes in one POST.

    `messages` are as in `customers/{id}/messages` plus `customer`, `emit` as in `webhooks/emit`, `changes` go out as
    they are; otherwise `count` texts are written by the customers in turn. Entries are of one callback."""
    fields = await json_body(request)
    parts = fields.get("entries") or [fields]
    owners = [number_of(world, part.get("number")) for part in parts]
    if len({(numbers.callback(world.database, row), row["app_secret"]) for row in owners}) > 1:
        raise BadRequest("One POST goes to one callback, signed with one secret.", field="entries")
    with world.database.transaction():
        entries, count = [], 0
        wamids: list[str] = []
        for number, part in zip(owners, parts, strict=True):
            changes = _changes(world, number, part, wamids)
            count += len(changes)
            entries.append(entry_of(number["waba_id"], changes))
        body = _checked(outbox.written(world, whole(entries)), count)
        delivery = outbox.queue_body(world, owners[0], body, label=f"batch of {count}", due_at=world.clock.now(),
                                     signature=signature_of(fields))  # fmt: skip
    return {"delivery": delivery, "bytes": len(body), "wamids": wamids}


def _changes(world: World, number: Row, part: Row, wamids: list[str]) -> list[Row]:
    """The changes of one entry; the ids of real messages among them are added to `wamids`."""
    changes = []
    for given in part.get("messages") or _texts(world, part):
        customer = customer_of(world, given.get("customer"))
        kind, content = content_of(world, number, given)
        row = receiving.receive(world, customer, number, kind, content, context=context_of(given) or None,
                                announce=False)  # fmt: skip
        changes.append(change_of(message_shape.message_value(world, number, customer, [row])))
        wamids.append(row["wamid"])
    for wish in part.get("emit") or []:
        changes += [change_of(made.value, made.field) for made in changes_of(world, number, wish)]
    return changes + (part.get("changes") or [])


def _checked(body: bytes, count: int) -> bytes:
    rule = limits()["webhooks"]
    if not 1 <= count <= rule["updates_per_post_max"]:
        raise BadRequest(f"A post holds 1 to {rule['updates_per_post_max']} changes.", field="count")
    if len(body) > rule["body_max_bytes"]:
        raise BadRequest("The body would exceed 3 MB.")
    return body


def _texts(world: World, part: Row) -> list[Row]:
    count = part.get("count", 0 if part.get("changes") or part.get("emit") else 1)
    most = limits()["webhooks"]["updates_per_post_max"]
    if not isinstance(count, int) or isinstance(count, bool) or count > most:
        raise BadRequest(f"count must be a whole number up to {most}.", field="count")
    writers = part.get("customers") or [row["id"] for row in customers.every(world.database, limit=50)]
    if not writers:
        writers = [people.create_customer(world)["id"]]
    return [{"customer": writers[index % len(writers)], "text": f"Message {index + 1}"} for index in range(count)]
