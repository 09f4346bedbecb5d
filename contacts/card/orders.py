"""Orders on the card, and what they come to."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from contacts.card.sections import register_figures, register_section
from contacts.card.shapes import CardEntryShape, SpendingShape, card_entry
from contacts.models import Contact, Order, OrderItem, PurchaseFigures
from security.access import Access
from security.encryption.keyring import open_keys

_WHY = "orders of a contact that was opened for its reader"


def register() -> None:
    register_section("orders", orders)
    register_figures(figures)


def orders(access: Access, contact: Contact, count: int) -> Sequence[CardEntryShape]:
    rows = Order.objects.for_system(_WHY).filter(contact=contact).order_by("-placed_at", "-id")
    found = list(rows[: count + 1])
    open_keys(row.key_id for row in found)
    items = _items([row.pk for row in found])
    return [_entry(row, items.get(row.pk, [])) for row in found]


def figures(contact: Contact) -> list[SpendingShape]:
    """What they spend most in first."""
    rows = PurchaseFigures.objects.for_system(_WHY).filter(contact=contact).order_by("-orders", "currency")
    return [
        SpendingShape(row.currency, row.orders, row.spent_minor, row.first_order_at, row.last_order_at) for row in rows
    ]


def _items(order_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = list(OrderItem.objects.for_system(_WHY).filter(order__in=order_ids).order_by("pk")) if order_ids else []
    open_keys(row.key_id for row in rows)
    for row in rows:
        found[row.order_id].append(row.name if row.quantity == 1 else f"{row.name} × {row.quantity}")
    return found


def _entry(row: Order, items: list[str]) -> CardEntryShape:
    return card_entry(
        id=str(row.pk),
        kind="order",
        at=row.placed_at,
        title=row.number or row.ref,
        state=row.state,
        items=items,
        marks=[row.source],
        amount=(row.total_minor, row.currency),
        ended_at=row.closed_at,
    )
