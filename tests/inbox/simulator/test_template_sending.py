"""Sending templates: parameters of every kind, in Meta's order of checks."""

from typing import Any

import pytest

from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running

Part = dict[str, Any]
BODY = {"type": "BODY", "text": "Dear {{1}}, it costs {{2}} today."}
PLAIN = {"type": "BODY", "text": "It is ready."}
TEMPLATES: dict[str, list[Part]] = {
    "plain": [PLAIN],
    "texts": [{"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"}, BODY, {"type": "FOOTER", "text": "Tea"}],
    "named": [{"type": "BODY", "text": "Dear {{name}}, table {{table}} is yours."}],
    "picture": [{"type": "HEADER", "format": "IMAGE"}, PLAIN],
    "place": [{"type": "HEADER", "format": "LOCATION"}, PLAIN],
    "buttons": [PLAIN, {"type": "BUTTONS", "buttons": [
        {"type": "QUICK_REPLY", "text": "Yes"}, {"type": "URL", "text": "See", "url": "https://x.example/{{1}}"},
        {"type": "URL", "text": "Shop", "url": "https://x.example/"}, {"type": "COPY_CODE", "text": "Copy"}]}],
    "products": [PLAIN, {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "See"}]}],
    "form": [PLAIN, {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Book", "flow_id": "1"}]}],
    "cards": [PLAIN, {"type": "CAROUSEL", "cards": [{"components": [
        {"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Only {{1}} now."}]}] * 2}],
    "offer": [{"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today", "has_expiration": True}}, PLAIN],
}  # fmt: skip


def texts(*values: Any, kind: str = "body", **more: Any) -> Part:
    return {"type": kind, "parameters": [{"type": "text", "text": value, **more} for value in values]}


def named(**values: str) -> Part:
    return {"type": "body", "parameters": [
        {"type": "text", "parameter_name": name, "text": value} for name, value in values.items()]}  # fmt: skip


def head(kind: str, value: Any) -> Part:
    return {"type": "header", "parameters": [{"type": kind, kind: value}]}


def button(kind: str, index: Any, **parameter: Any) -> Part:
    return {"type": "button", "sub_type": kind, "index": index, "parameters": [parameter] if parameter else []}


def card(index: int, *parts: Part) -> Part:
    return {"card_index": index, "components": list(parts)}


LINK = {"link": "https://x.example/a.png"}
PLACE = {"latitude": 25.0, "longitude": 121.5, "name": "Tea", "address": "Road 1"}
SEE = button("url", "1", type="text", text="abc")
ROOM = 1024 - len("Dear , it costs 5 today.")


def products(*counts: int, title: str = "Teas") -> Part:
    sections = [{"title": title, "product_items": [{"product_retailer_id": "x"}] * count} for count in counts]
    return button("mpm", 0, type="action", action={"thumbnail_product_retailer_id": "x", "sections": sections})


