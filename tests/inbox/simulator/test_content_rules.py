"""Every type at the edges of its limits: what Meta takes and what it refuses."""

import json
from typing import Any

import pytest

from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running

Customer = dict[str, Any]


def button(count: int = 1, **reply: Any) -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": f"b{i}", "title": f"Title {i}", **reply}} for i in range(count)]
    return {
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": "Choose"}, "action": {"buttons": replies}},
    }


def listed(rows: int = 1, sections: int = 1, **row: Any) -> dict[str, Any]:
    parts = [
        {"title": f"S{s}", "rows": [{"id": f"r{s}-{i}", "title": f"Row {i}", **row} for i in range(rows)]}
        for s in range(sections)
    ]
    action = {"button": "Open", "sections": parts}
    return {"type": "interactive", "interactive": {"type": "list", "body": {"text": "Pick"}, "action": action}}


def link(display: str = "Open", url: str = "https://example.com/") -> dict[str, Any]:
    parameters = {"display_text": display, "url": url}
    action = {"name": "cta_url", "parameters": parameters}
    return {"type": "interactive", "interactive": {"type": "cta_url", "body": {"text": "See"}, "action": action}}


def text(body: Any, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": {"body": body, **more}}


CARD = {"name": {"formatted_name": "Ana Stone", "first_name": "Ana"}, "phones": [{"phone": "+1 202 555 0100"}]}
ALLOWED = {
    "text": text("x"),
    "the longest text": text("x" * 4096),
    "the longest text of emoji": text("😀" * 4096),
    "right to left": text("مرحبا \u202e abc"),
    "combining": text("e\u0301" * 2048),
    "no type means text": {"text": {"body": "x"}},
    "preview": text("https://example.com", preview_url=True),
    "location": {"type": "location", "location": {"latitude": 25.03, "longitude": "121.5", "name": "Taipei"}},
    "contacts": {"type": "contacts", "contacts": [CARD]},
    "three buttons": button(3),
    "the longest title": button(title="x" * 20),
    "ten rows": listed(10),
    "ten rows in sections": listed(5, sections=2),
    "the longest row": listed(id="i", title="x" * 24, description="y" * 72),
    "link": link("x" * 20),
    "location request": {"type": "interactive", "interactive": {
        "type": "location_request_message", "body": {"text": "Where?"}, "action": {"name": "send_location"}}},
    "contact request": {"type": "interactive", "interactive": {
        "type": "request_contact_info", "body": {"text": "Your number?"}, "action": {"name": "request_contact_info"}}},
    "template": {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}},
    "correlation": {**text("x"), "biz_opaque_callback_data": "x" * 512},
}  # fmt: skip
REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "no content": ({"type": "text"}, 131008),
    "no body": ({"type": "text", "text": {}}, 131008),
    "empty": (text(""), 131009),
    "blank": (text(" \n\t"), 131009),
    "too long": (text("x" * 4097), 100),
    "a number for text": (text(5), 100),
    "an unknown key": (text("x", colour="red"), 100),
    "an unknown key on top": ({**text("x"), "colour": "red"}, 100),
    "an unknown type": ({"type": "poll"}, 131009),
    "a pole too far": ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, 131009),
    "no longitude": ({"type": "location", "location": {"latitude": 1}}, 131008),
    "a card without a name": ({"type": "contacts", "contacts": [{"phones": []}]}, 131008),
    "no cards": ({"type": "contacts", "contacts": []}, 131009),
    "two emoji's worth of letters": (
        {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "ok"}},
        131009,
    ),
    "a reaction with context": (
        {"type": "reaction", "reaction": {"message_id": "w", "emoji": "👍"}, "context": {"message_id": "w"}},
        131009,
    ),
    "four buttons": (button(4), 131009),
    "no buttons": (button(0), 131009),
    "twin titles": (button(2, title="Same"), 131009),
    "a long title": (button(title="x" * 21), 100),
    "eleven rows": (listed(11), 131009),
    "eleven rows in sections": (listed(4, sections=3), 131009),
    "a long row": (listed(title="x" * 25), 100),
    "a long description": (listed(description="x" * 73), 100),
    "a long link text": (link("x" * 21), 100),
    "a script for a link": (link(url="javascript:alert(1)"), 131009),
    "an unknown interactive": ({"type": "interactive", "interactive": {"type": "dance"}}, 131009),
    "media without id or link": ({"type": "image", "image": {"caption": "x"}}, 131008),
    "media unknown": ({"type": "image", "image": {"id": "1"}}, 100),
    "a link to a file": ({"type": "image", "image": {"link": "file:///etc/passwd"}}, 131009),
    "an unknown template": ({"type": "template", "template": {"name": "nope", "language": {"code": "en_US"}}}, 132001),
    "a template in another language": (
        {"type": "template", "template": {"name": "hello_world", "language": {"code": "zh_TW"}}},
        132001,
    ),
    "a long correlation": ({**text("x"), "biz_opaque_callback_data": "x" * 513}, 100),
    "a group": ({**text("x"), "recipient_type": "group"}, 131215),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_it_is_taken(simulator: Running, mei: Customer, name: str) -> None:
    answer = simulator.send(mei["phone"], **ALLOWED[name])
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(simulator: Running, mei: Customer, name: str) -> None:
    body, code = REFUSED[name]
    error = simulator.send(mei["phone"], **body).json()["error"]
    assert error["code"] == code, error
    assert error["message"].startswith(f"(#{code})") or error.get("error_subcode") == 33


