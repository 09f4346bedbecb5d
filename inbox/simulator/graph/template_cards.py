"""Sends of carousels and limited-time offers (Meta: special kinds of templates)."""

from __future__ import annotations

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.template_parameters import Part, check_buttons, check_media, part_of, rendered
from inbox.simulator.odd import obj, objects, rows
from inbox.simulator.tables import limits


def check_cards(template: Part, given: list[Part]) -> None:
    """Every card of a media carousel is sent, each with what it needs; a product carousel grows up to ten cards.

    Raises GraphError 132000 or 132012.
    """
    made = part_of(template, "carousel").get("cards") or []
    sent = rows(given[0].get("cards")) if given else []
    if not made and not sent:
        return
    if not all(isinstance(card, dict) for card in sent):
        raise GraphError(132012, "carousel: cards must be an array of objects.")
    grows = bool(made) and _header_format(made[0]) == "PRODUCT"
    most = limits()["templates"]["carousel"]["cards_max"] if grows else len(made)
    if not len(made) <= len(sent) <= most:
        raise GraphError(132000, f"carousel: {len(sent)} cards do not match the template's {len(made)}.")
    for position, card in enumerate(sent):
        _check_card(made[0] if grows else made[position], card)


def _header_format(card: Part) -> str:
    return str(part_of(card, "header").get("format"))


def _check_card(made: Part, sent: Part) -> None:
    found: dict[str, list[Part]] = {"header": [], "body": [], "button": []}
    for part in rows(sent.get("components")):
        kind = str(part.get("type", "")).lower() if isinstance(part, dict) else ""
        if kind not in found:
            raise GraphError(132012, f"carousel: a card has no component {kind or 'without a type'}.")
        found[kind].append(part)
    check_media(made, found["header"])
    rendered(made, "body", found["body"])
    check_buttons(made, found["button"])


def check_offer(template: Part, given: list[Part]) -> None:
    """An offer which expires needs its moment, in milliseconds (Meta)."""
    offer = obj(part_of(template, "limited_time_offer").get("limited_time_offer"))
    if not offer.get("has_expiration"):
        return
    parameters = objects(given[0].get("parameters")) if given else []
    moment = obj(parameters[0].get("limited_time_offer")).get("expiration_time_ms") if parameters else None
    if isinstance(moment, bool) or not isinstance(moment, int):
        raise GraphError(132012, "limited_time_offer: expiration_time_ms is needed.")