CARD = card(0, head("image", LINK), texts("5"))
MONEY = {"type": "currency", "currency": {"fallback_value": "5", "code": "TWD", "amount_1000": 5000}}
ACCEPTED: dict[str, tuple[str, list[Part]]] = {
    "nothing to fill": ("plain", []),
    "header and body": ("texts", [texts("A-1", kind="header"), texts("Mei", "5")]),
    "a policy of values": ("texts", [texts("A-1", kind="header"),
                                     {"type": "body", "parameters": [{"type": "text", "text": "Mei"}, MONEY]}]),
    "the longest body": ("texts", [texts("A", kind="header"), texts("x" * ROOM, "5")]),
    "names in any order": ("named", [named(table="5", name="Mei")]),
    "a picture": ("picture", [head("image", LINK)]),
    "a place": ("place", [head("location", PLACE)]),
    "the needed button only": ("buttons", [SEE]),
    "every button": ("buttons", [button("quick_reply", 0, type="payload", payload="y" * 128), SEE,
                                 button("copy_code", "3", type="coupon_code", coupon_code="x" * 15)]),
    "thirty products": ("products", [products(30)]),
    "ten sections": ("products", [products(*[1] * 10, title="x" * 24)]),
    "a form's first data": ("form", [button("flow", 0, type="action", action={
        "flow_token": "t", "flow_action_data": {"guests": "2"}})]),
    "a form as it is": ("form", []),
    "a plain link named": ("buttons", [SEE, {"type": "button", "sub_type": "url", "index": 2, "parameters": []}]),
    "every card": ("cards", [{"type": "carousel", "cards": [CARD, {**CARD, "card_index": 1}]}]),
    "an offer with its end": ("offer", [{"type": "limited_time_offer", "parameters": [
        {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1_900_000_000_000}}]}]),
}  # fmt: skip
REFUSED: dict[str, tuple[str, list[Part], int]] = {
    "a value too few": ("texts", [texts("A", kind="header"), texts("Mei")], 132000),
    "a value too many": ("plain", [texts("Mei")], 132000),
    "no header value": ("texts", [texts("Mei", "5")], 132000),
    "an empty value": ("texts", [texts("A", kind="header"), texts("Mei", "")], 132012),
    "a number for a value": ("texts", [texts("A", kind="header"), texts("Mei", 5)], 132012),
    "a picture for a text": ("texts", [texts("A", kind="header"), {
        "type": "body", "parameters": [{"type": "image", "image": LINK}] * 2}], 132012),
    "a missing name": ("named", [named(name="Mei", chair="5")], 132012),
    "values without their names": ("named", [texts("Mei", "5")], 132012),
    "two lines": ("texts", [texts("A", kind="header"), texts("Mei", "a\nb")], 132018),
    "a tab": ("texts", [texts("A", kind="header"), texts("Mei", "a\tb")], 132018),
    "five spaces": ("texts", [texts("A", kind="header"), texts("Mei", "a     b")], 132018),
    "a body one too long": ("texts", [texts("A", kind="header"),
                                      texts("x" * (ROOM + 1), "5")], 132005),
    "no picture": ("picture", [], 132012),
    "a video for a picture": ("picture", [head("video", LINK)], 132012),
    "a picture without a file": ("picture", [head("image", {})], 132012),
    "a place without its length": ("place", [head("location", {"latitude": 1})], 132012),
    "no value for a link": ("buttons", [], 132000),
    "a value for a plain link": ("buttons", [SEE, button("url", "2", type="text", text="x")], 132000),
    "a button which is none": ("buttons", [SEE, button("quick_reply", 4, type="payload", payload="x")], 132012),
    "a button twice": ("buttons", [SEE, SEE], 132012),
    "the wrong kind of button": ("buttons", [button("quick_reply", "1", type="payload", payload="x")], 132012),
    "a long payload": ("buttons", [SEE, button("quick_reply", 0, type="payload", payload="x" * 129)], 132018),
    "a long code": ("buttons", [SEE, button("copy_code", 3, type="coupon_code", coupon_code="x" * 16)], 132018),
    "31 products": ("products", [products(31)], 132018),
    "31 products in two sections": ("products", [products(15, 16)], 132018),
    "eleven sections": ("products", [products(*[1] * 11)], 132018),
    "a long section title": ("products", [products(1, title="x" * 25)], 132018),
    "no products": ("products", [products(0)], 132018),
    "products without an action": ("products", [button("mpm", 0, type="text", text="x")], 132012),
    "a form without data": ("form", [button("flow", 0, type="action", action={"flow_action_data": {}})], 132012),
    "a component twice": ("texts", [texts("A", kind="header"), texts("a", "b"), texts("a", "b")], 132012),
    "an unknown component": ("plain", [{"type": "sidebar"}], 132012),
    "a card too few": ("cards", [{"type": "carousel", "cards": [CARD]}], 132000),
    "a card without its picture": ("cards", [{"type": "carousel", "cards": [CARD, card(1, texts("5"))]}], 132012),
    "a card without its value": ("cards", [
        {"type": "carousel", "cards": [CARD, card(1, *CARD["components"][:1])]}], 132000),
    "an offer without an end": ("offer", [], 132012),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def templates(shop: Running) -> None:
    for name, parts in TEMPLATES.items():
        shop.sim("POST", "templates", {"waba_id": WABA, "name": name, "language": "en_US", "components": parts})


def send(shop: Running, regular: Part, name: str, components: list[Part], **language: str) -> Any:
    template = {"name": name, "language": {"code": "en_US", **language}, "components": components}
    return shop.send(regular["phone"], type="template", template=template)


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_is_accepted(shop: Running, regular: Part, name: str) -> None:
    answer = send(shop, regular, *ACCEPTED[name])
    assert answer.status_code == 200, answer.text
    assert answer.json()["messages"][0]["message_status"] == "accepted"


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(shop: Running, regular: Part, name: str) -> None:
    template, components, code = REFUSED[name]
    error = send(shop, regular, template, components).json()["error"]
    assert error["code"] == code, error


def test_a_link_and_a_text_are_filled_for_the_customer(shop: Running, regular: Part) -> None:
    send(shop, regular, "buttons", [SEE])
    content = shop.sim("GET", f"customers/{regular['id']}/chats/{NUMBER}")["results"][-1]["content"]
    assert content["buttons"][1] == {"type": "url", "text": "See", "payload": "See", "url": "https://x.example/abc"}


@pytest.mark.parametrize(
    ("status", "code"),
    [("PENDING", 132001), ("REJECTED", 132001), ("ARCHIVED", 132001), ("PAUSED", 132015), ("DISABLED", 132016)],
)
def test_the_state_is_checked_before_the_parameters(shop: Running, regular: Part, status: str, code: int) -> None:
    row = {"waba_id": WABA, "name": f"in_{status.lower()}", "language": "en_US", "components": [BODY]}
    shop.sim("POST", "templates", {**row, "status": status})
    assert send(shop, regular, f"in_{status.lower()}", []).json()["error"]["code"] == code


@pytest.mark.parametrize(("language", "code"), [({"code": "en"}, 132001), ({"policy": "fallback"}, 131009)])
def test_the_language_must_match_exactly(shop: Running, regular: Part, language: dict[str, str], code: int) -> None:
    assert send(shop, regular, "plain", [], **language).json()["error"]["code"] == code


def test_the_marketing_endpoint_takes_marketing_templates_only(shop: Running, regular: Part) -> None:
    row = {"waba_id": WABA, "name": "news", "language": "en_US", "category": "MARKETING", "components": [PLAIN]}
    shop.sim("POST", "templates", row)

    def market(**changes: Any) -> int:
        template = {"name": "news", "language": {"code": "en_US"}}
        body = {"messaging_product": "whatsapp", "to": regular["phone"], "type": "template", "template": template}
        answer = shop.call("POST", f"{NUMBER}/marketing_messages", json={**body, **changes})
        return int(answer.json()["error"]["code"]) if answer.status_code != 200 else 0

    assert market() == 0
    assert market(type="text", text={"body": "x"}) == 131055
    assert market(template={"name": "plain", "language": {"code": "en_US"}}) == 134100
    assert market(product_policy="MAYBE") == 131009
    shop.sim("PATCH", f"numbers/{NUMBER}/account", {"account": {"disable_marketing_messages_on_cloud_api": True}})
    assert send(shop, regular, "news", []).json()["error"]["code"] == 131063
    assert market() == 0
    shop.sim("PATCH", f"numbers/{NUMBER}/account", {"account": {"disable_marketing_messages_on_cloud_api": False}})


def test_a_new_template_reaches_the_marketing_endpoint_ten_minutes_later(shop: Running, regular: Part) -> None:
    shop.sim("PATCH", "settings", {"marketing_sync_seconds": 600, "template_review": "instant"})
    given = {"name": "fresh_news", "language": "en_US", "category": "MARKETING", "components": [PLAIN]}
    assert shop.call("POST", f"{WABA}/message_templates", json=given).json()["status"] in ("APPROVED", "REJECTED")
    made = shop.call("GET", f"{WABA}/message_templates", params={"name": "fresh_news"}).json()["data"][0]
    shop.sim("POST", f"templates/{made['id']}/review", {"verdict": "APPROVED"})
    template = {"name": "fresh_news", "language": {"code": "en_US"}}
    body = {"messaging_product": "whatsapp", "to": regular["phone"], "type": "template", "template": template}
    assert shop.call("POST", f"{NUMBER}/marketing_messages", json=body).json()["error"]["code"] == 134101
    shop.sim("POST", "clock", {"advance": 600})
    assert shop.call("POST", f"{NUMBER}/marketing_messages", json=body).status_code == 200
    shop.sim("PATCH", "settings", {"marketing_sync_seconds": 0, "template_review": "delayed"})


def test_a_code_does_not_go_to_a_user_id(shop: Running, regular: Part) -> None:
    row = {"waba_id": WABA, "name": "login", "language": "en_US", "category": "AUTHENTICATION", "components": [PLAIN]}
    shop.sim("POST", "templates", row)
    body = {"messaging_product": "whatsapp", "recipient": regular["bsuid"], "type": "template",
            "template": {"name": "login", "language": {"code": "en_US"}}}  # fmt: skip
    assert shop.call("POST", f"{NUMBER}/messages", json=body).json()["error"]["code"] == 131062
    assert send(shop, regular, "login", []).status_code == 200


def test_a_code_has_fifteen_characters(shop: Running, regular: Part) -> None:
    row = {"waba_id": WABA, "name": "codes", "language": "en_US", "category": "AUTHENTICATION",
           "components": [{"type": "BODY", "text": "*{{1}}* is your code."}]}  # fmt: skip
    shop.sim("POST", "templates", row)
    assert send(shop, regular, "codes", [texts("1" * 15)]).status_code == 200
    assert send(shop, regular, "codes", [texts("1" * 16)]).json()["error"]["code"] == 132018
