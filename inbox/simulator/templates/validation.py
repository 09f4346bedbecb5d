"""Whether Meta would take a template: name, language, category, lifetime and every component."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits
from inbox.simulator.templates import components, kinds
from inbox.simulator.templates.buttons import check_buttons
from inbox.simulator.templates.refusal import refusal

if TYPE_CHECKING:
    from inbox.simulator.world import World

_KEYS = (
    "name", "language", "category", "components", "parameter_format", "message_send_ttl_seconds", "sub_category",
    "allow_category_change", "library_template_name", "cta_url_link_tracking_opted_out",
    "is_primary_device_delivery_only", "bid_spec", "degrees_of_freedom_spec", "display_format",
    "creative_sourcing_spec",
)  # fmt: skip
_PARTS = ("HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST")


def read(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """{name, language, category, components, parameter_format, ttl} of a create call. Raises GraphError."""
    shape = Shape(body, "", world.behaviour["level"])
    shape.only(*_KEYS)
    rule = limits()["templates"]
    name = shape.required("name")
    if not isinstance(name, str) or not re.fullmatch(rule["name"]["regex"], name):
        raise refusal(world, None, "name: 1 to 512 of a-z, 0-9 and _.")
    language = shape.required("language")
    if language not in rule["languages"]:
        raise refusal(world, None, f"language: {language!r} is not supported.")
    return {"name": name, "language": language, **read_content(world, body)}


def read_content(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """{category, components, parameter_format, ttl}: what an edit may change too. Raises GraphError."""
    category = str(body.get("category") or "").upper()
    if category not in limits()["templates"]["categories"]:
        raise refusal(world, None, "category must be MARKETING, UTILITY or AUTHENTICATION.")
    style = str(body.get("parameter_format") or "POSITIONAL").upper()
    if style not in ("POSITIONAL", "NAMED"):
        raise GraphError(100, "Parameter parameter_format must be positional or named.")
    parts = components.normalised(body.get("components"))
    check_parts(world, parts, category, named=style == "NAMED")
    ttl = body.get("message_send_ttl_seconds")
    _check_ttl(world, ttl, category)
    return {"category": category, "components": parts, "parameter_format": style, "ttl": ttl}


def check_parts(world: World, parts: list[dict[str, Any]], category: str, *, named: bool) -> None:
    by_type = {str(part.get("type")): part for part in parts}
    unknown = [name for name in by_type if name not in _PARTS]
    if unknown:
        raise refusal(world, None, f"There is no component {unknown[0]}.")
    if len(by_type) != len(parts):
        raise refusal(world, None, "Each component may stand once.")
    if category == "AUTHENTICATION":
        kinds.check_authentication(world, by_type)
        return
    if "BODY" not in by_type:
        raise refusal(world, 2388072, "BODY: is required.")
    _check_each(world, by_type, category, named=named)


def _check_each(world: World, parts: kinds.Parts, category: str, *, named: bool) -> None:
    rule = limits()["templates"]
    offer = "LIMITED_TIME_OFFER" in parts
    most = rule["limited_time_offer"]["body_max"] if offer else rule["body_max"]
    components.check_body(world, parts["BODY"], named=named, most=most)
    if "HEADER" in parts:
        components.check_header(world, parts["HEADER"], named=named)
    if "FOOTER" in parts:
        components.check_footer(world, parts["FOOTER"])
    if "BUTTONS" in parts:
        check_buttons(world, parts["BUTTONS"].get("buttons"))
    if offer:
        kinds.check_offer(world, parts, category)
    if "CAROUSEL" in parts:
        kinds.check_carousel(world, parts["CAROUSEL"], named=named)


def _check_ttl(world: World, ttl: Any, category: str) -> None:
    """Seconds a message may wait for its recipient; -1 means 30 days, but not for marketing (Meta)."""
    if ttl is None:
        return
    span = limits()["templates"]["ttl_seconds"][category.lower()]
    endless = ttl == -1 and category != "MARKETING"
    if isinstance(ttl, bool) or not isinstance(ttl, int) or not (endless or span["min"] <= ttl <= span["max"]):
        raise refusal(world, None, f"message_send_ttl_seconds: {span['min']} to {span['max']} for {category}.")
