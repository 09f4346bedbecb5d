"""`POST /{phone_number_id}/messages`: send, mark read, show typing."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts import enforcement, incidents
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.content import TYPES, read_content
from inbox.simulator.graph.protocol import Call, DroppedConnection, faulty_response
from inbox.simulator.graph.recipients import Recipient, find_recipient
from inbox.simulator.messaging import receiving, sending, windows
from inbox.simulator.people import bsuid_of
from inbox.simulator.storage import messages, templates
from inbox.simulator.tables import limits
from inbox.simulator.templates import facts, pacing

_ENVELOPE = (
    "messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data",
    "recipient_identity_key_hash", "messaging_account_id", "paid_messaging_account_id",
)  # fmt: skip
_MARKETING = ("product_policy", "message_activity_sharing")
_READ = ("messaging_product", "status", "message_id", "typing_indicator", "recipient_type", "to")


async def post_messages(call: Call) -> Response:
    number = call.number()
    await asyncio.sleep(call.world.chance.between(call.world.behaviour["send_latency"]))
    before = call.take_fault("send_status", "send_error")
    body = await call.body()
    if before or (before := incidents.platform_fault(call.world)):
        return faulty_response(before)
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "Parameter messaging_product must be whatsapp.")
    if "status" in body or "typing_indicator" in body:
        return _mark_read(call, number, body)
    answer = _send(call, number, body)
    return await _after_acceptance(call, answer)


async def post_marketing_messages(call: Call) -> Response:
    """Marketing templates only (131055, 134100); statuses then carry the category marketing_lite (Meta)."""
    number, body = call.number(), await call.body()
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "Parameter messaging_product must be whatsapp.")
    if kind_of(body) != "template":
        raise GraphError(131055, "Only templates can be sent here.")
    if body.get("product_policy", "STRICT") not in ("STRICT", "CLOUD_API_FALLBACK"):
        raise GraphError(131009, "Parameter product_policy must be STRICT or CLOUD_API_FALLBACK.")
    if not isinstance(body.get("message_activity_sharing", False), bool):
        raise GraphError(100, "Parameter message_activity_sharing must be true or false.")
    plain = {key: value for key, value in body.items() if key not in _MARKETING}
    return await _after_acceptance(call, _send(call, number, plain, marketing_endpoint=True))


async def _after_acceptance(call: Call, answer: dict[str, Any]) -> Response:
    """The message is on its way whatever the caller learns of it: its statuses may come before a slow answer."""
    if slow := call.take_fault("send_slow"):
        await asyncio.sleep(slow["seconds"])
    after = call.take_fault("send_accept_then_drop", "send_accept_then_status")
    if after is None:
        return JSONResponse(answer)
    return DroppedConnection() if after["kind"] == "send_accept_then_drop" else faulty_response(after)


def _send(call: Call, number: dict[str, Any], body: dict[str, Any], *,
          marketing_endpoint: bool = False) -> dict[str, Any]:  # fmt: skip
    world = call.world
    kind = kind_of(body)
    _check_envelope(world.behaviour["level"], body)
    enforcement.check_number(world, number)
    recipient = find_recipient(world, number, body)
    if recipient.digits and not str(body.get("to", "")).startswith("+"):
        call.warnings.append("`to` without +: Meta may read it as a number of the sender's country")
    enforcement.check_recipient(world, number, recipient.customer, recipient.digits)
    quotes = _quoted(body, kind)
    content = read_content(world, number, kind, body, to_user_id=recipient.digits is None,
                           marketing_endpoint=marketing_endpoint)  # fmt: skip
    _check_rates(call, number, recipient)
    if kind != "template":
        _check_window(call, number, recipient)
    held = _held(call, number, content) if kind == "template" else None
    message = sending.accept(
        world, number, recipient, kind, content, quotes=quotes, correlation=body.get("biz_opaque_callback_data"),
        identity_hash=body.get("recipient_identity_key_hash"), held_for=held,
    )  # fmt: skip
    return _answer(call, number, recipient, message, held=held is not None)


def _held(call: Call, number: dict[str, Any], content: dict[str, Any]) -> dict[str, Any] | None:
    """The template, if its pacing keeps this message back for now."""
    row = templates.find(call.world.database, number["waba_id"], content["name"], content["language"]["code"])
    template = facts.known(call.world, row) if row else None
    return template if template is not None and pacing.holds(call.world, template) else None


def kind_of(body: dict[str, Any]) -> Any:
    """`type`; without it the one content which is there, as a published sample has it, else text (Meta)."""
    given = [kind for kind in TYPES if kind in body]
    return body.get("type") or (given[0] if len(given) == 1 else "text")


def _check_envelope(level: str, body: dict[str, Any]) -> None:
    if level != "lenient":
        for key in body:
            if key not in (*_ENVELOPE, *TYPES):
                raise GraphError(100, f'Unexpected key "{key}" in the message.')
    correlation = body.get("biz_opaque_callback_data")
    most = limits()["send"]["biz_opaque_callback_data_max"]["value"]
    if correlation is not None and (not isinstance(correlation, str) or len(correlation) > most):
        raise GraphError(100, f"Parameter biz_opaque_callback_data must be a string of at most {most} characters.")


def _quoted(body: dict[str, Any], kind: str) -> str | None:
    context = body.get("context")
    if context is None:
        return None
    if kind == "reaction":
        raise GraphError(131009, "Parameter context cannot be used with a reaction.")
    if not isinstance(context, dict) or not isinstance(context.get("message_id"), str):
        raise GraphError(100, "Parameter context['message_id'] must be a string.")
    return str(context["message_id"])


def _check_rates(call: Call, number: dict[str, Any], recipient: Recipient) -> None:
    world, now = call.world, call.world.clock.now()
    name = number["phone_number_id"]
    if world.behaviour["throughput"] and not world.rates.number_takes(name, number["throughput_mps"], now):
        raise GraphError(130429, f"More than {number['throughput_mps']} messages in a second.")
    if world.behaviour["pair_rate"] and not world.rates.pair_takes(name, recipient.key, now):
        raise GraphError(131056, "Too many messages to this recipient in a short time.")


def _check_window(call: Call, number: dict[str, Any], recipient: Recipient) -> None:
    """Only under the switch: Meta usually accepts and fails later."""
    if call.world.behaviour["closed_window"] != "synchronous" or recipient.customer is None:
        return
    if not windows.is_open(call.world, recipient.customer["id"], number["phone_number_id"]):
        raise GraphError(131047, "More than 24 hours have passed since the customer last replied.")


def _answer(call: Call, number: dict[str, Any], recipient: Recipient, message: dict[str, Any], *,
            held: bool) -> dict[str, Any]:  # fmt: skip
    contact: dict[str, Any] = {"input": recipient.input}
    if recipient.digits is not None:
        contact["wa_id"] = recipient.digits
    if recipient.customer is not None:
        contact["user_id"] = bsuid_of(call.world, recipient.customer, number["portfolio_id"])
    sent: dict[str, Any] = {"id": message["wamid"]}
    if message["kind"] == "template":
        sent["message_status"] = "held_for_quality_assessment" if held else "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}


def _mark_read(call: Call, number: dict[str, Any], body: dict[str, Any]) -> Response:
    """Meta: status is mandatory, typing rides on it; only incoming messages of the last 30 days."""
    world = call.world
    if world.behaviour["level"] != "lenient" and (extra := [key for key in body if key not in _READ]):
        raise GraphError(100, f'Unexpected key "{extra[0]}" in the read receipt.')
    if body.get("status") != "read":
        raise GraphError(131009, "Parameter status must be read.")
    message = messages.find(world.database, str(body.get("message_id") or ""))
    oldest = world.clock.now() - limits()["send"]["read_receipt"]["message_max_age_days"] * 86400
    known = message is not None and message["number"] == number["phone_number_id"]
    if not known or message is None or message["direction"] != "in" or message["at"] < oldest:
        raise GraphError(131009, "Parameter message_id is not an incoming message of the last 30 days.")
    typing = body.get("typing_indicator")
    if typing is not None and typing != {"type": "text"}:
        raise GraphError(131009, "Parameter typing_indicator['type'] must be text.")
    receiving.read_by_business(world, message)
    if typing is not None:
        seconds = limits()["send"]["typing_indicator_seconds"]["value"]
        world.tell({"type": "typing", "number": message["number"], "seconds": seconds}, customer=message["customer"])
    return JSONResponse({"success": True})
