"""Rules of interactive messages (Meta: session buttons, lists, links, flows, products)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits

_HEADER_KINDS = ("text", "image", "video", "document")


def check_interactive(shape: Shape) -> dict[str, Any]:
    """Raises GraphError for a broken rule; returns the object unchanged."""
    rules = limits()["send"]["interactive"]
    kind = shape.choice("type", *_CHECKS)
    shape.only("type", "header", "body", "footer", "action")
    if shape.has("header"):
        _header(shape.child("header"), rules["header_text_max"], text_only=kind in ("list", "product_list"))
    if shape.has("footer"):
        shape.child("footer").text("text", rules["footer_max"])
    _CHECKS[kind](shape, rules)
    return shape.value


def _header(header: Shape, most: int, *, text_only: bool) -> None:
    kind = header.choice("type", *(("text",) if text_only else _HEADER_KINDS))
    if kind == "text":
        header.text("text", most)
    elif not header.child(kind).has("id") and not header.child(kind).has("link"):
        raise header.refuse(kind, "needs an id or a link")


def _body(shape: Shape, most: int) -> None:
    shape.child("body").text("text", most)


def _button(shape: Shape, rules: dict[str, Any]) -> None:
    rule = rules["button"]
    _body(shape, rule["body_max"])
    action = shape.child("action")
    replies = []
    for button in action.children("buttons", rule["buttons_min"], rule["buttons_max"]):
        button.choice("type", "reply")
        reply = button.child("reply")
        replies.append((reply.text("id", rule["id_max"]), reply.text("title", rule["title_max"])))
    for part in (0, 1):
        if len({reply[part] for reply in replies}) != len(replies):
            raise action.refuse("buttons", "must have unique ids and titles")


def _list(shape: Shape, rules: dict[str, Any]) -> None:
    rule = rules["list"]
    _body(shape, rule["body_max"])
    action = shape.child("action")
    action.text("button", rule["button_label_max"])
    sections = action.children("sections", 1, rule["sections_max"])
    ids: list[str] = []
    for section in sections:
        if len(sections) > 1:
            section.text("title", rule["section_title_max"])
        section.maybe_text("title", rule["section_title_max"])
        for row in section.children("rows", 1, rule["rows_total_max"]):
            ids.append(row.text("id", rule["row_id_max"]))
            row.text("title", rule["row_title_max"])
            row.maybe_text("description", rule["row_description_max"])
    if len(ids) > rule["rows_total_max"]:
        raise action.refuse("sections", f"may hold {rule['rows_total_max']} rows in total")
    if len(set(ids)) != len(ids):
        raise action.refuse("sections", "must have unique row ids")


def _cta_url(shape: Shape, rules: dict[str, Any]) -> None:
    rule = rules["cta_url"]
    _body(shape, rule["body_max"])
    action = shape.child("action")
    action.choice("name", "cta_url")
    parameters = action.child("parameters")
    parameters.text("display_text", rule["display_text_max"])
    if not parameters.text("url", 2000).startswith(("http://", "https://")):
        raise parameters.refuse("url", "must begin with http:// or https://")


def _named(name: str, rule_name: str) -> Callable[[Shape, dict[str, Any]], None]:
    def check(shape: Shape, rules: dict[str, Any]) -> None:
        _body(shape, rules[rule_name]["body_max"])
        shape.child("action").choice("name", name)
        for part in ("header", "footer"):
            if shape.has(part):
                raise shape.refuse(part, "is not allowed here")

    return check


def _flow(shape: Shape, rules: dict[str, Any]) -> None:
    rule = rules["flow"]
    _body(shape, rule["body_max"])
    action = shape.child("action")
    action.choice("name", "flow")
    parameters = action.child("parameters")
    parameters.choice("flow_message_version", rule["message_version"])
    parameters.text("flow_cta", rule["cta_max"])
    if parameters.has("flow_id") == parameters.has("flow_name"):
        raise parameters.refuse("flow_id", "or flow_name must be given, and only one of them")
    if parameters.has("flow_action_payload") and parameters.value.get("flow_action") == "data_exchange":
        raise parameters.refuse("flow_action_payload", "is not allowed with data_exchange")


def _any_action(shape: Shape, rules: dict[str, Any]) -> None:
    shape.child("action")
    if shape.has("body"):
        _body(shape, rules["button"]["body_max"])


_CHECKS: dict[str, Callable[[Shape, dict[str, Any]], None]] = {
    "button": _button, "list": _list, "cta_url": _cta_url, "flow": _flow,
    "location_request_message": _named("send_location", "location_request"),
    "request_contact_info": _named("request_contact_info", "request_contact_info"),
    "address_message": _any_action, "product": _any_action, "product_list": _any_action, "catalog_message": _any_action,
    "carousel": _any_action, "call_permission_request": _any_action, "voice_call": _any_action,
    "order_details": _any_action, "order_status": _any_action,
}  # fmt: skip
