"""Contact cards (Meta: contacts messages)."""

from __future__ import annotations

import re
from typing import Any

from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits

_LISTS = {
    "phones": ("phone", "type", "wa_id", "user_id"), "emails": ("email", "type"), "urls": ("url", "type"),
    "addresses": ("street", "city", "state", "zip", "country", "country_code", "type"),
}  # fmt: skip
_NAME = ("formatted_name", "first_name", "last_name", "middle_name", "prefix", "suffix")


def read_cards(shape: Shape) -> list[Any]:
    """`contacts` of a message. Up to 257 are documented, the published schema says 5: `strict` takes the lower."""
    rule = limits()["send"]["contacts_per_message"]
    cards = shape.children("contacts", 1, rule["use"] if shape.level == "strict" else rule["value"])
    for card in cards:
        card.only("name", *_LISTS, "org", "birthday")
        _check_name(card.child("name"))
        for key, parts in _LISTS.items():
            for entry in card.children(key, 0, 100) if card.has(key) else []:
                entry.only(*parts)
                for part in parts:
                    entry.maybe_text(part, 1000)
        if card.has("org"):
            card.child("org").only("company", "department", "title")
        if card.has("birthday") and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(card.value["birthday"])):
            raise card.refuse("birthday", "must be a date like 1990-12-31")
    return [card.value for card in cards]


def _check_name(name: Shape) -> None:
    """formatted_name and, when strict, one more part of the name."""
    name.only(*_NAME)
    name.text("formatted_name", 1000)
    if name.level == "strict" and len([key for key in name.value if name.has(key)]) < 2:
        raise name.refuse("formatted_name", "needs one more part of the name")
