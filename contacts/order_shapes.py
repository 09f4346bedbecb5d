"""What the API and the stream say of orders, products and what purchases come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contacts.models import Order, OrderItem, Product, PurchaseFigures


@dataclass(frozen=True)
class PurchaseFiguresShape:
    """Of orders that count as a purchase, in one currency; amounts in its smallest unit."""

    currency: str
    orders: int
    spent_minor: int
    first_order_at: datetime
    last_order_at: datetime

    @classmethod
    def of(cls, row: PurchaseFigures) -> "PurchaseFiguresShape":
        return cls(row.currency, row.orders, row.spent_minor, row.first_order_at, row.last_order_at)


@dataclass(frozen=True)
class PurchasesShape:
    contact_id: str
    figures: list[PurchaseFiguresShape]

    @classmethod
    def of(cls, contact_id: UUID, rows: Iterable[PurchaseFigures]) -> "PurchasesShape":
        return cls(str(contact_id), [PurchaseFiguresShape.of(row) for row in rows])


@dataclass(frozen=True)
class OrderItemShape:
    product_id: str | None
    name: str
    sku: str
    quantity: int
    unit_minor: int

    @classmethod
    def of(cls, row: OrderItem) -> "OrderItemShape":
        product = None if row.product_id is None else str(row.product_id)
        return cls(product, row.name, row.sku, row.quantity, row.unit_minor)


@dataclass(frozen=True)
class OrderShape:
    id: str
    contact_id: str
    region_id: int
    source: str
    external_id: str
    number: str
    state: str
    currency: str
    total_minor: int
    placed_at: datetime
    paid_at: datetime | None
    closed_at: datetime | None
    items: list[OrderItemShape]
    version: int

    @classmethod
    def of(cls, row: Order, items: Sequence[OrderItem]) -> "OrderShape":
        return cls(
            id=str(row.pk),
            contact_id=str(row.contact_id),
            region_id=row.region_id,
            source=row.source,
            external_id=row.ref,
            number=row.number,
            state=row.state,
            currency=row.currency,
            total_minor=row.total_minor,
            placed_at=row.placed_at,
            paid_at=row.paid_at,
            closed_at=row.closed_at,
            items=[OrderItemShape.of(item) for item in items],
            version=row.version,
        )


@dataclass(frozen=True)
class ProductShape:
    id: str
    region_id: int
    source: str
    external_id: str
    name: str
    sku: str
    currency: str
    price_minor: int | None
    url: str
    gone_at: datetime | None
    version: int

    @classmethod
    def of(cls, row: Product) -> "ProductShape":
        return cls(
            id=str(row.pk),
            region_id=row.region_id,
            source=row.source,
            external_id=row.external_id,
            name=row.name,
            sku=row.sku,
            currency=row.currency,
            price_minor=row.price_minor,
            url=row.url,
            gone_at=row.gone_at,
            version=row.version,
        )