def test_levels_differ_on_unknown_keys_and_on_the_plus(simulator: Running, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"level": "lenient"})
    assert simulator.send(mei["phone"], **text("x", colour="red")).status_code == 200
    simulator.sim("PATCH", "settings", {"level": "strict"})
    assert simulator.send(mei["wa_id"]).json()["error"]["code"] == 131009
    assert simulator.send(mei["phone"]).status_code == 200


def put_template(simulator: Running, **changes: Any) -> None:
    row = {
        "waba_id": "200000000000001", "name": "order_ready", "language": "en",
        "components": [
            {"type": "BODY", "text": "Hello {{1}}, order {{2}} is ready."},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thanks"}]},
        ], **changes,
    }  # fmt: skip
    simulator.sim("POST", "templates", row)


def order_ready(*values: Any) -> dict[str, Any]:
    parameters = [{"type": "text", "text": value} for value in values]
    components = [{"type": "body", "parameters": parameters}]
    return {
        "type": "template",
        "template": {"name": "order_ready", "language": {"code": "en"}, "components": components},
    }


def test_a_template_is_rendered_and_may_be_sent_outside_the_window(simulator: Running, mei: Customer) -> None:
    put_template(simulator)
    simulator.sim("POST", "clock", {"advance": 90000})
    answer = simulator.send(mei["phone"], **order_ready("Mei", "1042"))
    assert answer.json()["messages"][0]["message_status"] == "accepted"
    content = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][-1]["content"]
    assert content["body"] == "Hello Mei, order 1042 is ready."
    assert content["buttons"] == [{"type": "quick_reply", "text": "Thanks", "payload": "Thanks"}]


@pytest.mark.parametrize(
    ("changes", "values", "code"),
    [
        ({"status": "PAUSED"}, ("a", "b"), 132015),
        ({"status": "DISABLED"}, ("a", "b"), 132016),
        ({"status": "PENDING"}, ("a", "b"), 132001),
        ({}, ("a",), 132000),
        ({}, ("a", "b", "c"), 132000),
        ({}, ("a", ""), 132012),
        ({}, ("a", "two\nlines"), 132018),
        ({}, ("a", "x" * 1024), 132005),
    ],
)
def test_templates_are_checked_in_metas_order(
    simulator: Running, mei: Customer, changes: dict[str, Any], values: tuple[str, ...], code: int
) -> None:
    put_template(simulator, **changes)
    assert simulator.send(mei["phone"], **order_ready(*values)).json()["error"]["code"] == code


def test_a_form_is_taken_like_json(simulator: Running, mei: Customer) -> None:
    form = {"messaging_product": "whatsapp", "to": mei["phone"], "type": "text", "text": json.dumps({"body": "Form"})}
    assert simulator.call("POST", f"{NUMBER}/messages", data=form).status_code == 200
