"""Orders in what belongs to a contact: exported, left without words at an erasure, moved by a merge (CM-8)."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from contacts.actions.figures import reckon
from contacts.events import PurchasesChanged
from contacts.models import Contact, Erasure, ExchangeHook, ExternalId, Order, OrderItem, PurchaseFigures
from contacts.order_queries import items_by_order
from contacts.order_shapes import OrderShape, PurchaseFiguresShape
from contacts.privacy.belongings import Archive, Belongings, register_belongings
from security.access import System
from security.encryption.keyring import open_keys
from security.encryption.sealed_rows import BLANK, KEEP, Aging, SealedRows, register_sealed
from security.writing import Change, write

_WHY = "what is kept of a contact"
_BY = System("erasing a contact")
_NAMED = "external id "  # before it, among the traces of an erasure
_CARD = Aging(KEEP)  # what was sold is kept for the tax office's time, not for that of what people write


def register() -> None:
    register_belongings(BELONGINGS)
    register_sealed(
        "contact",
        SealedRows(ExternalId, "contact", _CARD),
        SealedRows(Order, "contact", _CARD, at_erasure=BLANK, emptied={"ref_digest": None, "number_digest": None}),
        SealedRows(OrderItem, "order__contact", _CARD, at_erasure=BLANK),
    )


def _count(contact: Contact) -> Mapping[str, int]:
    found = Order.objects.for_system(_WHY).filter(contact=contact).count()
    return {"orders": found} if found else {}


def _stop(change: Change, contact: Contact) -> None:
    """What they spent is nobody's any more. What other systems call them is noted while it can be read, so that webhook
    bodies which name them are found."""
    values = [str(row.value) for row in ExternalId.objects.for_system(_WHY).filter(contact=contact)]
    erasure: Erasure | None = Erasure.objects.for_system(_WHY).filter(contact=contact).first()
    if erasure is not None and values:
        erasure.traces = [*(erasure.traces or ()), *(f"{_NAMED}{value}" for value in values)]
        erasure.save(update_fields=["traces"])
    PurchaseFigures.objects.for_system(_WHY).filter(contact=contact).delete()


def _erase_some(erasure: Erasure) -> int:
    """By what the shop called them nobody is found any more, and no webhook that is kept names them."""
    found: int = ExternalId.objects.for_system(_WHY).filter(contact_id=erasure.contact_id).delete()[0]
    with write(by=_BY):
        naming = hooks_naming(erasure.region_id, [str(trace) for trace in erasure.traces or ()])
        found += ExchangeHook.objects.for_system(_WHY).filter(pk__in=naming).delete()[0]
    return found


def hooks_naming(region_id: int, traces: Collection[str]) -> list[UUID]:
    """Webhooks of other systems in which a number, or an external id, stands; but for those that wait."""
    ids = [trace.removeprefix(_NAMED) for trace in traces if trace.startswith(_NAMED)]
    spelled = [re.escape(json.dumps(one, ensure_ascii=False)) for one in ids]
    numbers = [re.escape(trace) for trace in traces if not trace.startswith(_NAMED)]
    named = re.compile("|".join([*numbers, *(rf'"external_id"\s*:\s*{one}' for one in spelled)]))
    rows = ExchangeHook.objects.for_system(_WHY).filter(source__region_id=region_id).exclude(state="pending")
    return [row.pk for row in rows.iterator(chunk_size=100) if traces and named.search(row.body)]


def _gather(contact: Contact, archive: Archive) -> dict[str, Any]:
    orders = list(Order.objects.for_system(_WHY).filter(contact=contact).order_by("placed_at", "id"))
    open_keys(row.key_id for row in orders)
    items = items_by_order(orders)
    figures = PurchaseFigures.objects.for_system(_WHY).filter(contact=contact).order_by("currency")
    ids = ExternalId.objects.for_system(_WHY).filter(contact=contact).order_by("first_seen_at")
    return {
        "external_ids": [{"source": row.source, "value": row.value} for row in ids],
        "orders": [asdict(OrderShape.of(row, items[row.pk])) for row in orders],
        "figures": [asdict(PurchaseFiguresShape.of(row)) for row in figures],
    }


def _take_over(change: Change, kept: Contact, merged: Contact) -> None:
    """Rows change hands at once; what is sealed in them follows to the other key in batches (``join_some``)."""
    for model in (ExternalId, Order):
        model.objects.for_system(_WHY).filter(contact=merged).update(contact=kept)
    figures = reckon([kept.pk, merged.pk])
    change.announce(PurchasesChanged.of(kept, figures.get(kept.pk, [])))


BELONGINGS = Belongings(
    name="purchases", count=_count, stop=_stop, erase_some=_erase_some, gather=_gather, take_over=_take_over
)
