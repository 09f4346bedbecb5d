"""Order messages of India and Brazil: their shape and their arithmetic (Meta)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.interactive_parts import body
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import records
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

STATES = ("pending", "processing", "partially_shipped", "partially-shipped", "shipped", "completed", "canceled")
_PARAMETERS = (
    "reference_id", "type", "beneficiaries", "currency", "total_amount", "order", "payment_type",
    "payment_configuration", "payment_settings",
)  # fmt: skip


def check_details(world: World, number: dict[str, Any], shape: Shape, rules: dict[str, Any]) -> None:
    body(shape, rules["button"]["body_max"])
    action = shape.child("action")
    action.choice("name", "review_and_pay")
    parameters = action.child("parameters")
    parameters.only(*_PARAMETERS)
    currency = parameters.choice("currency", "INR", "BRL")
    region = limits()["payments"]["india" if currency == "INR" else "brazil"]
    reference = _reference(parameters, region)
    if records.read(world.database, "order", f"{number['phone_number_id']}:{reference}"):
        raise parameters.refuse("reference_id", "was already used")
    parameters.choice("type", "digital-goods", "physical-goods")
    _check_payment(parameters, region)
    _check_order(world, parameters, region)


def _reference(parameters: Shape, region: dict[str, Any]) -> str:
    reference = parameters.text("reference_id", region["reference_id_max"])
    if not re.fullmatch(r"[A-Za-z0-9_.\-]+", reference):
        raise parameters.refuse("reference_id", "may hold letters, digits, _ . and - only")
    return reference


def _check_payment(parameters: Shape, region: dict[str, Any]) -> None:
    if region["currency"] == "BRL":
        if parameters.has("payment_type"):
            parameters.choice("payment_type", "br")
        parameters.children("payment_settings", 1, 10)
        return
    if parameters.has("payment_settings"):
        for setting in parameters.children("payment_settings", 1, 10):
            setting.child(setting.choice("type", "payment_gateway", "payment_link"))
    else:
        parameters.choice("payment_type", "upi")
        parameters.text("payment_configuration", region["configuration_name_max"])


def _check_order(world: World, parameters: Shape, region: dict[str, Any]) -> None:
    """total = subtotal + tax + shipping - discount; subtotal = sum of (sale) amount × quantity."""
    order = parameters.child("order")
    order.choice("status", "pending")
    items = order.children("items", 1, 1000)
    if sum(item.has("image") for item in items) and len(items) > region.get("items_with_image_max", 1000):
        raise order.refuse("items", "may be ten at most when they have pictures")
    subtotal = sum(_item(item, region) for item in items)
    if subtotal != amount(order, "subtotal"):
        raise GraphError(131009, f"The subtotal must be {subtotal}, the sum of amount times quantity.")
    if region["currency"] == "BRL":
        order.required("tax")
    extra = {name: amount(order, name) if order.has(name) else 0 for name in ("tax", "shipping", "discount")}
    for name in extra:
        if order.has(name):
            order.child(name).maybe_text("description", region["description_max"])
    total = subtotal + extra["tax"] + extra["shipping"] - extra["discount"]
    if total != amount(parameters, "total_amount"):
        raise GraphError(131009, f"The total must be {total}: subtotal, tax and shipping less discount.")
    if order.has("expiration"):
        _check_expiration(world, order.child("expiration"), region)


def _item(item: Shape, region: dict[str, Any]) -> int:
    item.text("name", region["item_name_max"])
    quantity = item.number("quantity", 1, 1_000_000)
    full = amount(item, "amount")
    each = amount(item, "sale_amount") if item.has("sale_amount") else full
    if each > full:
        raise item.refuse("sale_amount", "must not be above amount")
    return each * int(quantity)


def amount(shape: Shape, key: str) -> int:
    """An amount in hundredths: {value, offset: 100}."""
    part = shape.child(key)
    if part.required("offset") not in (100, "100"):
        raise part.refuse("offset", "must be 100")
    value = part.required("value")
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise part.refuse("value", "must be a whole number, in hundredths")
    return value


def _check_expiration(world: World, expiration: Shape, region: dict[str, Any]) -> None:
    earliest = world.clock.now() + region["expiration_min_seconds"]
    if expiration.number("timestamp", 0, 1e12) < earliest:
        raise expiration.refuse("timestamp", "must be at least 300 seconds away")
    expiration.maybe_text("description", region.get("expiration_text_max", 120))


def check_status(world: World, number: dict[str, Any], shape: Shape, rules: dict[str, Any]) -> None:
    """Only the shape; whether the transition is allowed is told later (2046, 2047)."""
    body(shape, rules["button"]["body_max"])
    action = shape.child("action")
    action.choice("name", "review_order")
    parameters = action.child("parameters")
    parameters.only("reference_id", "order", "payment")
    parameters.text("reference_id", limits()["payments"]["brazil"]["reference_id_max"])
    order = parameters.child("order")
    order.choice("status", *STATES)
    order.maybe_text("description", limits()["payments"]["india"]["order_status_text_max"])
