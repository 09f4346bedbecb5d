"""Reads of orders, products and what purchases come to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from contacts.exchange.order_numbers import number_digest
from contacts.models import Contact, Order, OrderItem, Product, PurchaseFigures
from security.access import Access
from security.cursors import only_id, time_and_id
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys
from security.regional import first_of_regions, newest_of_regions

_OF_OPENED = "items of orders already opened for the reader"


def order_page(
    *, access: Access, after: list[Any] | None, limit: int, number: str = "", state: str = ""
) -> list[Order]:
    """Orders of the reader's contacts, the latest first; one more than ``limit`` when there are more."""
    rows = Order.objects.visible_to(access)
    if number:
        digests = [number_digest(BlindIndex(region), number) for region in sorted(access.region_ids)]
        rows = rows.filter(number_digest__in=digests)
    rows = _after(rows.filter(state=state) if state else rows, after)
    page = list(newest_of_regions(rows, access=access, by="placed_at", count=limit + 1))
    open_keys(row.key_id for row in page)
    return page


def latest_numbers(*, access: Access, contact_id: UUID, most: int) -> list[str]:
    """What the latest orders of a contact are called, as customers quote them; those without a number are left out."""
    rows = Order.objects.visible_to(access).filter(contact_id=contact_id).exclude(number_digest=None)
    page = list(rows.order_by("-placed_at", "-id")[:most])
    open_keys(row.key_id for row in page)
    return [str(row.number) for row in page if row.number]


def orders_of(*, access: Access, contact_id: object, after: list[Any] | None, limit: int) -> list[Order]:
    """The orders of one contact, the latest first."""
    contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    rows = _after(Order.objects.visible_to(access).filter(contact=contact), after)
    page = list(rows.order_by("-placed_at", "-id")[: limit + 1])
    open_keys(row.key_id for row in page)
    return page


def figures_of(*, access: Access, contact_id: object) -> list[PurchaseFigures]:
    contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    return list(PurchaseFigures.objects.visible_to(access).filter(contact=contact).order_by("-spent_minor"))


def items_by_order(orders: Iterable[Order]) -> dict[UUID, list[OrderItem]]:
    """The lines of a page of orders the caller may see, in one query."""
    found: dict[UUID, list[OrderItem]] = {order.pk: [] for order in orders}
    for item in OrderItem.objects.for_system(_OF_OPENED).filter(order_id__in=list(found)).order_by("id"):
        found[item.order_id].append(item)
    return found


def product_page(*, access: Access, after: list[Any] | None, limit: int, sku: str = "") -> list[Product]:
    """Products of the reader's regions, the newest first."""
    rows = Product.objects.visible_to(access)
    rows = rows.filter(sku=sku) if sku else rows
    if after is not None:
        rows = rows.filter(pk__lt=only_id(after))
    return list(first_of_regions(rows, access=access, by=(), count=limit + 1))


def _after(rows: Any, after: list[Any] | None) -> Any:
    if after is None:
        return rows
    at, pk = time_and_id(after)
    return rows.filter(Q(placed_at__lt=at) | Q(placed_at=at, pk__lt=pk))
