"""Contact cards (Meta: contacts messages)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part, Unfit, some
from inbox.whatsapp.limits import CARD_LINES_MAX, CARD_NAME_MAX, CARDS_MAX
from inbox.whatsapp.wire import Outbound


def check(part: Part) -> dict[str, Any]:
    """``{contacts: [{name, phones: [text], emails: [text], company?}]}``; a card is reachable in some way."""
    return {"contacts": [_card(card) for card in part.children("contacts", 1, CARDS_MAX)]}


def _card(card: Part) -> dict[str, Any]:
    phones, emails = (_lines(card, name) for name in ("phones", "emails"))
    if not phones and not emails:
        raise card.unfit("missing", "phones")
    name, company = card.text("name", CARD_NAME_MAX), card.maybe("company", CARD_NAME_MAX)
    return {"name": name, "phones": phones, "emails": emails, **some(company=company)}


def _lines(card: Part, name: str) -> list[str]:
    if not card.value.get(name):
        return []
    found = []
    for index, line in enumerate(card.items(name, 1, CARD_LINES_MAX)):
        if not isinstance(line, str):
            raise Unfit("invalid", f"{card.at}.{name}.{index}")
        found.append(Part({"line": line}, card.at).text("line", CARD_NAME_MAX))
    return found


def body(message: Outbound) -> list[dict[str, Any]]:
    return [_spelled(card) for card in message.content["contacts"]]


def _spelled(card: dict[str, Any]) -> dict[str, Any]:
    name = {"formatted_name": card["name"], "first_name": card["name"]}  # Meta wants one more part of the name
    return {
        "name": name,
        **some(
            phones=[_phone(phone) for phone in card.get("phones", [])],
            emails=[{"email": email, "type": "WORK"} for email in card.get("emails", [])],
            org=some(company=card.get("company")),
        ),
    }


def _phone(phone: str) -> dict[str, str]:
    """With ``wa_id`` the card offers "message"; only a number written with its country code can be one."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return {"phone": phone, "type": "CELL", **({"wa_id": digits} if phone.startswith("+") else {})}
