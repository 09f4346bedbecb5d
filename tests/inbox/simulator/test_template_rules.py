"""Creating templates: what Meta takes at the edge of each rule, and the number by which it refuses the rest."""

import itertools
from typing import Any

import pytest

from inbox.simulator.storage import records
from tests.inbox.simulator.conftest import WABA
from tests.inbox.simulator.running import Running

Part = dict[str, Any]
COUNT = itertools.count(1)
BODY = {"type": "BODY", "text": "Your order is ready for you."}
HANDLE = {"example": {"header_handle": ["4::aW1hZ2UvcG5n:x"]}}


def body(text: str, *values: str) -> Part:
    return {"type": "BODY", "text": text, **({"example": {"body_text": [list(values)]}} if values else {})}


def header(text: str, *values: str) -> Part:
    return {"type": "HEADER", "format": "TEXT", "text": text,
            **({"example": {"header_text": list(values)}} if values else {})}  # fmt: skip


def buttons(*given: Part) -> Part:
    return {"type": "BUTTONS", "buttons": list(given)}


def quick(count: int, **more: Any) -> list[Part]:
    return [{"type": "QUICK_REPLY", "text": f"Answer {i}", **more} for i in range(count)]


def url(text: str = "Open", address: str = "https://shop.example/", **more: Any) -> Part:
    return {"type": "URL", "text": text, "url": address, **more}


