"""The orders of one batch: loads those it mentions in a few queries, then works in memory. Only ``actions`` use it:
``enter`` each row, save whom it met, then ``save``."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from contacts.exchange.order_numbers import number_digest
from contacts.exchange.outsiders import Outsiders
from contacts.exchange.rows import CREATED, UNCHANGED, UPDATED, ItemRow, OrderRow, Outcome
from contacts.models import Contact, Order, OrderItem, Product
from security.bulk import insert_many, save_many
from security.encryption.blind_index import BlindIndex
from security.models import Region

_WHY = "what another system knows of orders"
OF_ANOTHER = "order_of_another"
# What the sums of a contact are made of.
_COUNTED_BY = ("state", "currency", "total_minor", "placed_at")
_COLUMNS = (*_COUNTED_BY, "paid_at", "closed_at")


class OrderBook:
    """``changed``: orders that are new or otherwise, with the state each had before (``None``: new)."""

    def __init__(self, region: Region, source: str, rows: Sequence[OrderRow], *, at: datetime) -> None:
        self.region, self.source, self._index = region, source, BlindIndex(region.pk)
        stored = self._stored([row.external_id for row in rows])
        owners = set(stored.values_list("contact_id", flat=True))
        self.outsiders = Outsiders(region, source, [row.contact for row in rows], at=at, also=owners)
        self._orders: dict[bytes, Order] = {}
        for order in stored.locked().order_by("id"):
            if order.contact_id in owners:
                order.contact = self.outsiders.contact(order.contact_id)
                self._orders[bytes(order.ref_digest)] = order
        self._items = self._stored_items()
        self._products = self._named_products(rows)
        self._fresh: dict[UUID, Order] = {}
        self._before: dict[UUID, tuple[Order, str | None]] = {}
        self._lines: dict[UUID, list[OrderItem]] = {}
        self._touched: dict[UUID, Contact] = {}

    @property
    def changed(self) -> list[tuple[Order, str | None]]:
        return list(self._before.values())

    def contacts_touched(self) -> list[Contact]:
        """Those whose sums may be others now."""
        return list(self._touched.values())

    def enter(self, place: int, row: OrderRow, *, overwrite: bool) -> Outcome:
        digest = self._ref_digest(row.external_id)
        order = self._orders.get(digest)
        if order is None:
            contact, notes = self.outsiders.meet(row.contact, overwrite=overwrite)
            order = Order(region=self.region, contact=contact, source=self.source, ref_digest=digest)
            order.ref, order.number = row.external_id, ""
            self._take(order, row)
            self._take_items(order, row)
            self._orders[digest] = self._fresh[order.pk] = order
            self._before[order.pk] = (order, None)
            self._touched[contact.pk] = contact
            return Outcome(place, CREATED, order.pk, notes=notes)
        meant = self.outsiders.find(row.contact)
        notes = (OF_ANOTHER,) if meant is not None and meant.pk != order.contact_id else ()
        if row.told_at is not None and order.told_at is not None and row.told_at < order.told_at:
            return Outcome(place, UNCHANGED, order.pk, notes=notes)
        before = order.state
        changed = self._take(order, row)
        if self._take_items(order, row) or changed:
            self._before.setdefault(order.pk, (order, before))
            self._touched[order.contact_id] = order.contact
            return Outcome(place, UPDATED, order.pk, notes=notes)
        return Outcome(place, UNCHANGED, order.pk, notes=notes)

    def save(self) -> None:
        """After whom it met was saved: their keys are there now."""
        for order in self._fresh.values():
            order.key_id = order.contact.key_id
        insert_many(list(self._fresh.values()))
        altered = [order for order, _ in self._before.values() if order.pk not in self._fresh]
        for order in altered:
            order.version += 1
            assert order.ref is not None  # opened: all sealed columns of a row stand under one key
            order.key_id = order.contact.key_id
        save_many(altered, [*_COLUMNS, "ref", "number", "number_digest", "told_at", "version", "key_id"])
        replaced = [pk for pk in self._lines if pk not in self._fresh]
        OrderItem.objects.for_system(_WHY).filter(order_id__in=replaced).delete()
        lines = [line for some in self._lines.values() for line in some]
        for line in lines:
            line.key_id = line.order.contact.key_id
        insert_many(lines)

    def _take(self, order: Order, row: OrderRow) -> bool:
        """Whether it says anything new."""
        said: dict[str, Any] = {name: getattr(row, name) for name in _COUNTED_BY}
        said |= {name: getattr(row, name) or getattr(order, name) for name in ("paid_at", "closed_at")}
        number = row.number or order.number
        changed = number != order.number or any(getattr(order, name) != value for name, value in said.items())
        for name, value in said.items():
            setattr(order, name, value)
        if number != order.number or order.number_digest is None:
            order.number = number
            order.number_digest = number_digest(self._index, number) if number else None
        order.told_at = row.told_at or order.told_at
        return changed

    def _take_items(self, order: Order, row: OrderRow) -> bool:
        if row.items is None:
            return False
        had = self._lines.get(order.pk, self._items.get(order.pk, []))
        told = [(line.product_id, line.name, line.sku, line.quantity, line.unit_minor) for line in had]
        fresh = [self._line(order, item) for item in row.items]
        if told == [(line.product_id, line.name, line.sku, line.quantity, line.unit_minor) for line in fresh]:
            return False
        self._lines[order.pk] = fresh
        return True

    def _line(self, order: Order, item: ItemRow) -> OrderItem:
        product = self._products.get(item.product)
        return OrderItem(
            order=order,
            product=product,
            name=item.name,
            sku=item.sku or (product.sku if product else ""),
            quantity=item.quantity,
            unit_minor=item.unit_minor,
        )

    def _stored(self, refs: Sequence[str]) -> Any:
        digests = [self._ref_digest(ref) for ref in refs]
        return Order.objects.for_system(_WHY).filter(region=self.region, source=self.source, ref_digest__in=digests)

    def _stored_items(self) -> dict[UUID, list[OrderItem]]:
        found: dict[UUID, list[OrderItem]] = defaultdict(list)
        ids = [order.pk for order in self._orders.values()]
        for line in OrderItem.objects.for_system(_WHY).filter(order_id__in=ids).order_by("id"):
            found[line.order_id].append(line)
        return found

    def _named_products(self, rows: Sequence[OrderRow]) -> dict[str, Product]:
        named = {item.product for row in rows for item in row.items or () if item.product}
        known = Product.objects.for_system(_WHY).filter(region=self.region, source=self.source)
        return {product.external_id: product for product in known.filter(external_id__in=named)}

    def _ref_digest(self, ref: str) -> bytes:
        return self._index.digest(ref, kind=f"order/{self.source}")
