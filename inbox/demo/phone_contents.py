"""Contents as WhatsApp's own messages carry them, which is how the simulator keeps its past."""

from typing import Any

from inbox.demo.customers import Customer
from inbox.demo.material import material
from inbox.models import Message

_MEDIA = ("image", "document", "sticker")


def phone_content(row: Message, person: Customer, media: dict[str, Any]) -> Any:
    """The object (a list for contacts) that stands under the kind's name in a webhook or a send."""
    content = row.content
    if row.kind in _MEDIA:
        return media | ({"caption": content["text"]} if content.get("text") else {})
    if row.kind == "text":
        return {"body": content["text"]}
    builder = _BUILDERS.get(row.kind)
    return builder(content, person) if builder else content


def _contacts(content: dict[str, Any], person: Customer) -> list[dict[str, Any]]:
    return [
        {
            "name": {"formatted_name": card["name"], "first_name": card["name"]},
            "phones": [{"phone": phone, "type": "CELL"} for phone in card["phones"]],
        }
        for card in content["contacts"]
    ]


def _interactive(content: dict[str, Any], person: Customer) -> dict[str, Any]:
    if content["type"] == "button_reply":
        return {"type": "button_reply", "button_reply": {"id": content["id"], "title": content["text"]}}
    buttons = [{"type": "reply", "reply": button} for button in content["buttons"]]
    return {
        "type": "button",
        "body": {"text": content["text"]},
        "footer": {"text": content["footer"]},
        "action": {"buttons": buttons},
    }


def _template(content: dict[str, Any], person: Customer) -> dict[str, Any]:
    buttons = [{"type": "quick_reply", "text": text, "payload": text} for text in content.get("buttons", [])]
    template = next(one for one in material("templates") if one["name"] == content["name"])
    return {
        "name": content["name"],
        "language": {"code": content["language"]},
        "category": template["category"],
        "components": content["components"],
        "header": content.get("header"),
        "body": content["text"],
        "footer": content.get("footer"),
        "media": None,
        "buttons": buttons,
    }


def _order(content: dict[str, Any], person: Customer) -> dict[str, Any]:
    items = [
        {
            "product_retailer_id": item["name"],
            "quantity": item["quantity"],
            "item_price": item["price"],
            "currency": item["currency"],
        }
        for item in content["items"]
    ]
    return {"catalog_id": content["catalog_id"], "product_items": items}


def _system(content: dict[str, Any], person: Customer) -> dict[str, Any]:
    return {"type": content["event"], "body": content["text"], "wa_id": person.wa_id}


def _unsupported(content: dict[str, Any], person: Customer) -> dict[str, Any]:
    return {"type": content["type"], "errors": [{"code": int(content["code"]), "title": "Message type unknown"}]}


_BUILDERS = {
    "contacts": _contacts,
    "interactive": _interactive,
    "template": _template,
    "order": _order,
    "system": _system,
    "unsupported": _unsupported,
}
