"""How contacts and orders are before a batch of an import touches them, so that it can be undone."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.exchange.outsiders import Outsiders
from contacts.exchange.rows import ContactRow
from contacts.models import Contact, ExternalId, Identity, Order, OrderItem
from security.encryption.blind_index import BlindIndex
from security.models import Region

_WHY = "what an import changes"
_ORDER_FIELDS = ("state", "currency", "total_minor", "number")
_ORDER_TIMES = ("placed_at", "paid_at", "closed_at")


@dataclass
class Before:
    """The version, and what an undo writes back. ``ids``: numbers and ids of other systems that only came with the
    batch."""

    version: int
    facts: dict[str, Any]
    ids: list[str] = field(default_factory=list)

    def differs_from(self, contact: Contact) -> bool:
        return _facts_of(contact) != self.facts or bool(self.ids)

    def told(self) -> dict[str, Any]:
        return {**self.facts, "ids": self.ids} if self.ids else self.facts


class People:
    """Whom the rows of a batch mean, as they are before it; locked, as the batch itself locks them."""

    def __init__(self, region: Region, source: str, rows: Sequence[ContactRow]) -> None:
        known = Outsiders(region, source, rows, at=timezone.now())
        found = [contact for row in rows if (contact := known.find(row)) is not None]
        self._before = {contact.pk: Before(contact.version, _facts_of(contact)) for contact in found}
        self._ids = _ids_of(self._before)

    def changed(self, contact_ids: Collection[UUID]) -> Iterator[tuple[Contact, Before | None]]:
        """Each as it is now, and how it was; ``None``: it was not there."""
        rows = {row.pk: row for row in Contact.objects.for_system(_WHY).filter(pk__in=contact_ids)}
        for pk, kind in _ids_of(self._before).items():
            if pk not in self._ids:
                self._before[kind].ids.append(str(pk))
        for contact_id in contact_ids:
            yield rows[contact_id], self._before.get(contact_id)


def orders_before(region: Region, source: str, refs: Sequence[str]) -> dict[UUID, Before]:
    """Those of the orders that are there, with all their lines."""
    index = BlindIndex(region.pk)
    digests = [index.digest(ref, kind=f"order/{source}") for ref in refs if ref]
    rows = Order.objects.for_system(_WHY).filter(region=region, source=source, ref_digest__in=digests)
    found = {row.pk: Before(row.version, _order_facts(row)) for row in rows}
    items = OrderItem.objects.for_system(_WHY).filter(order_id__in=list(found)).order_by("id")
    for item in items:
        told = {"name": item.name, "sku": item.sku, "quantity": item.quantity, "unit_minor": item.unit_minor}
        found[item.order_id].facts["items"].append(told)
    return found


def _facts_of(contact: Contact) -> dict[str, Any]:
    return {"name": contact.profile.get("name"), "language": contact.language}


def _ids_of(contact_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Row → its contact, of every number and every id of another system."""
    found: dict[UUID, UUID] = {}
    for model in (Identity, ExternalId):
        rows = model.objects.for_system(_WHY).filter(contact_id__in=list(contact_ids))
        found |= dict(rows.values_list("pk", "contact_id"))
    return found


def _order_facts(order: Order) -> dict[str, Any]:
    times = {name: at.isoformat() if (at := getattr(order, name)) else None for name in _ORDER_TIMES}
    return {**{name: getattr(order, name) for name in _ORDER_FIELDS}, **times, "ref": order.ref, "items": []}
