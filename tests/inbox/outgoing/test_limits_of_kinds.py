"""What WhatsApp would refuse is refused before it is queued, by its name: at the edge, one past it, and out of form."""

from copy import deepcopy
from typing import Any

import pytest

from tests.inbox.outgoing.conftest import Desk
from tests.inbox.outgoing.kinds import CARD, KINDS, ROWS, interactive, template
from tests.worlds.threads import messages


def at(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """``body`` with the value at a dotted path replaced; ``None`` takes it out."""
    changed = deepcopy(body)
    *way, last = path.split(".")
    part: Any = changed
    for step in way:
        part = part[int(step) if step.isdecimal() else step]
    if value is None:
        del part[last]
    else:
        part[int(last) if last.isdecimal() else last] = value
    return changed


BUTTONS, LIST, LINK = KINDS["buttons"][0], KINDS["list"][0], KINDS["link"][0]
SECTION = {"title": "S", "rows": [{"title": "x"}]}
EDGES: dict[str, tuple[dict[str, Any], str, Any, Any]] = {
    "text": ({"type": "text", "text": ""}, "text", "😀" * 4096, "😀" * 4097),
    "button title": (BUTTONS, "interactive.buttons.0.title", "x" * 20, "x" * 21),
    "button id": (BUTTONS, "interactive.buttons.1.id", "x" * 256, "x" * 257),
    "buttons": (BUTTONS, "interactive.buttons", [{"title": t} for t in "abc"], [{"title": t} for t in "abcd"]),
    "header": (BUTTONS, "interactive.header", "x" * 60, "x" * 61),
    "footer": (BUTTONS, "interactive.footer", "x" * 60, "x" * 61),
    "body": (BUTTONS, "interactive.text", "e\u0301" * 512, "e\u0301" * 512 + "x"),
    "body of a list": (LIST, "interactive.text", "x" * 4096, "x" * 4097),
    "list button": (LIST, "interactive.button", "x" * 20, "x" * 21),
    "row title": (LIST, "interactive.sections.0.rows.0.title", "م" * 24, "م" * 25),
    "row description": (LIST, "interactive.sections.0.rows.0.description", "x" * 72, "x" * 73),
    "row id": (LIST, "interactive.sections.0.rows.0.id", "x" * 200, "x" * 201),
    "rows": (LIST, "interactive.sections.0.rows", ROWS, [*ROWS, {"title": "more"}]),
    "section title": (LIST, "interactive.sections.0.title", "x" * 24, "x" * 25),
    "link label": (LINK, "interactive.label", "x" * 20, "x" * 21),
    "link": (LINK, "interactive.url", "https://e.example", "ftp://e.example"),
    "flow label": (KINDS["flow"][0], "interactive.flow.label", "x" * 20, "x" * 21),
    "catalog": (KINDS["product"][0], "interactive.catalog_id", "1" * 64, "1" * 65),
    "cards": (KINDS["contacts"][0], "contacts", [CARD] * 5, [CARD] * 6),
    "card name": (KINDS["contacts"][0], "contacts.0.name", "x" * 256, "x" * 257),
    "order total": (KINDS["order to pay"][0], "interactive.order.total_amount.value", 2600, 2601),
    "reference in India": (KINDS["order to pay"][0], "interactive.order.reference_id", "x" * 35, "x" * 36),
    "coupon code": (
        template(
            {
                "type": "button",
                "sub_type": "copy_code",
                "index": "0",
                "parameters": [{"type": "coupon_code", "coupon_code": ""}],
            }
        ),
        "template.components.0.parameters.0.coupon_code",
        "x" * 15,
        "x" * 16,
    ),
    "latitude": ({"type": "location", "latitude": 0, "longitude": 0}, "latitude", 90, 90.1),
    "template value": (
        template({"type": "body", "parameters": [{"type": "text", "text": ""}]}),
        "template.components.0.parameters.0.text",
        "a    b",
        "a\nb",
    ),
}


@pytest.mark.parametrize("name", EDGES)
def test_what_is_one_past_the_edge_is_refused_by_its_name(post: Any, name: str):
    body, path, fits, beyond = EDGES[name]
    assert post(at(body, path, fits)).status_code == 201
    refused = post(at(body, path, beyond))
    assert refused.status_code == 400
    said = refused.json()
    # What is wrong with a whole is told of the whole; a sum belongs to the object that holds it.
    assert path.startswith(said["field"]) and said["code"] and said["message"]


UNFIT: dict[str, tuple[dict[str, Any], str, str]] = {
    "a blank text": ({"type": "text", "text": " \u200b\n"}, "text", "text_missing"),
    "no body": (at(BUTTONS, "interactive.text", None), "interactive.text", "required"),
    "no button": (at(BUTTONS, "interactive.buttons", []), "interactive.buttons", "required"),
    "two buttons alike": (at(BUTTONS, "interactive.buttons.1.title", "Yes"), "interactive.buttons", "repeated"),
    "two rows alike": (at(LIST, "interactive.sections.0.rows.1.id", "r0"), "interactive.sections", "repeated"),
    "eleven rows in two sections": (
        at(LIST, "interactive.sections", [{"title": "A", "rows": ROWS}, SECTION]), "interactive.sections", "too_many",
    ),
    "sections without titles": (
        at(LIST, "interactive.sections", [SECTION, {"rows": [{"id": "y", "title": "y"}]}]),
        "interactive.sections.1.title", "required",
    ),
    "a header where none may be": (
        interactive("location_request_message", header="Tea"), "interactive.header", "not_here",
    ),
    "a link that is none": (at(LINK, "interactive.url", "https:// example.com"), "interactive.url", "not_a_link"),
    "products without a header": (
        at(KINDS["products"][0], "interactive.header", None), "interactive.header", "required",
    ),
    "a flow with two names": (at(KINDS["flow"][0], "interactive.flow.name", "book"), "interactive.flow.id", "not_here"),
    "a flow's data without a screen": (
        at(KINDS["flow"][0], "interactive.flow.screen", None), "interactive.flow.data", "invalid",
    ),
    "a card without a way": (at(KINDS["contacts"][0], "contacts", [{"name": "A"}]), "contacts.0.phones", "required"),
    "an unknown type": (interactive("dance"), "interactive.type", "invalid_choice"),
    "a number for a title": (at(BUTTONS, "interactive.buttons.1.title", 5), "interactive.buttons.1.title", "invalid"),
    "an odd template name": ({**template(), "template": {"name": "A b", "language": "en"}}, "template.name", "invalid"),
    "an odd component": (template({"type": "feet"}), "template.components.0.type", "invalid"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNFIT)
def test_what_whatsapp_would_refuse_is_not_queued(desk: Desk, post: Any, name: str):
    body, field, code = UNFIT[name]
    before = len(messages(desk.talk))
    refused = post(body)
    assert (refused.status_code, refused.json()["field"], refused.json()["code"]) == (400, field, code)
    assert len(messages(desk.talk)) == before
