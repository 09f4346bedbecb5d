"""Who a send is for: phone number in its many spellings, or a business-scoped user id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inbox.simulator import people
from inbox.simulator.errors import BadRequest, GraphError
from inbox.simulator.storage import customers, numbers
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World


@dataclass(frozen=True)
class Recipient:
    """`customer` None: nobody on the platform has this number. `input` is echoed as it was given."""

    input: str
    customer: dict[str, Any] | None
    digits: str | None = None
    bsuid: str | None = None

    @property
    def addressed(self) -> dict[str, str]:
        """How the message was addressed: decides which ids its statuses carry (Meta)."""
        return {"phone": self.digits} if self.digits is not None else {"bsuid": self.bsuid or ""}

    @property
    def key(self) -> str:
        return self.customer["id"] if self.customer else self.digits or ""


def find_recipient(world: World, number: dict[str, Any], body: dict[str, Any]) -> Recipient:
    """`to` wins over `recipient` (Meta). Raises GraphError."""
    if body.get("recipient_type", "individual") != "individual":
        raise GraphError(131215, "Groups are not available to this number.")
    to, recipient = body.get("to"), body.get("recipient")
    if to is not None and to != "":
        return _by_phone(world, number, to)
    if recipient is not None and recipient != "":
        return _by_bsuid(world, number, recipient)
    raise GraphError(131008, "Parameter to or recipient is required.")


def _by_phone(world: World, number: dict[str, Any], given: Any) -> Recipient:
    if not isinstance(given, str):
        raise GraphError(100, "Parameter to must be a string.")
    bare = re.sub(r"[\s().\-]", "", given)
    if not re.fullmatch(r"\+?\d{5,20}", bare):
        raise GraphError(131009, f"Parameter to ({given[:40]}) is not a phone number.")
    if world.behaviour["level"] == "strict" and not bare.startswith("+"):
        raise GraphError(131009, "Parameter to must begin with + and the country code.")
    digits = bare.lstrip("+")
    customer = customers.by_phone(world.database, digits)
    if customer is None and not bare.startswith("+"):
        # Meta: without + the sender's country code may be put before the number.
        digits = _with_prefix(number, digits)
        customer = customers.by_phone(world.database, digits)
    if digits == numbers.digits(number):
        raise GraphError(131021, "A number cannot write to itself.")
    if customer is None and world.behaviour["unknown_recipients"] == "create":
        customer = _create(world, digits)
    return Recipient(given, customer, digits=customer["wa_id"] if customer else digits)


def _with_prefix(number: dict[str, Any], digits: str) -> str:
    if not digits.startswith("0"):
        return digits
    own = numbers.digits(number)
    code = next((own[:length] for length in (3, 2, 1) if own[:length] in _CODES), own[:1])
    return code + digits.lstrip("0")


_CODES = {
    "1",
    "7",
    "20",
    "27",
    "33",
    "34",
    "39",
    "44",
    "49",
    "52",
    "54",
    "55",
    "60",
    "61",
    "62",
    "63",
    "65",
    "66",
    "81",
    "82",
    "84",
    "86",
    "91",
    "852",
    "853",
    "886",
    "971",
    "972",
}


def _create(world: World, digits: str) -> dict[str, Any] | None:
    try:
        created = people.create_customer(world, phone=digits)
    except BadRequest as error:
        raise GraphError(131009, error.message) from error
    return customers.find(world.database, created["id"])


def _by_bsuid(world: World, number: dict[str, Any], given: Any) -> Recipient:
    pattern = limits()["ids"]["bsuid"]
    if not isinstance(given, str) or not any(re.fullmatch(pattern[name], given) for name in ("regex", "parent_regex")):
        raise GraphError(131009, "Parameter recipient is not a user id.")
    customer = customers.by_bsuid(world.database, number["portfolio_id"], given)
    return Recipient(given, customer, bsuid=given)