def phone(**more: Any) -> Part:
    return {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+12025550143", **more}


def code(otp: str = "COPY_CODE", **more: Any) -> list[Part]:
    button = {"type": "OTP", "otp_type": otp, **more}
    return [{"type": "BODY", "add_security_recommendation": True}, buttons(button)]


def app(**more: Any) -> Part:
    return {"package_name": "example.tea", "signature_hash": "K8aXAINcGX7", **more}


def card(kind: str = "IMAGE", text: str = "One tea", *given: Part) -> Part:
    parts = [{"type": "HEADER", "format": kind, **HANDLE}, {"type": "BODY", "text": text}]
    return {"components": [*parts, buttons(*(given or quick(1)))]}


def carousel(*cards: Part) -> list[Part]:
    return [BODY, {"type": "CAROUSEL", "cards": list(cards)}]


def offer(*more: Part, text: str = "Only today", body_text: str = "A tenth off.") -> list[Part]:
    part = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": text}}
    return [part, {"type": "BODY", "text": body_text}, *more]


FLOW = {"type": "FLOW", "text": "Book", "flow_id": "1"}
COPY = {"type": "COPY_CODE", "example": "x" * 20}
TAKEN: dict[str, dict[str, Any]] = {
    "the longest name": {"name": "x" * 512},
    "the longest body": {"components": [body("x" * 1024)]},
    "the longest body of emoji": {"components": [body("🍵" * 1024)]},
    "the longest header": {"components": [header("x" * 60), BODY]},
    "the longest footer": {"components": [BODY, {"type": "FOOTER", "text": "x" * 60}]},
    "lower-case kinds": {"category": "utility", "components": [{"type": "body", "text": "Ready."}]},
    "variables inside": {"components": [body("Dear {{1}}, the order {{2}} is now ready.", "a", "b")]},
    "Chinese around variables": {"components": [body("親愛的{{1}}您好，您的訂單{{2}}已經出貨。", "a", "b")]},
    "ten quick replies": {"components": [BODY, buttons(*quick(10))]},
    "two links and a phone": {"components": [BODY, buttons(url(), url("Two"), phone())]},
    "quick replies, then others": {"components": [BODY, buttons(*quick(2), url())]},
    "others, then quick replies": {"components": [BODY, buttons(url(), *quick(2))]},
    "the longest label": {"components": [BODY, buttons({"type": "QUICK_REPLY", "text": "x" * 25})]},
    "the longest link": {"components": [BODY, buttons(url(address="https://x.example/" + "x" * 1982))]},
    "the longest phone": {"components": [BODY, buttons(phone(phone_number="1" * 20))]},
    "the longest sample code": {"components": [BODY, buttons(COPY)], "category": "MARKETING"},
    "a link with a variable": {"components": [BODY, buttons(url(address="https://x.example/{{1}}", example=["a"]))]},
    "an old code with an app on the button": {"category": "AUTHENTICATION", "components": code("ONE_TAP", **app())},
    "five apps": {"category": "AUTHENTICATION", "components": code("ONE_TAP", supported_apps=[app()] * 5)},
    "a code without a tap": {"category": "AUTHENTICATION",
                             "components": code("ZERO_TAP", supported_apps=[app()], zero_tap_terms_accepted=True)},
    "ten cards": {"category": "MARKETING", "components": carousel(*[card()] * 10)},
    "the longest card": {"category": "MARKETING", "components": carousel(card(text="x" * 160), card(text="x"))},
    "the longest offer": {"category": "MARKETING", "components": offer(text="x" * 16, body_text="x" * 600)},
    "the shortest life of a utility template": {"message_send_ttl_seconds": 30},
    "the longest life of a utility template": {"message_send_ttl_seconds": 43200},
    "an endless life": {"message_send_ttl_seconds": -1},
    "a long life of a marketing template": {"category": "MARKETING", "message_send_ttl_seconds": 2592000},
    "the longest life of a code": {"category": "AUTHENTICATION", "components": code(), "message_send_ttl_seconds": 900},
    "the shortest life of a code": {"category": "AUTHENTICATION", "components": code(), "message_send_ttl_seconds": 30},
    "the shortest life of a marketing template": {"category": "MARKETING", "message_send_ttl_seconds": 43200},
    "the longest package": {"category": "AUTHENTICATION",
                            "components": code("ONE_TAP", supported_apps=[app(package_name="x" * 224)])},
    "a code that lives 90 minutes": {"category": "AUTHENTICATION", "components": [
        *code(), {"type": "FOOTER", "code_expiration_minutes": 90}]},
    "a code that lives a minute": {"category": "AUTHENTICATION", "components": [
        *code(), {"type": "FOOTER", "code_expiration_minutes": 1}]},
    "a voice call": {"components": [BODY, buttons({"type": "VOICE_CALL", "text": "Call", "ttl_minutes": 60})]},
}  # fmt: skip
REFUSED: dict[str, tuple[dict[str, Any], int | None]] = {
    "a long name": ({"name": "x" * 513}, None),
    "capitals in a name": ({"name": "Order"}, None),
    "no name": ({"name": ""}, None),
    "an unknown language": ({"language": "en_FR"}, None),
    "an unknown category": ({"category": "TRANSACTIONAL"}, None),
    "no body": ({"components": [header("Hello")]}, 2388072),
    "a blank body": ({"components": [body(" \n")]}, 2388072),
    "a long body": ({"components": [body("x" * 1025)]}, 2388040),
    "a long header": ({"components": [header("x" * 61), BODY]}, 2388040),
    "markup in a header": ({"components": [header("*Bold* news"), BODY]}, 2388047),
    "a line break in a header": ({"components": [header("Two\nlines"), BODY]}, 2388047),
    "two variables in a header": ({"components": [header("a {{1}} b {{2}} c", "x", "y"), BODY]}, 2388047),
    "a header without a sample": ({"components": [header("Order {{1}} today"), BODY]}, 2388047),
    "a picture without a sample": ({"components": [{"type": "HEADER", "format": "IMAGE"}, BODY]}, 2388047),
    "a media id for a sample": ({"components": [
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["123456"]}}, BODY]}, 2388047),
    "a long footer": ({"components": [BODY, {"type": "FOOTER", "text": "x" * 61}]}, 2388040),
    "a variable in a footer": ({"components": [BODY, {"type": "FOOTER", "text": "Until {{1}}"}]}, 2388073),
    "a variable first": ({"components": [body("{{1}}, your order is ready.", "a")]}, 2388299),
    "a variable last": ({"components": [body("Your order is ready, {{1}}", "a")]}, 2388299),
    "variables side by side": ({"components": [body("Dear {{1}} {{2}} your order is now ready.", "a", "b")]}, 2388072),
    "a gap in the numbers": ({"components": [body("Dear {{1}}, the order {{3}} is ready.", "a", "b")]}, 2388072),
    "a sign in a variable": ({"components": [body("Dear {{$1}}, it is ready.", "a")]}, 2388072),
    "an open variable": ({"components": [body("Dear {{1}, it is ready.")]}, 2388072),
    "a name in a numbered template": ({"components": [body("Dear {{name}}, it is ready.", "a")]}, 2388072),
    "too few words": ({"components": [body("Is {{1}} or {{2}} or {{3}} on?", "a", "b", "c")]}, 2388293),
    "no sample": ({"components": [body("Dear {{1}}, it is ready.")]}, 2388072),
    "a sample too few": ({"components": [body("Dear {{1}}, the order {{2}} is ready.", "a")]}, 2388072),
    "eleven buttons": ({"components": [BODY, buttons(*quick(11))]}, None),
    "three links": ({"components": [BODY, buttons(url(), url("B"), url("C"))]}, None),
    "two phones": ({"components": [BODY, buttons(phone(), phone(text="B"))]}, None),
    "mixed quick replies": ({"components": [BODY, buttons(*quick(1), url(), *quick(2)[1:])]}, None),
    "twin labels": ({"components": [BODY, buttons(url(), url())]}, None),
    "a long label": ({"components": [BODY, buttons(url("x" * 26))]}, 2388040),
    "a long link": ({"components": [BODY, buttons(url(address="https://x.example/" + "x" * 1983))]}, None),
    "a variable within a link": ({"components": [BODY, buttons(url(address="https://{{1}}.example/"))]}, None),
    "a link's variable without a sample": ({"components": [
        BODY, buttons(url(address="https://x.example/{{1}}"))]}, None),
    "a long phone": ({"components": [BODY, buttons(phone(phone_number="1" * 21))]}, None),
    "a long sample code": ({"components": [BODY, buttons({**COPY, "example": "x" * 21})]}, None),
    "a flow beside a link": ({"components": [BODY, buttons(FLOW, url())]}, None),
    "a flow by two names": ({"components": [BODY, buttons({**FLOW, "flow_name": "x"})]}, None),
    "an unknown button": ({"components": [BODY, buttons({"type": "DANCE", "text": "x"})]}, None),
    "an unknown component": ({"components": [BODY, {"type": "SIDEBAR"}]}, None),
    "two bodies": ({"components": [BODY, BODY]}, None),
    "own words in a code": ({"category": "AUTHENTICATION", "components": [BODY, buttons(*quick(1))]}, 2388072),
    "a code without a button": ({"category": "AUTHENTICATION", "components": code()[:1]}, None),
    "a code that lives 91 minutes": ({"category": "AUTHENTICATION", "components": [
        *code(), {"type": "FOOTER", "code_expiration_minutes": 91}]}, 2388073),
    "six apps": ({"category": "AUTHENTICATION", "components": code("ONE_TAP", supported_apps=[app()] * 6)}, None),
    "a short signature": ({"category": "AUTHENTICATION",
                           "components": code("ONE_TAP", supported_apps=[app(signature_hash="x" * 10)])}, None),
    "terms not accepted": ({"category": "AUTHENTICATION",
                            "components": code("ZERO_TAP", supported_apps=[app()])}, None),
    "one card": ({"category": "MARKETING", "components": carousel(card())}, None),
    "eleven cards": ({"category": "MARKETING", "components": carousel(*[card()] * 11)}, None),
    "cards of two kinds": ({"category": "MARKETING", "components": carousel(card(), card("VIDEO"))}, None),
    "a long card": ({"category": "MARKETING", "components": carousel(card(text="x" * 161), card())}, 2388040),
    "three buttons on a card": ({"category": "MARKETING",
                                 "components": carousel(*[card("IMAGE", "x", *quick(3))] * 2)}, None),
    "a long offer": ({"category": "MARKETING", "components": offer(text="x" * 17)}, 2388040),
    "a long body of an offer": ({"category": "MARKETING", "components": offer(body_text="x" * 601)}, 2388040),
    "an offer with a footer": ({"category": "MARKETING",
                                "components": offer({"type": "FOOTER", "text": "x"})}, None),
    "an offer as utility": ({"components": offer()}, None),
    "a code second in an offer": ({"category": "MARKETING", "components": offer(buttons(url(), COPY))}, None),
    "a short life": ({"message_send_ttl_seconds": 29}, None),
    "a long life": ({"message_send_ttl_seconds": 43201}, None),
    "an endless life of a marketing template": ({"category": "MARKETING", "message_send_ttl_seconds": -1}, None),
    "a long life of a code": ({"category": "AUTHENTICATION", "components": code(),
                               "message_send_ttl_seconds": 901}, None),
    "a short life of a code": ({"category": "AUTHENTICATION", "components": code(),
                                "message_send_ttl_seconds": 29}, None),
    "a short life of a marketing template": ({"category": "MARKETING", "message_send_ttl_seconds": 43199}, None),
    "a too long life of a marketing template": ({"category": "MARKETING", "message_send_ttl_seconds": 2592001}, None),
    "a long package": ({"category": "AUTHENTICATION", "components": code(
        "ONE_TAP", supported_apps=[app(package_name="x" * 225)])}, None),
    "a code that lives no minute": ({"category": "AUTHENTICATION", "components": [
        *code(), {"type": "FOOTER", "code_expiration_minutes": 0}]}, 2388073),
    "two flows": ({"components": [BODY, buttons(FLOW, {**FLOW, "text": "Other"})]}, None),
    "two codes to copy": ({"components": [BODY, buttons(COPY, COPY)]}, None),
    "an unknown key": ({"colour": "red"}, None),
    "no components": ({"components": []}, None),
}  # fmt: skip


