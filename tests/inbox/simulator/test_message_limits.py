"""Every published limit of a message: taken at its edge, refused one past it, with the documented code."""

import copy
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.inbox.simulator import samples
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running

Body = dict[str, Any]
MESSAGES = samples.read("messages")
TEXTS: dict[str, tuple[str, str, int]] = {
    # where the text stands: (sample, path, limit)
    "text": ("text that quotes", "text.body", 4096),
    "image caption": ("image by link", "image.caption", 1024),
    "video caption": ("video by link", "video.caption", 1024),
    "document caption": ("document by link", "document.caption", 1024),
    "correlation": ("text that quotes", "biz_opaque_callback_data", 512),
    "button body": ("reply buttons", "interactive.body.text", 1024),
    "button id": ("reply buttons", "interactive.action.buttons.0.reply.id", 256),
    "button title": ("reply buttons", "interactive.action.buttons.0.reply.title", 20),
    "list body": ("list", "interactive.body.text", 4096),
    "list label": ("list", "interactive.action.button", 20),
    "list header": ("list", "interactive.header.text", 60),
    "list footer": ("list", "interactive.footer.text", 60),
    "section title": ("list", "interactive.action.sections.0.title", 24),
    "row id": ("list", "interactive.action.sections.0.rows.0.id", 200),
    "row title": ("list", "interactive.action.sections.0.rows.0.title", 24),
    "row description": ("list", "interactive.action.sections.0.rows.0.description", 72),
    "link label": ("link button", "interactive.action.parameters.display_text", 20),
    "link body": ("link button", "interactive.body.text", 1024),
    "location request body": ("location request", "interactive.body.text", 1024),
    "contact request body": ("contact request", "interactive.body.text", 1024),
    "flow label": ("published flow, by id", "interactive.action.parameters.flow_cta", 30),
    "flow body": ("published flow, by id", "interactive.body.text", 1024),
    "product section title": ("product list", "interactive.action.sections.0.title", 24),
    "carousel body": ("carousel of links", "interactive.body.text", 1024),
    "card body": ("carousel of links", "interactive.action.cards.0.body.text", 160),
    "card label": ("carousel of links", "interactive.action.cards.0.action.parameters.display_text", 20),
    "call label": ("call button", "interactive.action.parameters.display_text", 20),
    "order reference": ("order details", "interactive.action.parameters.reference_id", 35),
    "payment configuration": ("order details", "interactive.action.parameters.payment_configuration", 60),
    "item name": ("order details", "interactive.action.parameters.order.items.0.name", 60),
    "tax description": ("order details", "interactive.action.parameters.order.tax.description", 60),
    "order status text": ("order status", "interactive.action.parameters.order.description", 120),
}
# May be left out or empty; everything else must hold more than blanks.
OPTIONAL = {"image caption", "video caption", "document caption", "correlation", "row description", "call label",
            "section title", "product section title", "tax description", "order status text"}  # fmt: skip
ASCII_ONLY = {"order reference"}
WRITINGS = {"letters": "x", "emoji": "🍵", "combining": "e\u0301", "right to left": "م", "Chinese": "茶"}


def put(body: Body, path: str, value: Any) -> Body:
    changed: Any = copy.deepcopy(body)
    *way, last = path.split(".")
    at = changed
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at[int(last) if last.isdigit() else last] = value
    return changed


@pytest.fixture(scope="module")
def send(shop: Running, regular: dict[str, Any]) -> Callable[[Body], Any]:
    shop.sim("POST", "flows", {"waba_id": WABA, "name": "table_booking", "id": "400000000000001"})
    known = {"customer": regular["phone"], "quoted": regular["first"], "site": "https://files.example",
             "flow": "400000000000001"}  # fmt: skip
    count = itertools.count(100)

    def sent(body: Body) -> Any:
        if "order-17" in str(body):  # a reference is used once
            body = put(body, "interactive.action.parameters.reference_id", f"order-{next(count)}")
        return shop.call("POST", f"{NUMBER}/messages", json=samples.filled(body, known))

    return sent


def code_of(answer: Any) -> int:
    return int(answer.json()["error"]["code"]) if answer.status_code != 200 else 0


def of_length(sign: str, length: int) -> str:
    return (sign * length)[:length]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_taken_at_its_limit_and_refused_past_it(send: Callable[[Body], Any], name: str) -> None:
    sample, path, limit = TEXTS[name]
    for writing, sign in WRITINGS.items():
        if (name in ASCII_ONLY and writing != "letters") or (name == "flow label" and writing == "emoji"):
            continue
        at_limit = send(put(MESSAGES[sample], path, of_length(sign, limit)))
        assert at_limit.status_code == 200, (writing, at_limit.text)
        assert code_of(send(put(MESSAGES[sample], path, of_length(sign, limit + 1)))) == 100, writing


@pytest.mark.parametrize("name", sorted(TEXTS.keys() - OPTIONAL))
@pytest.mark.parametrize("blank", ["", " ", " \n\t"])
def test_a_required_text_holds_more_than_blanks(send: Callable[[Body], Any], name: str, blank: str) -> None:
    sample, path, _ = TEXTS[name]
    assert code_of(send(put(MESSAGES[sample], path, blank))) == 131009


