"""Templates of a special kind: authentication, limited-time offer, carousel (Meta: special kinds)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.odd import obj, objects
from inbox.simulator.tables import limits
from inbox.simulator.templates.buttons import check_buttons
from inbox.simulator.templates.components import check_body, check_header
from inbox.simulator.templates.refusal import refusal

if TYPE_CHECKING:
    from inbox.simulator.world import World

Parts = dict[str, dict[str, Any]]


def check_authentication(world: World, parts: Parts) -> None:
    """Preset text only: recommendation, minutes of validity, one OTP button."""
    rule = limits()["templates"]["authentication"]
    if set(parts) - {"BODY", "FOOTER", "BUTTONS"} or "text" in parts.get("BODY", {}):
        raise refusal(world, 2388072, "An authentication template has preset text only.")
    minutes = parts.get("FOOTER", {}).get("code_expiration_minutes")
    least, most = rule["code_expiration_minutes_min"], rule["code_expiration_minutes_max"]
    if minutes is not None and not (isinstance(minutes, int) and least <= minutes <= most):
        raise refusal(world, 2388073, f"code_expiration_minutes must be {least} to {most}.")
    buttons = parts.get("BUTTONS", {}).get("buttons")
    check_buttons(world, buttons, most=1)
    if not buttons or buttons[0]["type"] != "OTP":
        raise refusal(world, None, "An authentication template needs one OTP button.")


def check_offer(world: World, parts: Parts, category: str) -> None:
    """A limited-time offer: marketing, no footer, a picture or video, the copy-code button first."""
    rule = limits()["templates"]["limited_time_offer"]
    offer = obj(parts["LIMITED_TIME_OFFER"].get("limited_time_offer"))
    text = offer.get("text")
    if not isinstance(text, str) or not 0 < len(text) <= rule["text_max"]:
        raise refusal(world, 2388040, f"The text of an offer has 1 to {rule['text_max']} characters.")
    if category != "MARKETING" or "FOOTER" in parts:
        raise refusal(world, None, "A limited-time offer is MARKETING and has no footer.")
    if "HEADER" in parts and parts["HEADER"].get("format") not in ("IMAGE", "VIDEO"):
        raise refusal(world, 2388047, "The header of an offer is a picture or a video.")
    kinds = [button.get("type") for button in objects(parts.get("BUTTONS", {}).get("buttons"))]
    if "COPY_CODE" in kinds and kinds[0] != "COPY_CODE":
        raise refusal(world, None, "The copy-code button of an offer comes first.")


def check_carousel(world: World, part: dict[str, Any], *, named: bool) -> None:
    """2 to 10 cards of the same structure. Product cards may begin with two and become ten when sent."""
    rule, cards = limits()["templates"]["carousel"], part.get("cards")
    if not isinstance(cards, list) or not rule["cards_min"] <= len(cards) <= rule["cards_max"]:
        raise refusal(world, None, f"A carousel has {rule['cards_min']} to {rule['cards_max']} cards.")
    structures = set()
    for card in objects(cards):
        parts = {str(item.get("type")): item for item in objects(card.get("components"))}
        header = parts.get("HEADER", {})
        if header.get("format") not in ("IMAGE", "VIDEO", "PRODUCT"):
            raise refusal(world, 2388047, "A card begins with a picture, a video or a product.")
        check_header(world, header, named=named)
        if "BODY" in parts:
            check_body(world, parts["BODY"], named=named, most=rule["card_body_max"])
        check_buttons(world, parts.get("BUTTONS", {}).get("buttons"), most=rule["card_buttons_max"])
        kinds = tuple(button["type"] for button in parts["BUTTONS"]["buttons"])
        structures.add((header["format"], "BODY" in parts, kinds))
    if len(structures) > 1:
        raise refusal(world, None, "All cards must have the same structure.")
