"""Rules of catalogue messages and carousels (Meta). Which catalogues and products exist is not simulated."""

from __future__ import annotations

from typing import Any

from inbox.simulator.graph.interactive_parts import body, check_header, link, without
from inbox.simulator.graph.shape import Shape

_ID_MAX = 100


def check_product(shape: Shape, rules: dict[str, Any]) -> None:
    without(shape, "header")
    if shape.has("body"):
        body(shape, rules["button"]["body_max"])
    _product(shape.child("action"))


def check_product_list(shape: Shape, rules: dict[str, Any]) -> None:
    rule, action = rules["product_list"], shape.child("action")
    body(shape, rules["button"]["body_max"])
    shape.child("header").choice("type", "text")
    action.text("catalog_id", _ID_MAX)
    sections, items = action.children("sections", 1, rule["sections_max"]), 0
    for section in sections:
        if len(sections) > 1:
            section.required("title")
        section.maybe_text("title", rule["section_title_max"])
        for item in section.children("product_items", 1, rule["items_max"]):
            item.text("product_retailer_id", _ID_MAX)
            items += 1
    if items > rule["items_max"]:
        raise action.refuse("sections", f"may hold {rule['items_max']} products in total")


def check_catalog(shape: Shape, rules: dict[str, Any]) -> None:
    action = shape.child("action")
    body(shape, rules["button"]["body_max"])
    action.choice("name", "catalog_message")
    if action.has("parameters"):
        action.child("parameters").only("thumbnail_product_retailer_id")
        action.child("parameters").maybe_text("thumbnail_product_retailer_id", _ID_MAX)


def check_carousel(shape: Shape, rules: dict[str, Any]) -> None:
    """2 to 10 cards of one kind; media cards all with the same kind of header."""
    rule, action = rules["carousel"], shape.child("action")
    body(shape, rule["body_max"])
    without(shape, "header", "footer")
    cards = action.children("cards", rule["cards_min"], rule["cards_max"])
    kinds = {(card.choice("type", "cta_url", "product"), _card(card, rule)) for card in cards}
    if len(kinds) > 1:
        raise action.refuse("cards", "must all be of one kind")
    indexes = [int(card.number("card_index", 0, rule["cards_max"] - 1)) for card in cards]
    if len(set(indexes)) != len(indexes):
        raise action.refuse("cards", "must have different card_index values")


def _card(card: Shape, rule: dict[str, Any]) -> str:
    """Check one card; returns the kind of its header."""
    action = card.child("action")
    if card.value["type"] == "product":
        _product(action)
        return "product"
    header = card.child("header")
    kind = header.choice("type", "image", "video")
    check_header(header, 0, text_only=False)
    if card.has("body"):
        text = body(card, rule["card_body_max"])
        if text.count("\n") > rule["card_body_line_breaks_max"]:
            raise card.refuse("body", f"may hold {rule['card_body_line_breaks_max']} line breaks")
    if not action.has("buttons"):
        action.choice("name", "cta_url")
        link(action.child("parameters"), rule["display_text_max"])
        return kind
    for button in action.children("buttons", 1, rule["quick_replies_max"]):  # known to a client library only
        button.choice("type", "quick_reply")
        button.child("quick_reply").text("id", rule["quick_reply_id_max"])
        button.child("quick_reply").text("title", rule["display_text_max"])
    return f"{kind} with answers"


def _product(action: Shape) -> None:
    action.text("catalog_id", _ID_MAX)
    action.text("product_retailer_id", _ID_MAX)
