"""Webhooks by hand: the delivery log, how quick the callback is, repetitions, outages, arbitrary bodies."""

from __future__ import annotations

import asyncio
import base64
import json
import statistics
from dataclasses import asdict
from typing import Any

from starlette.requests import Request

from inbox.simulator.clock import iso
from inbox.simulator.control.protocol import json_body, number_of, whole_number
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import deliveries
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import outage, outbox, signing, transport
from inbox.simulator.webhooks.dispatch import Dispatcher
from inbox.simulator.world import World


async def get_webhooks(world: World, request: Request) -> Any:
    """The delivery log, newest first, and how quickly the callback answered (Meta's target: 250 ms, 99 % below 1 s)."""
    rows = deliveries.recent(
        world.database, limit=whole_number(request, "limit", 200, 5000), state=request.query_params.get("state")
    )
    for row in rows:
        row.update(created_at=iso(row["created_at"]), due_at=iso(row["due_at"]))
        row["tries"] = [{**attempt, "at": iso(attempt["at"])} for attempt in row["tries"]]
    return {"results": rows, "counts": deliveries.counts(world.database), "latency": latency_of(world)}


def latency_of(world: World) -> dict[str, Any]:
    """Of the last 2,000 answers: median and 99th percentile in ms, Meta's targets, and whether both were met."""
    times, target = deliveries.latencies(world.database), limits()["webhooks"]["latency"]
    median = statistics.median(times) if times else None
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))] if times else None
    slow = bool(times) and ((median or 0) > target["median_ms"] or (p99 or 0) > target["p99_ms"])
    return {
        "median_ms": median, "p99_ms": p99, "answers": len(times), "slow": slow,
        "target_median_ms": target["median_ms"], "target_p99_ms": target["p99_ms"],
    }  # fmt: skip


async def post_flush(world: World, request: Request) -> Any:
    """Waiting retries become due at once."""
    hastened = deliveries.hasten(world.database, world.clock.now())
    world.wake()
    return {"hastened": hastened}


async def post_outage(world: World, request: Request) -> Any:
    """{number, seconds}: nothing arrives there for so many virtual seconds. {number, over: true, duplicates?,
    shuffled?}: it ends, and what waited comes at once."""
    body = await json_body(request)
    name = number_of(world, body.get("number"))["phone_number_id"]
    if body.get("over"):
        share = _share(body.get("duplicates", 0.0))
        return outage.end(world, name, duplicates=share, shuffled=bool(body.get("shuffled")))
    seconds = body.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
        raise BadRequest("seconds must be a number above 0.", field="seconds")
    return {"until": iso(outage.begin(world, name, seconds))}


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadRequest("duplicates must be between 0 and 1.", field="duplicates")
    return float(value)


async def post_redeliver(world: World, request: Request) -> Any:
    """{times?, signature?}: send a logged body again, all copies at the same moment; returns each answer."""
    row = deliveries.find(world.database, int(request.path_params["delivery"]))
    if row is None:
        raise BadRequest("There is no such delivery.", status=404)
    body = await json_body(request)
    times, number = int(body.get("times", 1)), number_of(world, row["number"])
    sends = [
        _dispatcher(request).attempt(number, row["body"], signature_of(body)) for _ in range(max(1, min(times, 50)))
    ]
    return {"answers": [asdict(answer) for answer in await asyncio.gather(*sends)]}


async def post_raw(world: World, request: Request) -> Any:
    """{number, body | text | base64, signature?, headers?, url?, queue?}: any bytes, signed or not, sent once; with
    `queue` they join the queue and are retried instead."""
    fields = await json_body(request)
    number, signature = number_of(world, fields.get("number")), signature_of(fields)
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


def signature_of(fields: dict[str, Any]) -> str:
    kind = fields.get("signature", "good")
    if kind not in signing.KINDS:
        raise BadRequest(f"signature must be one of {', '.join(signing.KINDS)}.", field="signature")
    return str(kind)


def _dispatcher(request: Request) -> Dispatcher:
    dispatcher: Dispatcher = request.app.state.dispatcher
    return dispatcher
