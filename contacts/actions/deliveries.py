"""Telling subscriptions what happened: claimed, sent outside any transaction, settled; tried again for days, then dead.
Rows are the truth, tasks are hints."""

import json
import time
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import requests
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone

from contacts.exchange.events import ExchangeChanged
from contacts.exchange.signing import ID, KIND, SIGNATURE, TIMESTAMP, signature
from contacts.exchange.telling import TEST
from contacts.models import Delivery, ExchangePolicy, Subscription
from contacts.occurrences import kinds
from security.access import System
from security.notifying import notify_people
from security.outgoing.addresses import leads_inside
from security.outgoing.guarded import GuardedSession
from security.writing import write

_WHY = "telling subscriptions"
_BY = System("outbound webhooks")
_TIMEOUT = (5, 15)
_LEASE = timedelta(minutes=2)
# Minutes after each failure; the last one again and again until the policy's hours are over.
_WAITS = (0.25, 1, 5, 15, 60, 180, 360, 720)
_TRIES_KEPT = 20
_GONE = 410


def deliver(delivery_id: UUID) -> bool:
    """Whether this call settled it. Safe to run twice: one of two claims it."""
    row = _claimed(delivery_id)
    if row is None:
        return False
    if row.subscription.stopped_at is not None:
        return _settle(row, "dead", None)  # told once it is switched on again, if somebody has it replayed
    body = _body_of(row)
    if body is None:
        return _settle(row, "dropped", None)
    return _record(row, *_sent(row, body))


def forget_deliveries() -> int:
    """Those that were settled longer ago than the policy's days."""
    before = timezone.now() - timedelta(days=ExchangePolicy.current().delivery_days)
    rows = Delivery.objects.for_system(_WHY).filter(settled_at__lt=before).exclude(state="waiting")
    found: int = rows.delete()[0]
    return found


def _claimed(delivery_id: UUID) -> Delivery | None:
    now = timezone.now()
    rows = Delivery.objects.for_system(_WHY).filter(pk=delivery_id, state="waiting")
    if not rows.filter(Q(lease=None) | Q(lease__lt=now), due_at__lte=now).update(lease=now + _LEASE):
        return None
    found: Delivery | None = rows.select_related("subscription").first()
    return found


def _body_of(row: Delivery) -> bytes | None:
    """What is told, read now; ``None`` when there is nothing to tell any more."""
    told: dict[str, Any] | None = {}
    if row.kind != TEST:
        kind = kinds().get(row.kind)
        told = None if kind is None else kind.payload(row.subject_id)
    if told is None:
        return None
    whole = {
        "id": str(row.pk),
        "kind": row.kind,
        "region": row.subscription.region_id,
        "happened_at": row.happened_at,
        "facts": row.facts,
        "data": told,
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


def _sent(row: Delivery, body: bytes) -> tuple[int, str, int]:
    """Status (0: none came), what was wrong, and how many milliseconds it took. No redirect is followed."""
    stamp, began = str(int(time.time())), time.monotonic()
    told = {"timestamp": stamp, "named": str(row.pk)}
    signed = ",".join(signature(secret, body=body, **told) for secret in row.subscription.secret)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Kefu",
        ID: str(row.pk),
        KIND: row.kind,
        TIMESTAMP: stamp,
        SIGNATURE: signed,
    }
    status, error = 0, ""
    try:
        session = GuardedSession(scheme=urlsplit(row.subscription.url).scheme)
        with (
            session,
            session.post(
                row.subscription.url, data=body, headers=headers, timeout=_TIMEOUT, allow_redirects=False, stream=True
            ) as answer,
        ):
            status = answer.status_code
            error = "" if answer.ok and not answer.is_redirect else f"http_{status}"
    except requests.Timeout:
        error = "timeout"
    except requests.RequestException as failure:
        error = "inside" if leads_inside(failure) else "unreachable"
    return status, error, int((time.monotonic() - began) * 1000)


def _record(row: Delivery, status: int, error: str, took: int) -> bool:
    now = timezone.now()
    one = {"at": now.isoformat(), "status": status, "error": error, "ms": took}
    if not error:
        return _settle(row, "delivered", one)
    if status == _GONE:
        return _settle(row, "dead", one, stop="gone")
    over = row.begun_at + timedelta(hours=ExchangePolicy.current().delivery_hours)
    due = now + timedelta(minutes=_WAITS[min(row.attempts, len(_WAITS) - 1)])
    if due >= over:
        return _settle(row, "dead", one)
    with write(by=_BY) as change:
        if _kept(row, one, state="waiting", due_at=due, settled_at=None):
            rows = Subscription.objects.for_system(_WHY).filter(pk=row.subscription_id, failing_since=None)
            rows.update(failing_since=now)
            change.announce(ExchangeChanged.of(row.subscription))
    return False


def _settle(row: Delivery, state: str, one: dict[str, Any] | None, *, stop: str = "") -> bool:
    """Where nothing arrived for the policy's hours, or the other side is gone, the subscription is switched off and
    whoever made it is told."""
    now = timezone.now()
    with write(by=_BY) as change:
        if not _kept(row, one, state=state, due_at=row.due_at, settled_at=now):
            return False
        held: Subscription = Subscription.objects.for_system(_WHY).locked().get(pk=row.subscription_id)
        if state == "delivered" and held.failing_since is not None:
            held.failing_since = None
            held.save(update_fields=["failing_since"])
        elif state == "dead" and held.stopped_at is None and (stop or _nothing_arrives(held, now)):
            held.stopped_at, held.stopped_why, held.version = now, stop or "failing", held.version + 1
            held.save(update_fields=["stopped_at", "stopped_why", "version"])
            change.record("exchange.subscription_stopped", held, name=held.name, why=held.stopped_why)
            if held.created_by_id is not None:
                told = {"name": held.name, "code": held.stopped_why}
                notify_people(change, to=[held.created_by_id], kind="exchange.stopped", **told)
        change.announce(ExchangeChanged.of(held))
    return True


def _nothing_arrives(held: Subscription, now: datetime) -> bool:
    span = timedelta(hours=ExchangePolicy.current().delivery_hours)
    return held.failing_since is not None and now - held.failing_since >= span * 0.9


def _kept(row: Delivery, one: dict[str, Any] | None, **what: Any) -> bool:
    """Write what became of it, unless somebody else has it by now."""
    mine = Delivery.objects.for_system(_WHY).filter(pk=row.pk, lease=row.lease, state="waiting")
    tried = {} if one is None else {"tries": [*row.tries, one][-_TRIES_KEPT:], "attempts": row.attempts + 1}
    return bool(mine.update(lease=None, **what, **tried))
