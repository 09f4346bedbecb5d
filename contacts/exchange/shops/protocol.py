"""What Kefu asks of any shop. Frozen dataclasses, no models: an adapter knows HTTP and its shop, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from contacts.exchange.rows import ContactRow, OrderRow, ProductRow

PRODUCTS, CONTACTS, ORDERS = "products", "contacts", "orders"
# Products first, so that the lines of orders find them.
RESOURCES = (PRODUCTS, CONTACTS, ORDERS)
Row = ContactRow | OrderRow | ProductRow


@dataclass(frozen=True)
class ShopAddress:
    """``country``: of numbers without a country code, where the shop names no other."""

    base_url: str
    credentials: Mapping[str, str]
    country: str = ""


@dataclass(frozen=True)
class Page:
    """``cursor`` leads to the next page; empty: this was the last one. ``wait``: seconds the shop wants to be left
    alone. ``unread``: rows that made no sense, as ``(their id, what was wrong)``."""

    rows: tuple[Row, ...]
    cursor: str = ""
    wait: float = 0.0
    unread: tuple[tuple[str, str], ...] = field(default=())


class ShopFault(Exception):
    """A call that did not work. ``code`` is stable; ``lasting``: trying again alone mends nothing; ``wait``: seconds
    after which the shop wants to be asked again."""

    def __init__(self, code: str, *, lasting: bool = False, wait: float | None = None) -> None:
        super().__init__(code)
        self.code, self.lasting, self.wait = code, lasting, wait


class Shop(Protocol):
    """A connected shop. Every call is one request; none of them is repeated here."""

    def page(self, resource: str, *, since: datetime | None, cursor: str) -> Page:
        """Some rows of a resource that changed after ``since`` (all, without), oldest change first, from ``cursor``
        on."""

    def count(self, resource: str) -> int | None:
        """How many there are; ``None`` where the shop does not say."""
