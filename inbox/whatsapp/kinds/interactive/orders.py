"""Order messages (Meta: payments, India and Brazil): an order to pay, and what became of it. The parameters are Meta's
own; here their sum must be right, because WhatsApp refuses the message otherwise."""

import re
from typing import Any

from inbox.whatsapp.kinds.part import Part
from inbox.whatsapp.limits import ORDER

Content = dict[str, Any]
_REFERENCE = re.compile(r"[A-Za-z0-9_.-]+")


def check_details(part: Part) -> Content:
    """``{order}``: ``{reference_id, type, currency, total_amount, order: {status, items, subtotal, …}, …}``"""
    given = part.child("order")
    given.choice("type", *ORDER["types"])
    currency = given.choice("currency", *ORDER["currencies"])
    _reference(given, ORDER["reference"][currency])
    _payable(given, currency)
    total, order = _amount(given, "total_amount"), given.child("order")
    order.choice("status", "pending")
    items = 0
    for item in order.children("items", 1, ORDER["items"]):
        item.text("name", ORDER["name"])
        items += _price(item) * _quantity(item)
    subtotal = _amount(order, "subtotal")
    if currency == "BRL":
        order.child("tax")  # Meta: must be there in Brazil, zero if need be
    extra = {name: _amount(order, name) for name in ("tax", "shipping", "discount") if order.value.get(name)}
    if items != subtotal:
        raise order.unfit("wrong_sum", "subtotal")
    if subtotal + extra.get("tax", 0) + extra.get("shipping", 0) - extra.get("discount", 0) != total:
        raise given.unfit("wrong_sum", "total_amount")
    return {"order": given.value}


def check_status(part: Part) -> Content:
    """``{order}``: ``{reference_id, order: {status, description?}}``"""
    given = part.child("order")
    _reference(given, max(ORDER["reference"].values()))
    order = given.child("order")
    order.choice("status", *ORDER["states"])
    order.maybe("description", ORDER["description"])
    return {"order": given.value}


def _reference(given: Part, most: int) -> None:
    if not _REFERENCE.fullmatch(given.text("reference_id", most)):
        raise given.unfit("invalid", "reference_id")


def _amount(part: Part, name: str) -> int:
    """``{value, offset: 100}``: hundredths of the currency, as a whole number."""
    amount = part.child(name)
    value, offset = amount.value.get("value"), amount.value.get("offset")
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise amount.unfit("invalid", "value")
    if offset != ORDER["offset"]:
        raise amount.unfit("invalid", "offset")
    return value


def _payable(given: Part, currency: str) -> None:
    """How it is paid: settings of a gateway or a link; in India also by UPI, whose configuration is named."""
    if given.value.get("payment_settings"):
        given.items("payment_settings", 1, ORDER["payments"])
    elif currency == "INR":
        given.choice("payment_type", "upi")
        given.text("payment_configuration", ORDER["name"])
    else:
        raise given.unfit("missing", "payment_settings")


def _price(item: Part) -> int:
    full = _amount(item, "amount")
    price = _amount(item, "sale_amount") if "sale_amount" in item.value else full
    if price > full:
        raise item.unfit("wrong_sum", "sale_amount")
    return price


def _quantity(item: Part) -> int:
    quantity = item.value.get("quantity")
    if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
        raise item.unfit("invalid", "quantity")
    return quantity
