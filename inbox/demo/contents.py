"""What the special turns of a scenario contain, as Kefu stores it (see ``inbox.content``)."""

from random import Random
from typing import Any

from inbox.demo.customers import Customer
from inbox.demo.facts import Facts
from inbox.demo.material import material
from inbox.demo.script import Turn

TEMPLATE_LANGUAGE = {"zh": "zh_TW", "en": "en"}
_FILES = {
    "invoice": "invoice-{order}.pdf",
    "quote": "quotation-{order}.pdf",
    "catalogue": "isle-and-leaf-catalogue.pdf",
    "delivery": "delivery-note-{order}.pdf",
}


def content_of(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> tuple[dict[str, Any], str]:
    """``(content, file)`` of a turn that is no plain text."""
    caption = {"text": text} if text else {}
    if turn.kind == "image":
        return caption, _picture(turn.subject, facts, rng)
    if turn.kind == "sticker":
        return {}, f"sticker:{rng.randrange(3)}"
    if turn.kind == "document":
        return caption, f"{turn.subject}:{_FILES[turn.subject].format(order=facts.words['order'])}"
    return _BUILDERS[turn.kind](turn, text, customer, facts, rng), ""


def _picture(subject: str, facts: Facts, rng: Random) -> str:
    name = facts.picture if subject == "product" else subject
    return f"{name}:{rng.randrange(4)}"


def _location(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    places = material("places")
    place = dict(places["shop"] if turn.side == "out" else rng.choice(places["customers"][customer.region]))
    if text:
        place["name"] = text
    return place


def _contacts(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    numbers = {"asia": "+886 900 000 {:03d}", "europe": "+44 7700 900{:03d}", "americas": "+1 415 555 01{:02d}"}
    phone = numbers[customer.region].format(rng.randrange(10, 99))
    return {"contacts": [{"name": facts.words["friend"], "phones": [phone], "emails": []}]}


def _template(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    template = next(one for one in material("templates") if one["name"] == turn.subject)
    wording = template[customer.language]
    values = [facts.words[name] for name in template["values"]]
    body = wording["body"]
    for position, value in enumerate(values, 1):
        body = body.replace(f"{{{{{position}}}}}", value)
    parameters = [{"type": "text", "text": value} for value in values]
    return {
        "name": template["name"],
        "language": TEMPLATE_LANGUAGE[customer.language],
        "components": [{"type": "body", "parameters": parameters}],
        "text": body,
        **{name: wording[name] for name in ("header", "footer") if wording.get(name)},
        **({"buttons": wording["buttons"]} if wording["buttons"] else {}),
    }


def _menu(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    menu = material("places")["menu"][customer.language]
    return {"type": "button", "text": menu["body"], "footer": menu["footer"], "buttons": menu["buttons"]}


def _choice(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    chosen = rng.choice(material("places")["menu"][customer.language]["buttons"][:2])
    return {"type": "button_reply", "text": chosen["title"], "id": chosen["id"]}


def _button(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    return {"text": text, "payload": text}


def _order(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    shop = material("shop")
    region = next(one for one in shop["regions"] if one["code"] == customer.region)
    currency = {"NT$": "TWD", "£": "GBP", "US$": "USD"}[region["currency"]]
    items = [
        {"name": p[customer.language], "quantity": rng.choice((6, 12, 24)), "price": round(p["twd"] * region["rate"]),
         "currency": currency}
        for p in rng.sample(shop["products"], 3)
    ]  # fmt: skip
    return {"items": items, "catalog_id": "1"}


def _unsupported(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    return {"type": turn.subject, "code": "131051"}


def _system(turn: Turn, text: str, customer: Customer, facts: Facts, rng: Random) -> dict[str, Any]:
    return {"event": "user_changed_number", "text": f"{customer.name} changed their phone number."}


_BUILDERS = {
    "location": _location,
    "contacts": _contacts,
    "template": _template,
    "menu": _menu,
    "choice": _choice,
    "button": _button,
    "order": _order,
    "unsupported": _unsupported,
    "system": _system,
}
# Turns whose name in the scenarios is not the kind of message they become.
KIND_OF = {"menu": "interactive", "choice": "interactive"}
