"""Rows are the truth and tasks are hints: what waits is hinted at again."""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from contacts.actions.deliveries import forget_deliveries
from contacts.actions.hooks import forget_hooks
from contacts.exchange.shops.known import SHOPS
from contacts.models import Delivery, ExchangeHook, ExchangeSource

logger = logging.getLogger(__name__)
_WHY = "sweeping the exchange"
_MOST = 300


def sweep_exchange() -> None:
    """Deliveries and webhooks that are due, shops that are to be asked."""
    from contacts.tasks import apply_exchange_hook, deliver_webhook, pull_shop  # tasks import this module

    now = timezone.now()
    free = Q(lease=None) | Q(lease__lt=now)
    waiting = Delivery.objects.for_system(_WHY).filter(free, state="waiting", due_at__lte=now)
    _hint(deliver_webhook, waiting.order_by("due_at"))
    hooks = ExchangeHook.objects.for_system(_WHY).filter(Q(due_at=None) | Q(due_at__lte=now), state="pending")
    _hint(apply_exchange_hook, hooks.order_by("received_at"))
    shops = ExchangeSource.objects.for_system(_WHY).filter(free, paused_at=None, due_at__lte=now, kind__in=list(SHOPS))
    _hint(pull_shop, shops.order_by("due_at"))


def forget_exchange() -> None:
    parts: tuple[Callable[[], int], ...] = (forget_deliveries, forget_hooks)
    for part in parts:
        try:
            part()
        except Exception:
            logger.exception("%s failed", part.__name__)


def _hint(task: Any, rows: Any) -> None:
    for pk in rows.values_list("pk", flat=True)[:_MOST]:
        task.apply_async(args=(str(pk),), retry=False)
