"""What happens becomes deliveries: one row for each subscription that wants to hear of it, in the same transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.models import Delivery, Subscription
from contacts.occurrences import Occurrence, listen
from security.bulk import insert_many
from security.writing import Change

TEST = "test"
_WHY = "who wants to hear of it"


def register() -> None:
    listen(file_deliveries)


def file_deliveries(change: Change, occurrences: Sequence[Occurrence]) -> None:
    regions = {one.region_id for one in occurrences}
    listening = list(Subscription.objects.for_system(_WHY).filter(region_id__in=regions, stopped_at=None))
    deliveries = [
        fresh_delivery(
            row,
            kind=one.kind,
            subject_id=one.subject_id,
            contact_id=one.contact_id,
            facts=dict(one.facts),
            happened_at=one.at,
        )
        for one in occurrences
        for row in listening
        if row.region_id == one.region_id and one.kind in row.kinds
    ]
    insert_many(deliveries)
    for sent in deliveries:
        enqueue_delivery(change, sent.pk)


def fresh_delivery(row: Subscription, *, kind: str, subject_id: str, **more: Any) -> Delivery:
    now = timezone.now()
    given = {"happened_at": now, **more}
    return Delivery(subscription=row, kind=kind, subject_id=subject_id, due_at=now, begun_at=now, **given)


def enqueue_delivery(change: Change, delivery_id: UUID) -> None:
    from contacts.tasks import deliver_webhook  # tasks import actions

    change.enqueue(deliver_webhook, str(delivery_id))
