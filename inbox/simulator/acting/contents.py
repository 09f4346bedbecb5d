"""Every kind of message a customer can send, from plain fields to the object which stands in the webhook."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.simulator.acting import media_content
from inbox.simulator.errors import BadRequest, status_error

if TYPE_CHECKING:
    from inbox.simulator.world import World

Body = dict[str, Any]


def content_of(world: World, number: dict[str, Any], body: Body) -> tuple[str, Any]:
    """(kind, content) of an incoming message. Raises BadRequest."""
    kind = body.get("type", "text")
    if kind in media_content.KINDS:
        return kind, media_content.media_of(world, number, kind, body)
    if kind not in _KINDS:
        raise BadRequest(f"type must be one of {', '.join([*_KINDS, *media_content.KINDS])}.", field="type")
    return _KINDS[kind](body)


def required(body: Body, name: str, kind: type | tuple[type, ...] = str) -> Any:
    if not isinstance(body.get(name), kind) or isinstance(body.get(name), bool):
        raise BadRequest(f"{name} is required.", field=name)
    return body[name]


def _picked(body: Body, *names: str) -> Body:
    return {name: body[name] for name in names if body.get(name) not in (None, "")}


def _text(body: Body) -> tuple[str, Any]:
    return "text", {"body": required(body, "text")}


def _reaction(body: Body) -> tuple[str, Any]:
    return "reaction", {"message_id": required(body, "message"), "emoji": str(body.get("emoji") or "")}


def _location(body: Body) -> tuple[str, Any]:
    place = {name: float(required(body, name, (int, float))) for name in ("latitude", "longitude")}
    return "location", {**place, **_picked(body, "name", "address", "url")}


def _contacts(body: Body) -> tuple[str, Any]:
    """`origin` (contact_request | other) marks every card: whether the business had asked for it (Meta)."""
    cards = required(body, "contacts", list)
    origin = _picked(body, "origin")
    return "contacts", [{**card, **origin} for card in cards]


def _button(body: Body) -> tuple[str, Any]:
    text = required(body, "text")
    return "button", {"payload": str(body.get("payload") or text), "text": text}


def _interactive(kind: str, reply: Body) -> tuple[str, Any]:
    return "interactive", {"type": kind, kind: reply}


def _button_reply(body: Body) -> tuple[str, Any]:
    return _interactive("button_reply", {"id": required(body, "id"), "title": required(body, "title")})


def _list_reply(body: Body) -> tuple[str, Any]:
    reply = {"id": required(body, "id"), "title": required(body, "title"), **_picked(body, "description")}
    return _interactive("list_reply", reply)


def _flow_reply(body: Body) -> tuple[str, Any]:
    """`answers` is an object; Meta hands it on as a string of JSON which the customer's device wrote."""
    answers = required(body, "answers", dict)
    if body.get("flow_token"):
        answers = {**answers, "flow_token": str(body["flow_token"])}
    reply = {"name": "flow", "body": str(body.get("body") or "Sent")}
    return _interactive("nfm_reply", {**reply, "response_json": json.dumps(answers, ensure_ascii=False)})


def _address_reply(body: Body) -> tuple[str, Any]:
    reply = {"name": "address_message", "body": str(body.get("body") or "Sent")}
    values = json.dumps({"values": required(body, "values", dict)}, ensure_ascii=False)
    return _interactive("nfm_reply", {**reply, "response_json": values})


def _call_permission_reply(body: Body) -> tuple[str, Any]:
    response = body.get("response", "accept")
    if response not in ("accept", "reject"):
        raise BadRequest("response must be accept or reject.", field="response")
    reply = {"response": response, "response_source": str(body.get("response_source") or "user_action")}
    if response == "accept":
        reply |= {"is_permanent": bool(body.get("is_permanent"))} | _picked(body, "expiration_timestamp")
    return _interactive("call_permission_reply", reply)


def _payment_method(body: Body) -> tuple[str, Any]:
    """Brazil's one-click card payment: the customer's consent (Meta)."""
    names = ("payment_timestamp", "reference_id", "last_four_digits", "credential_id")
    reply = {"payment_method": "offsite_card_pay", **{name: required(body, name, (str, int)) for name in names}}
    return _interactive("payment_method", reply)


def _broken_interactive(body: Body) -> tuple[str, Any]:
    """Meta: the answer may come without its object, with an error beside it; the message is real all the same."""
    return "interactive", {"missing": True}


def _order(body: Body) -> tuple[str, Any]:
    return "order", {
        "product_items": required(body, "product_items", list),
        "catalog_id": str(body.get("catalog_id") or "1"),
        **_picked(body, "text"),
    }


def _unsupported(body: Body) -> tuple[str, Any]:
    """Meta: 131060 comes from a linked device that cannot be served, everything else is 131051."""
    code = 131060 if body.get("unsupported") == "linked_device" else 131051
    return "unsupported", {"type": str(body.get("unsupported") or "unknown"), "errors": [status_error(code)]}


def _unknown(body: Body) -> tuple[str, Any]:
    """The older form of `unsupported`."""
    return "unknown", {"errors": [status_error(131051)]}


def _system(body: Body) -> tuple[str, Any]:
    return "system", required(body, "system", dict)


def _request_welcome(body: Body) -> tuple[str, Any]:
    return "request_welcome", {}


_KINDS: dict[str, Callable[[Body], tuple[str, Any]]] = {
    "text": _text, "reaction": _reaction, "location": _location, "contacts": _contacts, "button": _button,
    "button_reply": _button_reply, "list_reply": _list_reply, "flow_reply": _flow_reply,
    "address_reply": _address_reply, "call_permission_reply": _call_permission_reply,
    "payment_method": _payment_method, "broken_interactive": _broken_interactive, "order": _order,
    "unsupported": _unsupported, "unknown": _unknown, "system": _system, "request_welcome": _request_welcome,
}  # fmt: skip
KINDS = (*_KINDS, *media_content.KINDS)
