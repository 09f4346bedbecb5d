"""Rules of interactive messages (Meta): what all kinds share, and reply buttons, lists, links and requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.simulator.graph import flows, interactive_products, orders
from inbox.simulator.graph.interactive_parts import Check, body, check_header, link, without
from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

_ADDRESS = (
    "name", "phone_number", "in_pin_code", "house_number", "floor_number", "tower_number", "building_name", "address",
    "landmark_area", "city", "state",
)  # fmt: skip


def check_interactive(world: World, number: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """Raises GraphError for a broken rule; returns the object unchanged."""
    rules = limits()["send"]["interactive"]
    kind = shape.choice("type", *_CHECKS, *_WORLDLY)
    shape.only("type", "header", "body", "footer", "action")
    if shape.has("header"):
        check_header(shape.child("header"), rules["header_text_max"], text_only=kind in ("list", "product_list"))
    if shape.has("footer"):
        shape.child("footer").text("text", rules["footer_max"])
    if kind in _CHECKS:
        _CHECKS[kind](shape, rules)
    else:
        _WORLDLY[kind](world, number, shape, rules)
    return shape.value


def _button(shape: Shape, rules: dict[str, Any]) -> None:
    rule = rules["button"]
    body(shape, rule["body_max"])
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
    body(shape, rule["body_conflict"] if shape.level == "strict" else rule["body_max"])
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
    body(shape, rule["body_max"])
    action = shape.child("action")
    action.choice("name", "cta_url")
    link(action.child("parameters"), rule["display_text_max"])


def _named(name: str, rule_name: str) -> Check:
    def check(shape: Shape, rules: dict[str, Any]) -> None:
        body(shape, rules[rule_name]["body_max"])
        shape.child("action").choice("name", name)
        without(shape, "header", "footer")

    return check


def _call_permission(shape: Shape, rules: dict[str, Any]) -> None:
    shape.child("action").choice("name", "call_permission_request")
    without(shape, "header", "footer")
    if shape.has("body"):
        body(shape, rules["button"]["body_max"])


def _voice_call(shape: Shape, rules: dict[str, Any]) -> None:
    rule, action = rules["voice_call"], shape.child("action")
    body(shape, rules["button"]["body_max"])
    action.choice("name", "voice_call")
    if not action.has("parameters"):
        return
    parameters = action.child("parameters")
    parameters.only("display_text", "ttl_minutes", "payload")
    parameters.maybe_text("display_text", rules["cta_url"]["display_text_max"])
    parameters.maybe_text("payload", limits()["send"]["biz_opaque_callback_data_max"]["value"])
    if parameters.has("ttl_minutes"):
        parameters.number("ttl_minutes", rule["ttl_minutes_min"], rule["ttl_minutes_max"])


def _address(shape: Shape, rules: dict[str, Any]) -> None:
    body(shape, rules["button"]["body_max"])
    action = shape.child("action")
    action.choice("name", "address_message")
    parameters = action.child("parameters")
    parameters.only("country", "values", "saved_addresses", "validation_errors")
    parameters.choice("country", "IN", "SG")
    for name in ("values", "validation_errors"):
        if parameters.has(name) and parameters.value["country"] == "IN":
            parameters.child(name).only(*_ADDRESS)
    if parameters.has("saved_addresses"):
        for saved in parameters.children("saved_addresses", 1, 50):
            saved.text("id", 256)
            saved.child("value")


_CHECKS: dict[str, Check] = {
    "button": _button, "list": _list, "cta_url": _cta_url,
    "location_request_message": _named("send_location", "location_request"),
    "request_contact_info": _named("request_contact_info", "request_contact_info"),
    "address_message": _address, "call_permission_request": _call_permission, "voice_call": _voice_call,
    "product": interactive_products.check_product, "product_list": interactive_products.check_product_list,
    "catalog_message": interactive_products.check_catalog, "carousel": interactive_products.check_carousel,
}  # fmt: skip
# These depend on what the account has: its flows and orders.
_WORLDLY: dict[str, Callable[[Any, dict[str, Any], Shape, dict[str, Any]], None]] = {
    "flow": flows.check_flow, "order_details": orders.check_details, "order_status": orders.check_status,
}  # fmt: skip
