"""Applies stored webhooks: in order per channel, one transaction per batch, one drainer per channel at a time."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, InterfaceError, OperationalError
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from inbox.actions.ingest import apply_bodies, set_aside
from inbox.models import Channel, InboxPolicy, StoredWebhook

logger = logging.getLogger(__name__)
# A killed drainer's channel waits this long. It need not outlast every batch: whoever takes over too early waits for
# the rows' locks and then finds them applied.
LEASE_SECONDS = 15
_WHY = "draining webhooks"
# The database or the configuration is broken: nothing is wrong with the bodies, they wait.
_NOT_THE_BODYS_FAULT = (OperationalError, InterfaceError, ImproperlyConfigured)


def drain(channel_id: UUID) -> int:
    """Apply everything pending for a channel; returns how many bodies. Does nothing when another process is at it."""
    applied = 0
    while (lease := _take(channel_id)) is not None:
        try:
            channel = Channel.objects.for_system(_WHY).select_related("region", "assignment_rule").get(pk=channel_id)
            while lease is not None and (batch := _next_batch(channel_id)):
                _apply(channel, batch)
                applied += len(batch)
                lease = _renew(channel_id, lease)
        finally:
            _rows(channel_id).filter(drain_lease=lease).update(drain_lease=None)
        # Whoever stored a body while we held the lease was told "somebody is at it": look once more after releasing.
        if not _pending(channel_id).exists():
            break
    return applied


def _pending(channel_id: UUID) -> QuerySet[StoredWebhook]:
    rows = StoredWebhook.objects.filter(channel_id=channel_id, state="pending")
    return rows.filter(Q(due_at=None) | Q(due_at__lte=timezone.now()))


def _next_batch(channel_id: UUID) -> list[UUID]:
    """The oldest bodies, as many as one transaction should hold. One body may have a thousand messages: with two
    hundred of those a transaction would hold its locks, and on SQLite every other writer, for minutes."""
    policy = InboxPolicy.current()
    rows = _pending(channel_id).order_by("received_at", "id").annotate(size=Length("body"))
    chosen: list[UUID] = []
    total = 0
    for webhook_id, size in rows.values_list("id", "size")[: policy.drain_batch]:
        total += size
        if chosen and total > policy.drain_kilobytes * 1024:
            break
        chosen.append(webhook_id)
    return chosen


def _rows(channel_id: UUID) -> QuerySet[Channel]:
    rows: QuerySet[Channel] = Channel.objects.for_system(_WHY).filter(pk=channel_id)
    return rows


def _take(channel_id: UUID) -> datetime | None:
    """The channel for a while; the lease is its own receipt. A crashed drainer's lease runs out.

    One that ends later than any lease can was taken before the clock was set back.
    """
    now = timezone.now()
    until = now + timedelta(seconds=LEASE_SECONDS)
    latest = now + timedelta(seconds=2 * LEASE_SECONDS)
    free = _rows(channel_id).filter(Q(drain_lease=None) | Q(drain_lease__lt=now) | Q(drain_lease__gt=latest))
    return until if free.update(drain_lease=until) else None


def _renew(channel_id: UUID, lease: datetime) -> datetime | None:
    """A while longer, unless the lease ran out and somebody else took the channel."""
    until = timezone.now() + timedelta(seconds=LEASE_SECONDS)
    return until if _rows(channel_id).filter(drain_lease=lease).update(drain_lease=until) else None


def _apply(channel: Channel, batch: list[UUID]) -> None:
    """The whole batch at once; if that fails, body by body, so that one bad body cannot hold up the others."""
    try:
        apply_bodies(channel=channel, webhook_ids=batch)
        return
    except IntegrityError:
        logger.info("another process wrote the same people or messages at once; applying one by one")
    except _NOT_THE_BODYS_FAULT:
        raise
    except Exception:
        logger.exception("a batch of %s bodies failed; applying one by one", len(batch))
    for webhook_id in batch:
        try:
            apply_bodies(channel=channel, webhook_ids=[webhook_id])
        except _NOT_THE_BODYS_FAULT:
            raise
        except Exception as error:
            logger.exception("webhook %s could not be applied", webhook_id)
            set_aside(webhook_id=webhook_id, error=error)
