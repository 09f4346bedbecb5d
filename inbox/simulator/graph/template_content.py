"""Template sends: the checks in Meta's order, and the text as the customer will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import enforcement
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.shape import Shape
from inbox.simulator.graph.template_cards import check_cards, check_offer
from inbox.simulator.graph.template_parameters import check_buttons, check_media, rendered
from inbox.simulator.odd import objects
from inbox.simulator.storage import templates
from inbox.simulator.tables import limits
from inbox.simulator.templates import facts

if TYPE_CHECKING:
    from inbox.simulator.world import World

_UNSENDABLE = {"PAUSED": (132015, "is paused"), "DISABLED": (132016, "is disabled")}


def find_template(world: World, number: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """The template a send names. Raises GraphError 132001, 132015 or 132016."""
    shape.only("name", "language", "components", "namespace")
    name = shape.text("name", limits()["templates"]["name"]["max"])
    language = shape.child("language")
    language.only("code", "policy")
    if language.has("policy"):
        language.choice("policy", "deterministic")
    code = language.text("code", 100)
    row = templates.find(world.database, number["waba_id"], name, code)
    if row is not None and row["status"] in _UNSENDABLE:
        error, state = _UNSENDABLE[row["status"]]
        raise GraphError(error, f"Template {name} {state} because of low quality.")
    if row is None or row["status"] != "APPROVED":
        raise GraphError(132001, f"Template name ({name}) does not exist in the translation {code}.")
    return facts.known(world, row)


def read_template(world: World, number: dict[str, Any], shape: Shape, *, to_user_id: bool = False,
                  marketing_endpoint: bool = False) -> dict[str, Any]:  # fmt: skip
    """Order: exists and approved (132001), paused (132015), disabled (132016), count (132000), format (132012, 132018),
    rendered length (132005), recipient rules. Returns {name, language, category, components, header, body, footer,
    media, buttons, ttl}."""
    template = find_template(world, number, shape)
    given = _components(shape)
    texts = {part: rendered(template, part, given[part]) for part in ("header", "body")}
    media = check_media(template, given["header"])
    buttons = check_buttons(template, given["button"])
    check_cards(template, given["carousel"])
    check_offer(template, given["limited_time_offer"])
    if texts["body"] and len(texts["body"]) > limits()["templates"]["body_max"]:
        raise GraphError(132005, "The rendered body is too long.")
    if texts["header"] and len(texts["header"]) > limits()["templates"]["header_text_max"]:
        raise GraphError(132005, "The rendered header is too long.")
    _check_code(template, given["body"])
    enforcement.check_template(world, number, template, to_user_id=to_user_id, marketing_endpoint=marketing_endpoint)
    footer = next((part.get("text") for part in template["components"] if part["type"].upper() == "FOOTER"), None)
    category = "MARKETING_LITE" if marketing_endpoint else template["category"]
    return {
        "name": template["name"], "language": {"code": template["language"]}, "category": category,
        "components": shape.value.get("components") or [], **texts, "footer": footer, "media": media,
        "buttons": buttons, "ttl": _lifetime(template),
    }  # fmt: skip


def _components(shape: Shape) -> dict[str, list[dict[str, Any]]]:
    """The given components by their kind; a kind given twice is a mismatch, except buttons."""
    found: dict[str, list[dict[str, Any]]] = {
        "header": [], "body": [], "button": [], "carousel": [], "limited_time_offer": [], "footer": [],
    }  # fmt: skip
    for part in shape.children("components", 0, 30) if shape.has("components") else []:
        kind = str(part.value.get("type", "")).lower()
        if kind not in found:
            raise GraphError(132012, f"There is no component {kind or 'without a type'}.")
        if kind != "button" and found[kind]:
            raise GraphError(132012, f"The component {kind} stands twice.")
        if not isinstance(part.value.get("parameters", []), list):
            raise GraphError(132012, f"{kind}: parameters must be an array.")
        found[kind].append(part.value)
    return found


def _check_code(template: dict[str, Any], given: list[dict[str, Any]]) -> None:
    """A one-time code has at most 15 characters (Meta)."""
    most = limits()["templates"]["authentication"]["code_max"]
    values = [str(parameter.get("text", "")) for part in given for parameter in objects(part.get("parameters"))]
    if template["category"] == "AUTHENTICATION" and any(len(value) > most for value in values):
        raise GraphError(132018, f"A code has at most {most} characters.")


def _lifetime(template: dict[str, Any]) -> int:
    return int(template["ttl"] or limits()["templates"]["ttl_seconds"][template["category"].lower()]["default"])
