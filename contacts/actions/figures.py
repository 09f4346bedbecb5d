"""What purchases come to, counted anew for the contacts whose orders changed."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Max, Min, Sum

from contacts.models import Contact, Order, PurchaseFigures
from contacts.models.order import COUNTED

_WHY = "what purchases come to"


def reckon(contact_ids: Collection[UUID]) -> dict[UUID, list[PurchaseFigures]]:
    """Write the figures of locked contacts anew; in the caller's write."""
    if not contact_ids:
        return {}
    regions = dict(Contact.objects.for_system(_WHY).filter(pk__in=contact_ids).values_list("pk", "region_id"))
    counted = Order.objects.for_system(_WHY).filter(contact_id__in=contact_ids, state__in=COUNTED)
    sums = counted.values("contact_id", "currency").order_by("contact_id", "currency")
    rows = [
        PurchaseFigures(region_id=regions[one["contact_id"]], **one)
        for one in sums.annotate(
            orders=Count("pk"),
            spent_minor=Sum("total_minor"),
            first_order_at=Min("placed_at"),
            last_order_at=Max("placed_at"),
        )
    ]
    found: dict[UUID, list[PurchaseFigures]] = {}
    for row in rows:
        found.setdefault(row.contact_id, []).append(row)
    for each in found.values():
        for row in each:
            row.all_orders = sum(one.orders for one in each)
            row.all_last_order_at = max(one.last_order_at for one in each)
    PurchaseFigures.objects.for_system(_WHY).filter(contact_id__in=contact_ids).delete()
    PurchaseFigures.objects.bulk_create(rows)
    return found
