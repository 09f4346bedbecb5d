"""Each kind of message, from the API to WhatsApp: accepted at the edge of its limits, refused one past it by name."""

from copy import deepcopy
from typing import Any

import pytest

from inbox.sending.outbox import deliver
from tests.conftest import Cast
from tests.inbox.outgoing.conftest import Desk
from tests.worlds.channels import calls
from tests.worlds.threads import messages

CARD = {"name": "Ana Stone", "phones": ["+1 202 555 0100"], "emails": ["ana@example.com"], "company": "Tea & Co"}
ROWS = [{"id": f"r{n}", "title": f"Row {n}", "description": "about it"} for n in range(10)]
ORDER = {
    "reference_id": "A-1", "type": "physical-goods", "currency": "INR", "total_amount": {"value": 2600, "offset": 100},
    "payment_type": "upi", "payment_configuration": "shop",
    "order": {
        "status": "pending", "items": [{"name": "Tea", "amount": {"value": 1250, "offset": 100}, "quantity": 2}],
        "subtotal": {"value": 2500, "offset": 100}, "tax": {"value": 100, "offset": 100},
    },
}  # fmt: skip


def interactive(kind: str, **parts: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "text": "Please", **parts}}


def template(*components: dict[str, Any]) -> dict[str, Any]:
    given = {"name": "hello_world", "language": "en_US", "components": list(components)}
    return {"type": "template", "template": given}


# body → what WhatsApp is sent under the name of its type
KINDS: dict[str, tuple[dict[str, Any], Any]] = {
    "text without a preview": (
        {"type": "text", "text": "https://example.com", "preview_url": False},
        {"body": "https://example.com", "preview_url": False},
    ),
    "contacts": (
        {"type": "contacts", "contacts": [CARD]},
        [
            {
                "name": {"formatted_name": "Ana Stone", "first_name": "Ana Stone"},
                "phones": [{"phone": "+1 202 555 0100", "type": "CELL", "wa_id": "12025550100"}],
                "emails": [{"email": "ana@example.com", "type": "WORK"}],
                "org": {"company": "Tea & Co"},
            }
        ],
    ),
    "buttons": (
        interactive("button", header="Tea", footer="Shop", buttons=[{"title": "Yes"}, {"id": "n", "title": "No"}]),
        {
            "type": "button",
            "header": {"type": "text", "text": "Tea"},
            "body": {"text": "Please"},
            "footer": {"text": "Shop"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "button-1", "title": "Yes"}},
                    {"type": "reply", "reply": {"id": "n", "title": "No"}},
                ]
            },
        },
    ),
    "list": (
        interactive("list", button="Choose", sections=[{"title": "Teas", "rows": ROWS}]),
        {
            "type": "list",
            "body": {"text": "Please"},
            "action": {"button": "Choose", "sections": [{"title": "Teas", "rows": ROWS}]},
        },
    ),
    "link": (
        interactive("cta_url", label="Open", url="https://example.com/a?b=c"),
        {
            "type": "cta_url",
            "body": {"text": "Please"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Open", "url": "https://example.com/a?b=c"},
            },
        },
    ),
    "location request": (
        interactive("location_request_message"),
        {"type": "location_request_message", "body": {"text": "Please"}, "action": {"name": "send_location"}},
    ),
    "number request": (
        interactive("request_contact_info"),
        {"type": "request_contact_info", "body": {"text": "Please"}, "action": {"name": "request_contact_info"}},
    ),
    "product": (
        interactive("product", catalog_id="77", product="SKU-1"),
        {
            "type": "product",
            "body": {"text": "Please"},
            "action": {"catalog_id": "77", "product_retailer_id": "SKU-1"},
        },
    ),
    "products": (
        interactive(
            "product_list", header="Teas", catalog_id="77", sections=[{"title": "Green", "products": ["A", "B"]}]
        ),
        {
            "type": "product_list",
            "header": {"type": "text", "text": "Teas"},
            "body": {"text": "Please"},
            "action": {
                "catalog_id": "77",
                "sections": [
                    {
                        "title": "Green",
                        "product_items": [{"product_retailer_id": "A"}, {"product_retailer_id": "B"}],
                    }
                ],
            },
        },
    ),
    "catalog": (
        interactive("catalog_message", product="SKU-1"),
        {
            "type": "catalog_message",
            "body": {"text": "Please"},
            "action": {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "SKU-1"}},
        },
    ),
    "flow": (
        interactive("flow", flow={"id": "123", "label": "Book", "token": "t-1", "screen": "FIRST", "data": {"a": 1}}),
        {
            "type": "flow",
            "body": {"text": "Please"},
            "action": {
                "name": "flow",
                "parameters": {
                    "flow_message_version": "3",
                    "flow_id": "123",
                    "flow_cta": "Book",
                    "flow_token": "t-1",
                    "mode": "published",
                    "flow_action": "navigate",
                    "flow_action_payload": {"screen": "FIRST", "data": {"a": 1}},
                },
            },
        },
    ),
    "order to pay": (
        interactive("order_details", order=ORDER),
        {
            "type": "order_details",
            "body": {"text": "Please"},
            "action": {"name": "review_and_pay", "parameters": ORDER},
        },
    ),
    "order state": (
        interactive("order_status", order={"reference_id": "A-1", "order": {"status": "shipped"}}),
        {
            "type": "order_status",
            "body": {"text": "Please"},
            "action": {"name": "review_order", "parameters": {"reference_id": "A-1", "order": {"status": "shipped"}}},
        },
    ),
}


@pytest.fixture
def post(cast: Cast, desk: Desk, client: Any) -> Any:
    """Post a message as Ben; answers the response."""
    client.force_login(cast.ben)
    refs = iter(range(1000))

    def send(body: dict[str, Any]) -> Any:
        path = f"/api/v1/conversations/{desk.talk.pk}/messages"
        return client.post(path, {**body, "client_ref": str(next(refs))}, content_type="application/json")

    return send


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_reaches_whatsapp_as_meta_spells_it(desk: Desk, post: Any, name: str):
    body, spelled = KINDS[name]
    desk.meta.sim("POST", "flows", {"waba_id": desk.shop.waba_id, "name": "book", "id": "123"})
    answered = post(body)
    assert answered.status_code == 201, answered.json()
    assert deliver(desk.talk.pk) == 1
    (call,) = calls(desk.meta, desk.shop)
    assert call["detail"]["body"][body["type"]] == spelled
    sent = messages(desk.talk)[-1]
    assert (sent.status, sent.error_code) == ("accepted", "")


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
