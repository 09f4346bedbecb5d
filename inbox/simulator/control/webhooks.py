"""Webhooks by hand: the delivery log, duplicates, batches, wrong signatures, arbitrary bodies."""

from __future__ import annotations

import asyncio
import base64
import json
import statistics
from dataclasses import asdict
from typing import Any

from starlette.requests import Request

from inbox.simulator import people
from inbox.simulator.clock import iso
from inbox.simulator.control.inbound import content_of
from inbox.simulator.control.protocol import customer_of, json_body, number_of, whole_number
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import receiving
from inbox.simulator.storage import customers, deliveries
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import message_shape, outbox, signing, transport
from inbox.simulator.webhooks.dispatch import Dispatcher
from inbox.simulator.webhooks.serialising import change_of
from inbox.simulator.world import World


async def get_webhooks(world: World, request: Request) -> Any:
    """The delivery log, newest first, and how quickly the callback answered (Meta's target: 250 ms, 99 % below 1 s)."""
    rows = deliveries.recent(
        world.database, limit=whole_number(request, "limit", 200, 5000), state=request.query_params.get("state")
    )
    for row in rows:
        row.update(created_at=iso(row["created_at"]), due_at=iso(row["due_at"]))
        row["tries"] = [{**attempt, "at": iso(attempt["at"])} for attempt in row["tries"]]
    times = deliveries.latencies(world.database)
    latency = {
        "median_ms": statistics.median(times) if times else None,
        "p99_ms": times[min(len(times) - 1, int(len(times) * 0.99))] if times else None,
    }
    return {"results": rows, "counts": deliveries.counts(world.database), "latency": latency}


async def post_flush(world: World, request: Request) -> Any:
    """Waiting retries become due at once."""
    hastened = deliveries.hasten(world.database, world.clock.now())
    world.wake()
    return {"hastened": hastened}


async def post_redeliver(world: World, request: Request) -> Any:
    """{times?, signature?}: send a logged body again, all copies at the same moment; returns each answer."""
    row = deliveries.find(world.database, int(request.path_params["delivery"]))
    if row is None:
        raise BadRequest("There is no such delivery.", status=404)
    body = await json_body(request)
    times, number = int(body.get("times", 1)), number_of(world, row["number"])
    sends = [_dispatcher(request).attempt(number, row["body"], _signature(body)) for _ in range(max(1, min(times, 50)))]
    return {"answers": [asdict(answer) for answer in await asyncio.gather(*sends)]}


async def post_raw(world: World, request: Request) -> Any:
    """{number, body | text | base64, signature?, headers?, url?, queue?}: any bytes, signed or not, sent once; with
    `queue` they join the queue and are retried instead."""
    fields = await json_body(request)
    number, signature = number_of(world, fields.get("number")), _signature(fields)
    data = _raw_bytes(fields)
    if fields.get("queue"):
        row = outbox.queue_body(world, number, data, label="raw", due_at=world.clock.now(), signature=signature)
        return {"delivery": row}
    if fields.get("url"):
        try:
            transport.check_callback(world, str(fields["url"]))
        except transport.Refused as error:
            raise BadRequest(str(error), field="url", status=403) from error
    answer = await _dispatcher(request).attempt(number, data, signature, fields.get("url"), fields.get("headers"))
    return {"answer": asdict(answer), "bytes": len(data)}


def _raw_bytes(fields: dict[str, Any]) -> bytes:
    if "base64" in fields:
        return base64.b64decode(fields["base64"])
    if "text" in fields:
        return str(fields["text"]).encode()
    if "body" in fields:
        return json.dumps(fields["body"], ensure_ascii=False, separators=(",", ":")).encode()
    raise BadRequest("Give body, text or base64.", field="body")


async def post_batch(world: World, request: Request) -> Any:
    """{number, count?, customers?, messages?, changes?}: many changes in one POST. `messages` are as in
    `customers/{id}/messages` plus `customer`; otherwise `count` texts are written by the customers in turn."""
    fields = await json_body(request)
    number, most = number_of(world, fields.get("number")), limits()["webhooks"]["updates_per_post_max"]
    wanted = fields.get("messages") or _texts(world, fields)
    extra = fields.get("changes") or []
    if not 1 <= len(wanted) + len(extra) <= most:
        raise BadRequest(f"A post holds 1 to {most} changes.", field="count")
    with world.database.transaction():
        changes, wamids = [], []
        for entry in wanted:
            customer = customer_of(world, entry.get("customer"))
            kind, content = content_of(world, number, entry)
            row = receiving.receive(world, customer, number, kind, content, announce=False)
            changes.append(change_of(message_shape.message_value(world, number, customer, [row])))
            wamids.append(row["wamid"])
        body = outbox.body_of(world, number, changes + extra)
        if len(body) > limits()["webhooks"]["body_max_bytes"]:
            raise BadRequest("The body would exceed 3 MB.")
        delivery = outbox.queue_body(world, number, body, label=f"batch of {len(changes) + len(extra)}",
                                     due_at=world.clock.now(), signature=_signature(fields))  # fmt: skip
    return {"delivery": delivery, "bytes": len(body), "wamids": wamids}


def _texts(world: World, fields: dict[str, Any]) -> list[dict[str, Any]]:
    count = fields.get("count", 0 if fields.get("changes") else 1)
    if not isinstance(count, int):
        raise BadRequest("count must be a whole number.", field="count")
    writers = fields.get("customers") or [row["id"] for row in customers.every(world.database, limit=50)]
    if not writers:
        writers = [people.create_customer(world)["id"]]
    return [{"customer": writers[index % len(writers)], "text": f"Message {index + 1}"} for index in range(count)]


def _signature(fields: dict[str, Any]) -> str:
    kind = fields.get("signature", "good")
    if kind not in signing.KINDS:
        raise BadRequest(f"signature must be one of {', '.join(signing.KINDS)}.", field="signature")
    return str(kind)


def _dispatcher(request: Request) -> Dispatcher:
    dispatcher: Dispatcher = request.app.state.dispatcher
    return dispatcher
