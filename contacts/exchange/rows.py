"""What one row of another system says; no models, so that adapters of shops can build them.

Amounts are whole numbers of the currency's smallest unit. Left-out values (``None``) change nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from security.errors import Refusal

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"


@dataclass(frozen=True)
class ContactRow:
    """Somebody, as another system knows them: by its own id, else by their number. ``phone`` in any spelling;
    ``country`` (ISO) is where a number without a country code belongs."""

    external_id: str = ""
    phone: str = ""
    name: str | None = None
    language: str | None = None
    country: str = ""


@dataclass(frozen=True)
class ItemRow:
    """``product``: what the same source calls the product."""

    name: str
    quantity: int = 1
    unit_minor: int = 0
    sku: str = ""
    product: str = ""


@dataclass(frozen=True)
class OrderRow:
    """``number`` is the one that customers quote. ``told_at``: when the source last changed it. ``items``: all of them;
    ``None`` leaves those there are."""

    external_id: str
    contact: ContactRow
    state: str
    currency: str
    total_minor: int
    placed_at: datetime
    number: str = ""
    paid_at: datetime | None = None
    closed_at: datetime | None = None
    told_at: datetime | None = None
    items: tuple[ItemRow, ...] | None = None


@dataclass(frozen=True)
class ProductRow:
    external_id: str
    name: str
    sku: str = ""
    currency: str = ""
    price_minor: int | None = None
    url: str = ""
    told_at: datetime | None = None
    gone: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of the row in place ``row`` (from 0). ``refusal`` says why it was refused; the others went through.
    ``notes`` are codes of what somebody should look at."""

    row: int
    done: str
    id: UUID | None = None
    refusal: Refusal | None = None
    notes: tuple[str, ...] = ()
