"""Template sends: the checks in Meta's order, and the text as the customer will read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import templates
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def read_template(world: World, number: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """Order: exists and approved (132001), paused (132015), disabled (132016), count (132000), format (132012),
    rendered length (132005). Returns {name, language, category, components, header, body, footer, buttons}."""
    shape.only("name", "language", "components")
    name = shape.text("name", limits()["templates"]["name"]["max"])
    code = shape.child("language").text("code", 20)
    template = templates.find(world.database, number["waba_id"], name, code)
    if template is None or template["status"] in ("PENDING", "REJECTED", "DELETED", "ARCHIVED"):
        raise GraphError(132001, f"Template name ({name}) does not exist in the translation {code}.")
    if template["status"] == "PAUSED":
        raise GraphError(132015, f"Template {name} is paused because of low quality.")
    if template["status"] == "DISABLED":
        raise GraphError(132016, f"Template {name} is disabled.")
    given = {
        part.get("type", "").lower(): part for part in _components(shape) if part.get("type", "").lower() != "button"
    }
    rendered = {part: _render(template, part, given.get(part)) for part in ("header", "body", "footer")}
    if rendered["body"] and len(rendered["body"]) > limits()["templates"]["body_max"]:
        raise GraphError(132005, "The rendered body is too long.")
    return {
        "name": name, "language": {"code": code}, "category": template["category"],
        "components": shape.value.get("components") or [], **rendered, "media": _header_media(given.get("header")),
        "buttons": _buttons(template, _components(shape)),
    }  # fmt: skip


def _components(shape: Shape) -> list[dict[str, Any]]:
    if not shape.has("components"):
        return []
    return [part.value for part in shape.children("components", 0, 12)]


def _part(template: dict[str, Any], kind: str) -> dict[str, Any]:
    return next((part for part in template["components"] if part.get("type", "").lower() == kind), {})


def _render(template: dict[str, Any], kind: str, given: dict[str, Any] | None) -> str | None:
    text = _part(template, kind).get("text")
    if not text:
        return None
    wanted = list(dict.fromkeys(_VARIABLE.findall(text)))
    parameters = (given or {}).get("parameters") or []
    if len(parameters) != len(wanted):
        raise GraphError(
            132000, f"{kind}: number of parameters ({len(parameters)}) does not match the expected ({len(wanted)})."
        )
    values = {}
    for position, parameter in enumerate(parameters):
        if not isinstance(parameter, dict):
            raise GraphError(132012, f"{kind}: a parameter must be an object.")
        values[str(parameter.get("parameter_name", wanted[position]))] = _value(kind, parameter)
    missing = [name for name in wanted if name not in values]
    if missing:
        raise GraphError(132012, f"{kind}: no parameter for {', '.join(missing)}.")
    return _VARIABLE.sub(lambda match: values[match.group(1)], text)


def _value(where: str, parameter: dict[str, Any]) -> str:
    kind = parameter.get("type", "text")
    if kind == "text":
        value = parameter.get("text")
    elif kind in ("currency", "date_time"):
        value = (parameter.get(kind) or {}).get("fallback_value")
    else:
        raise GraphError(132012, f"{where}: a {kind} parameter does not fit a text.")
    if not isinstance(value, str) or not value:
        raise GraphError(132012, f"{where}: a parameter has no text.")
    if re.search(r"[\n\t]| {5,}", value):
        raise GraphError(132018, f"{where}: parameters may not hold new lines, tabs or more than four spaces in a row.")
    return value


def _header_media(given: dict[str, Any] | None) -> dict[str, Any] | None:
    for parameter in (given or {}).get("parameters") or []:
        kind = parameter.get("type")
        if kind in ("image", "video", "document") and isinstance(parameter.get(kind), dict):
            return {"kind": kind, **parameter[kind]}
    return None


def _buttons(template: dict[str, Any], components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """{type, text, payload?}: what the phone page offers to tap."""
    payloads = {}
    for part in components:
        if part.get("type", "").lower() == "button" and part.get("parameters"):
            payloads[str(part.get("index", "0"))] = part["parameters"][0].get("payload")
    found = []
    for index, button in enumerate(_part(template, "buttons").get("buttons", [])):
        entry = {
            "type": button["type"].lower(),
            "text": button["text"],
            "payload": payloads.get(str(index)) or button["text"],
        }
        found.append({**entry, **({"url": button["url"]} if button.get("url") else {})})
    return found