def create(shop: Running, **changes: Any) -> Any:
    # A hundred creations an hour are allowed: the table begins a new hour with each case.
    records.remove(shop.world.database, "creations", WABA)
    given = {"name": f"t_{next(COUNT)}", "language": "en_US", "category": "UTILITY", "components": [BODY], **changes}
    return shop.call("POST", f"{WABA}/message_templates", json=given)


@pytest.mark.parametrize("name", TAKEN)
def test_it_is_taken(shop: Running, name: str) -> None:
    answer = create(shop, **TAKEN[name])
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "PENDING" and answer.json()["id"].isdigit()


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(shop: Running, name: str) -> None:
    changes, number = REFUSED[name]
    error = create(shop, **changes).json()["error"]
    assert (error["code"], error.get("error_subcode")) == (100, number), error


def test_the_number_may_stand_as_the_code_itself(shop: Running) -> None:
    shop.sim("PATCH", "settings", {"template_error_position": "code"})
    error = create(shop, components=[body("x" * 1025)]).json()["error"]
    shop.sim("PATCH", "settings", {"template_error_position": "subcode"})
    assert error["code"] == 2388040 and "error_subcode" not in error
    assert error["error_user_title"] and "1024" in error["error_user_msg"]


def test_named_parameters_are_lower_case_and_have_samples(shop: Running) -> None:
    text = {"type": "BODY", "text": "Dear {{first_name}}, your order is ready."}
    sample = {"example": {"body_text_named_params": [{"param_name": "first_name", "example": "Mei"}]}}
    assert create(shop, parameter_format="named", components=[{**text, **sample}]).status_code == 200
    assert create(shop, parameter_format="named", components=[text]).json()["error"]["error_subcode"] == 2388072
    loud = {**text, "text": "Dear {{First}}, your order is ready.", **sample}
    assert create(shop, parameter_format="named", components=[loud]).json()["error"]["error_subcode"] == 2388072


def test_a_utility_template_that_promotes_becomes_marketing_at_once(shop: Running) -> None:
    assert create(shop, components=[body("Big discount on all teas today.")]).json()["category"] == "MARKETING"
    assert create(shop, components=[body("全館茶葉本週優惠。")]).json()["category"] == "MARKETING"