def rows(count: int) -> list[Body]:
    return [{"id": f"r{i}", "title": f"Row {i}"} for i in range(count)]


def cards(count: int) -> list[Body]:
    first = MESSAGES["carousel of links"]["interactive"]["action"]["cards"][0]
    return [{**first, "card_index": i} for i in range(count)]


COUNTS: dict[str, tuple[str, str, Callable[[int], Any], int, int]] = {
    "buttons": ("reply buttons", "interactive.action.buttons", lambda count: [
        {"type": "reply", "reply": {"id": str(i), "title": str(i)}} for i in range(count)], 1, 3),
    "rows": ("list", "interactive.action.sections", lambda count: [{"title": "A", "rows": rows(count)}], 1, 10),
    "sections": ("list", "interactive.action.sections", lambda count: [
        {"title": f"S{i}", "rows": [{"id": str(i), "title": "x"}]} for i in range(count)], 1, 10),
    "products": ("product list", "interactive.action.sections", lambda count: [
        {"title": "A", "product_items": [{"product_retailer_id": str(i)} for i in range(count)]}], 1, 30),
    "product sections": ("product list", "interactive.action.sections", lambda count: [
        {"title": f"S{i}", "product_items": [{"product_retailer_id": "x"}]} for i in range(count)], 1, 10),
    "cards": ("carousel of links", "interactive.action.cards", cards, 2, 10),
    "line breaks of a card": ("carousel of links", "interactive.action.cards.0.body.text",
                              lambda count: "x" + "\n" * count + "x", 0, 2),
    "contacts": ("contact card", "contacts", lambda count: [{"name": {"formatted_name": "Ann"}}] * count, 1, 257),
    "minutes of a call button": ("call button", "interactive.action.parameters.ttl_minutes", int, 1, 43200),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_is_taken_at_its_limits_and_refused_past_them(send: Callable[[Body], Any], name: str) -> None:
    sample, path, many, least, most = COUNTS[name]
    for count in (least, most):
        assert send(put(MESSAGES[sample], path, many(count))).status_code == 200, count
    for count in ([least - 1] if least else []) + [most + 1]:
        assert code_of(send(put(MESSAGES[sample], path, many(count)))) == 131009, count


WRONG: dict[str, tuple[str, str, Any, int]] = {
    "emoji on a flow": ("published flow, by id", "interactive.action.parameters.flow_cta", "Book 🍵", 131009),
    "a flow without its message version": ("published flow, by id",
                                           "interactive.action.parameters.flow_message_version", "2", 131009),
    "empty flow data": ("published flow, by id", "interactive.action.parameters.flow_action_payload",
                        {"screen": "DATE", "data": {}}, 131009),
    "a payload with data exchange": ("published flow, by id", "interactive.action.parameters.flow_action",
                                     "data_exchange", 131009),
    "a header above a location request": ("location request", "interactive.header",
                                          {"type": "text", "text": "x"}, 131009),
    "a header above a product": ("product", "interactive.header", {"type": "text", "text": "x"}, 131009),
    "a picture above a product list": ("product list", "interactive.header",
                                       {"type": "image", "image": {"link": "https://x.example/a"}}, 131009),
    "no header above a product list": ("product list", "interactive.header", None, 131008),
    "a picture above a list": ("list", "interactive.header", {"type": "image", "image": {"id": "1"}}, 131009),
    "cards of two kinds": ("carousel of links", "interactive.action.cards.1",
                           {"card_index": 1, "type": "product",
                            "action": {"catalog_id": "1", "product_retailer_id": "x"}}, 131009),
    "twice the same card": ("carousel of links", "interactive.action.cards.1.card_index", 0, 131009),
    "a footer under a call permission": ("call permission", "interactive.footer", {"text": "x"}, 131009),
    "an address of France": ("address request", "interactive.action.parameters.country", "FR", 131009),
    "an unknown line of an address": ("address request", "interactive.action.parameters.values",
                                      {"planet": "x"}, 100),
    "a wrong total": ("order details", "interactive.action.parameters.total_amount",
                      {"value": 1101, "offset": 100}, 131009),
    "a wrong subtotal": ("order details", "interactive.action.parameters.order.subtotal",
                         {"value": 1500, "offset": 100}, 131009),
    "another offset": ("order details", "interactive.action.parameters.total_amount",
                       {"value": 1100, "offset": 10}, 131009),
    "a fraction of a rupee's hundredth": ("order details", "interactive.action.parameters.total_amount",
                                          {"value": 1100.5, "offset": 100}, 131009),
    "dollars": ("order details", "interactive.action.parameters.currency", "USD", 131009),
    "no configuration to pay with": ("order details", "interactive.action.parameters.payment_configuration",
                                     None, 131008),
    "an unknown order status": ("order status", "interactive.action.parameters.order.status", "lost", 131009),
    "an order which expires at once": ("order details", "interactive.action.parameters.order.expiration",
                                       {"timestamp": 1_700_000_000, "description": "x"}, 131009),
    "a birthday in words": ("contact card", "contacts.0.birthday", "April 1990", 131009),
    "an unknown line of a card": ("contact card", "contacts.0.phones.0", {"fax": "1"}, 100),
    "two emoji's worth of letters": ("reaction", "reaction.emoji", "ok", 131009),
    "a payload over the correlation's length": ("call button", "interactive.action.parameters.payload",
                                                "x" * 513, 100),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_broken_rule_has_its_code(send: Callable[[Body], Any], name: str) -> None:
    sample, path, value, code = WRONG[name]
    assert code_of(send(put(MESSAGES[sample], path, value))) == code


def test_a_strict_world_takes_the_lower_of_two_documented_limits(send: Callable[[Body], Any], shop: Running) -> None:
    longer = {
        "list": put(MESSAGES["list"], "interactive.body.text", "x" * 1025),
        "flow": put(MESSAGES["published flow, by id"], "interactive.action.parameters.flow_cta", "x" * 21),
        "contacts": put(MESSAGES["contact card"], "contacts", MESSAGES["contact card"]["contacts"] * 6),
    }
    assert {send(body).status_code for body in longer.values()} == {200}
    shop.sim("PATCH", "settings", {"level": "strict"})
    assert {send(body).status_code for body in longer.values()} == {400}
    shop.sim("PATCH", "settings", {"level": "meta-like"})


def test_an_order_reference_is_used_once(send: Callable[[Body], Any]) -> None:
    body = put(MESSAGES["order details"], "interactive.action.parameters.reference_id", "only-once")
    assert [send(body).status_code, code_of(send(body))] == [200, 131009]


@pytest.mark.parametrize(("status", "code"), [("DRAFT", 131009), ("DEPRECATED", 131009), ("BLOCKED", 132068)])
def test_a_flow_is_sent_only_when_published(send: Callable[[Body], Any], shop: Running, status: str, code: int) -> None:
    flow = shop.sim("POST", "flows", {"waba_id": WABA, "name": f"flow {status}", "status": status})
    body = put(MESSAGES["published flow, by id"], "interactive.action.parameters.flow_id", flow["id"])
    assert code_of(send(body)) == code
    assert code_of(send(put(body, "interactive.action.parameters.flow_id", "1"))) == 131009
    shop.sim("PATCH", "settings", {"unknown_flows": "accept"})
    assert send(put(body, "interactive.action.parameters.flow_id", "1")).status_code == 200
    shop.sim("PATCH", "settings", {"unknown_flows": "refuse"})


def test_a_throttled_flow_is_sent_ten_times_an_hour(send: Callable[[Body], Any], shop: Running) -> None:
    flow = shop.sim("POST", "flows", {"waba_id": WABA, "name": "slow", "status": "THROTTLED"})
    body = put(MESSAGES["published flow, by id"], "interactive.action.parameters.flow_id", flow["id"])
    assert [code_of(send(body)) for _ in range(11)] == [0] * 10 + [132069]


@pytest.mark.parametrize(("seconds", "code"), [(299, 131009), (330, 0)])
def test_an_order_expires_in_five_minutes_at_the_earliest(
    send: Callable[[Body], Any], shop: Running, seconds: int, code: int
) -> None:
    expiration = {"timestamp": int(shop.world.clock.now()) + seconds, "description": "x" * 120}
    body = put(MESSAGES["order details"], "interactive.action.parameters.order.expiration", expiration)
    assert code_of(send(body)) == code


@pytest.mark.parametrize(("count", "code"), [(10, 0), (11, 131009)])
def test_an_order_with_pictures_has_ten_items(send: Callable[[Body], Any], count: int, code: int) -> None:
    item = {
        "name": "Tea",
        "quantity": 1,
        "amount": {"value": 100, "offset": 100},
        "image": {"link": "https://x.example"},
    }
    body = put(MESSAGES["order details"], "interactive.action.parameters.order", {
        "status": "pending", "items": [item] * count, "subtotal": {"value": 100 * count, "offset": 100}})  # fmt: skip
    total = {"value": 100 * count, "offset": 100}
    assert code_of(send(put(body, "interactive.action.parameters.total_amount", total))) == code


def test_an_order_of_brazil_names_its_tax_and_may_have_a_longer_reference(send: Callable[[Body], Any]) -> None:
    money = {"value": 100, "offset": 100}
    order = {"status": "pending", "items": [{"name": "Tea", "quantity": 1, "amount": money}], "subtotal": money}
    parameters = {"reference_id": "b" * 60, "type": "digital-goods", "currency": "BRL", "payment_type": "br",
                  "payment_settings": [{"type": "payment_link", "payment_link": {"uri": "https://x.example"}}],
                  "total_amount": money, "order": order}  # fmt: skip
    body = put(MESSAGES["order details"], "interactive.action.parameters", parameters)
    assert code_of(send(body)) == 131008
    taxed = put(body, "interactive.action.parameters.order.tax", {"value": 0, "offset": 100})
    assert code_of(send(taxed)) == 0
    assert code_of(send(put(taxed, "interactive.action.parameters.reference_id", "b" * 61))) == 100
