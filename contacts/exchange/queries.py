"""Reads of connected systems and subscriptions."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from contacts.exchange.shapes import SubscriptionShape
from contacts.models import Delivery, ExchangeHook, ExchangeSource, Subscription
from contacts.models.exchange import DELIVERY_STATES
from security.access import Access
from security.cursors import only_id, time_and_id
from security.errors import Invalid

_MOST = 500
_OF_OPENED = "counts of subscriptions already opened for the reader"


def sources_of(access: Access) -> list[ExchangeSource]:
    return list(ExchangeSource.objects.visible_to(access).order_by("region_id", "name", "pk")[:_MOST])


def subscription_shapes(rows: Collection[Subscription]) -> list[SubscriptionShape]:
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    open_or_dead = Delivery.objects.for_system(_OF_OPENED).filter(subscription__in=rows, state__in=("waiting", "dead"))
    for pk, state, count in open_or_dead.order_by().values_list("subscription_id", "state").annotate(count=Count("pk")):
        counts[pk][state] = count
    return [SubscriptionShape.of(row, counts[row.pk]) for row in rows]


def subscriptions_of(access: Access) -> list[SubscriptionShape]:
    return subscription_shapes(
        list(Subscription.objects.visible_to(access).order_by("region_id", "name", "pk")[:_MOST])
    )


def hook_page(*, access: Access, source_id: UUID, after: list[Any] | None, limit: int) -> list[ExchangeHook]:
    """What came, the latest first."""
    source = ExchangeSource.objects.visible_to(access).get_or_404(source_id)
    rows = ExchangeHook.objects.visible_to(access).filter(source=source).defer("body")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk))
    return list(rows.order_by("-received_at", "-id")[: limit + 1])


def delivery_page(
    *, access: Access, subscription_id: UUID, after: list[Any] | None, limit: int, state: str = ""
) -> list[Delivery]:
    """The delivery log, the latest first."""
    if state and state not in dict(DELIVERY_STATES):
        raise Invalid(field="state")
    subscription = Subscription.objects.visible_to(access).get_or_404(subscription_id)
    rows = Delivery.objects.visible_to(access).filter(subscription=subscription)
    rows = rows.filter(state=state) if state else rows
    rows = rows if after is None else rows.filter(pk__lt=only_id(after))
    return list(rows.order_by("-id")[: limit + 1])
