"""Signed webhooks of other systems: kept as they came, applied once."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from contacts.actions.orders import upsert_orders
from contacts.actions.outside_contacts import upsert_contacts
from contacts.actions.products import upsert_products
from contacts.exchange.events import ExchangeChanged
from contacts.exchange.json_rows import CONTACTS, ORDERS, PRODUCTS, Kind, written
from contacts.exchange.rows import CREATED, REFUSED, UPDATED, Outcome
from contacts.models import ExchangeHook, ExchangePolicy, ExchangeSource
from security.access import System
from security.errors import Refusal
from security.writing import write

_WHY = "webhooks of other systems"
_FIRST_WAIT_SECONDS = 30
_MOST_ATTEMPTS = 5
_TOLD = 20
# What a body may hold, in the order in which it is written: orders name the products.
_PARTS: dict[str, tuple[Kind[Any], Callable[..., list[Outcome]]]] = {
    "products": (PRODUCTS, upsert_products),
    "contacts": (CONTACTS, upsert_contacts),
    "orders": (ORDERS, upsert_orders),
}


class Unfit(Exception):
    """A body that will never be anything else."""


def keep_hook(source: ExchangeSource, *, nonce: bytes, body: bytes) -> tuple[UUID, bool]:
    """Store it, and whether it is new: the same ``nonce`` a second time is the same webhook."""
    row = ExchangeHook(source=source, key_id=source.key_id, nonce=nonce, received_at=timezone.now())
    row.body = body.decode("utf-8", "surrogateescape")
    try:
        with write(by=System(f"webhook of {source.code}")) as change:
            row.save(force_insert=True)
            from contacts.tasks import apply_exchange_hook  # tasks import actions

            change.enqueue(apply_exchange_hook, str(row.pk))
    except IntegrityError:
        known = ExchangeHook.objects.for_system(_WHY).filter(source=source, nonce=nonce)
        return known.values_list("pk", flat=True).get(), False
    return row.pk, True


def apply_hook(hook_id: UUID) -> bool:
    """Whether this call applied it. What cannot be applied is set aside, with what was wrong."""
    waiting = ExchangeHook.objects.for_system(_WHY).filter(pk=hook_id, state="pending")
    try:
        return _applied(hook_id)
    except Unfit as unfit:
        waiting.update(state="set_aside", error=str(unfit)[:80], attempts=1)
    except Refusal as refusal:
        waiting.update(state="set_aside", error=f"{refusal.code} {refusal.field or ''}".strip()[:80])
    except Exception as error:
        _put_off(hook_id, type(error).__name__)
        raise
    return False


def forget_hooks() -> int:
    """Bodies that were applied, or set aside, longer ago than the policy's days."""
    before = timezone.now() - timedelta(days=ExchangePolicy.current().hook_days)
    rows = ExchangeHook.objects.for_system(_WHY).filter(received_at__lt=before).exclude(state="pending")
    found: int = rows.delete()[0]
    return found


def _applied(hook_id: UUID) -> bool:
    rows = ExchangeHook.objects.for_system(_WHY).select_related("source__region").filter(pk=hook_id, state="pending")
    row: ExchangeHook | None = rows.first()
    if row is None:
        return False
    source: ExchangeSource = row.source
    parts, by = _parts_of(row.body), System(f"webhook of {source.code}")
    with write(by=by) as change:
        kept: ExchangeHook | None = rows.locked().first()
        if kept is None:
            return False
        kept.outcome = {name: _told(_write(source, by, name, given)) for name, given in parts.items()}
        kept.state, kept.applied_at = "applied", timezone.now()
        kept.save(update_fields=["outcome", "state", "applied_at"])
        ExchangeSource.objects.for_system(_WHY).filter(pk=source.pk).update(told_at=kept.applied_at)
        change.announce(ExchangeChanged.of(source))
    return True


def _write(source: ExchangeSource, by: System, name: str, given: list[Any]) -> list[Outcome]:
    kind, action = _PARTS[name]
    return written(kind, given, lambda rows: action(by=by, region=source.region, source=source.code, rows=rows))


def _parts_of(body: str) -> dict[str, list[Any]]:
    """``{products?, contacts?, orders?}``, each a list."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise Unfit("not_json") from None
    if not isinstance(told, dict):
        raise Unfit("not_an_object")
    found = {name: told[name] for name in _PARTS if name in told}
    if not found or not all(isinstance(rows, list) for rows in found.values()):
        raise Unfit("no_rows")
    return found


def _told(outcomes: list[Outcome]) -> dict[str, Any]:
    """Counts, and of the first refused ones their place and why; no words of anybody."""
    done = [one.done for one in outcomes]
    refused = [one for one in outcomes if one.refusal is not None][:_TOLD]
    return {
        "written": done.count(CREATED) + done.count(UPDATED),
        "refused": done.count(REFUSED),
        "why": [[one.row, one.refusal.code, one.refusal.field] for one in refused if one.refusal is not None],
    }


def _put_off(hook_id: UUID, error: str) -> None:
    row: ExchangeHook | None = ExchangeHook.objects.for_system(_WHY).filter(pk=hook_id, state="pending").first()
    if row is None:
        return
    row.attempts, row.error = row.attempts + 1, error[:80]
    row.due_at = timezone.now() + timedelta(seconds=_FIRST_WAIT_SECONDS * 4**row.attempts)
    row.state = "set_aside" if row.attempts >= _MOST_ATTEMPTS else "pending"
    row.save(update_fields=["attempts", "error", "due_at", "state"])
