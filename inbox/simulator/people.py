"""Customers: invented WhatsApp users."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import customers
from inbox.simulator.tables import load_yaml
from inbox.simulator.templates import quality
from inbox.simulator.written_numbers import written

if TYPE_CHECKING:
    from inbox.simulator.world import World

_USERNAME = re.compile(r"[a-z0-9._]{3,35}")
_CHANGEABLE: dict[str, Any] = {
    "name": str, "username": (str, type(None)), "hide_phone": bool, "online": bool, "read_receipts": bool,
    "language": str, "blocks": list,
}  # fmt: skip


def create_customer(world: World, *, name: str = "", phone: str | None = None, wa_id: str | None = None,
                    username: str | None = None, country: str = "TW", language: str = "zh-Hant",
                    hide_phone: bool = False, online: bool = True, read_receipts: bool = True,
                    bsuid: str | None = None, customer_id: str | None = None) -> dict[str, Any]:  # fmt: skip
    """Create an invented user; without `phone` one from a fictional range is drawn. Raises BadRequest."""
    country = country.upper()
    digits = digits_of(phone) if phone else free_number(world, country)
    row: dict[str, Any] = {
        "id": customer_id or "c" + world.chance.letters(10), "name": name.strip() or f"Customer {digits[-3:]}",
        "phone": digits, "wa_id": digits_of(wa_id) if wa_id else digits, "username": username or None,
        "country": country, "language": language, "hide_phone": hide_phone, "online": online,
        "read_receipts": read_receipts, "blocks": [], "created_at": world.clock.now(),
    }  # fmt: skip
    if hide_phone and not username:
        # Meta: the phone is absent only for users who adopted a username.
        row["username"] = f"user.{world.chance.digits(8)}"
    _check_customer(world, row)
    with world.database.transaction():
        world.database.insert("customer", _storable(row))
        if bsuid:
            customers.set_bsuid(world.database, "default", row["id"], bsuid)
        bsuid_of(world, row, "default")
        world.tell({"type": "customers"})
    return customer_view(world, row)


def change_customer(world: World, customer: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Change name, username, hide_phone, online, read_receipts, language or blocks. Raises BadRequest."""
    for name, value in changes.items():
        if name not in _CHANGEABLE:
            raise BadRequest(f"{name!r} cannot be changed.", field=name)
        if not isinstance(value, _CHANGEABLE[name]):
            raise BadRequest(f"{name} has the wrong type.", field=name)
    row = {**customer, **changes}
    row["username"] = row["username"] or None
    if row["hide_phone"] and not row["username"]:
        row["username"] = f"user.{world.chance.digits(8)}"
    with world.database.transaction():
        for number in set(row["blocks"]) - set(customer["blocks"]):
            quality.customer_did(world, row["id"], number, "block")
        store(world, row)
    return row


def store(world: World, row: dict[str, Any]) -> None:
    """Write a changed customer and tell the pages. Raises BadRequest where an id is another customer's."""
    _check_customer(world, row)
    with world.database.transaction():
        world.database.update("customer", "id", row["id"], _storable(row))
        world.tell({"type": "customer", "customer": customer_view(world, row)}, customer=row["id"])
        world.tell({"type": "customers"})


def renew_bsuids(world: World, customer: dict[str, Any]) -> None:
    """Draw new user ids in every portfolio which knows this customer."""
    for portfolio_id in customers.portfolios_of(world.database, customer["id"]):
        customers.set_bsuid(world.database, portfolio_id, customer["id"], world.chance.bsuid(customer["country"]))


def _check_customer(world: World, row: dict[str, Any]) -> None:
    if not re.fullmatch(r"[A-Z]{2}", row["country"]):
        raise BadRequest("country must be two letters.", field="country")
    if row["username"] and not _USERNAME.fullmatch(row["username"]):
        raise BadRequest("username must be 3-35 of a-z 0-9 . _", field="username")
    for field in ("phone", "wa_id", "username"):
        taken = world.database.value(f"SELECT id FROM customer WHERE {field} = ?", row[field])
        if taken not in (None, row["id"]):
            raise BadRequest(f"{field} is already another customer's.", field=field)


def _storable(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "blocks": json.dumps(row["blocks"])}


def digits_of(phone: str) -> str:
    digits = re.sub(r"[\s()+-]", "", phone)
    if not digits.isdigit() or not 7 <= len(digits) <= 15:
        raise BadRequest("A phone number has 7 to 15 digits, country code first.", field="phone")
    return digits


def free_number(world: World, country: str) -> str:
    """An unused number of a fictional range; the range widens when a crowd has used it up."""
    pattern = load_yaml("fictional_numbers.yaml").get(country)
    if pattern is None:
        raise BadRequest(f"No fictional range for {country}: give a phone.", field="phone")
    fixed, free = pattern.rstrip("x"), pattern.count("x")
    for wider in range(4):
        for _ in range(20):
            digits = fixed[: len(fixed) - wider] + str(world.chance.random.randrange(10 ** (free + wider))).zfill(
                free + wider
            )
            if customers.by_phone(world.database, digits) is None:
                return digits
    raise BadRequest("The fictional range is used up: give a phone.", field="phone")


def bsuid_of(world: World, customer: dict[str, Any], portfolio_id: str) -> str:
    """The user id within one portfolio, drawn on first need (Meta: another portfolio sees another id)."""
    known = customers.bsuid_in(world.database, portfolio_id, customer["id"])
    if known is None:
        known = world.chance.bsuid(customer["country"])
        customers.set_bsuid(world.database, portfolio_id, customer["id"], known)
    return known


def customer_view(world: World, customer: dict[str, Any]) -> dict[str, Any]:
    return {
        **customer,
        "phone": "+" + customer["phone"],
        "phone_written": written(customer["phone"]),
        "bsuid": bsuid_of(world, customer, "default"),
    }
