"""Reading a connected shop: its past first, then what changed. Page by page: the call, then one write that takes the
page's rows over and says how far it got, so that whoever is interrupted goes on there."""

import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from contacts.actions.orders import upsert_orders
from contacts.actions.outside_contacts import upsert_contacts
from contacts.actions.products import upsert_products
from contacts.exchange.events import ExchangeChanged
from contacts.exchange.rows import CREATED, REFUSED, UPDATED, ContactRow, OrderRow, Outcome, ProductRow
from contacts.exchange.shops.known import SHOPS
from contacts.exchange.shops.protocol import CONTACTS, ORDERS, PRODUCTS, RESOURCES, Page, Shop, ShopAddress, ShopFault
from contacts.models import ExchangePolicy, ExchangeSource
from security.access import System
from security.notifying import notify_people
from security.writing import Change, write

_WHY = "reading a shop"
_LEASE = timedelta(minutes=3)
_A_TURN = 45.0  # seconds; then others have theirs
_SHORT = 1.0  # seconds that are simply waited
_OVERLAP = timedelta(minutes=5)  # the shop's clock is not ours, and changes show late
_FIRST_WAIT, _LONGEST_WAIT = 15.0, 3600.0
_GIVEN_UP = 12  # failures in a row: half a day


def pull(source_id: UUID) -> bool:
    """Whether there is more to read at once. One reader at a time; safe to run twice."""
    row = _claimed(source_id)
    if row is None:
        return False
    known: dict[str, str] = row.secret
    shop = SHOPS[row.kind](ShopAddress(row.base_url, known, row.country))
    until = time.monotonic() + _A_TURN
    try:
        while time.monotonic() < until:
            page, wait = _read_one(row, shop)
            if not _took(row, page):
                return False
            if wait > _SHORT:
                _rest(row, wait)
                return False
            time.sleep(wait)
    except ShopFault as fault:
        _failed(row, fault)
        return False
    _rest(row, 0.0)
    return True


def _read_one(row: ExchangeSource, shop: Shop) -> tuple[Page, float]:
    """The next page. Outside any transaction."""
    place: dict[str, Any] = row.place
    if not place:
        place = row.place = {"resource": RESOURCES[0], "cursor": "", "began_at": timezone.now().isoformat()}
        if row.since is None:
            row.expected = shop.count(ORDERS)
    page = shop.page(place["resource"], since=row.since, cursor=place["cursor"])
    return page, page.wait


def _took(row: ExchangeSource, page: Page) -> bool:
    """Write a page and the place after it; whether there is another one to read now."""
    resource: str = row.place["resource"]
    with write(by=System(f"shop {row.code}")) as change:
        kept: ExchangeSource | None = (
            ExchangeSource.objects.for_system(_WHY).locked().filter(pk=row.pk).select_related("region").first()
        )
        if kept is None or kept.lease != row.lease or kept.paused_at is not None:
            return False  # taken away, paused, or read by somebody else by now
        counts = _count(dict(kept.counts), resource, _written(change, kept, resource, page), len(page.unread))
        kept.place, more = _after(row.place, resource, page.cursor)
        if not more:
            kept.since = datetime.fromisoformat(row.place["began_at"]) - _OVERLAP
            kept.due_at = timezone.now() + timedelta(minutes=ExchangePolicy.current().pull_minutes)
        kept.counts, kept.expected, kept.attempts = counts, row.expected, 0
        kept.error, kept.error_at, kept.told_at = "", None, timezone.now()
        kept.lease = timezone.now() + _LEASE if more else None
        kept.version += 1
        kept.save()
        change.announce(ExchangeChanged.of(kept))
    row.place, row.since, row.lease = kept.place, kept.since, kept.lease
    return more


def _written(change: Change, row: ExchangeSource, resource: str, page: Page) -> list[Outcome]:
    most, told = ExchangePolicy.current().rows_at_once, []
    for start in range(0, len(page.rows), most):
        rows: list[Any] = list(page.rows[start : start + most])
        given: dict[str, Any] = {"by": change.by, "region": row.region, "source": row.code, "rows": rows}
        if resource == PRODUCTS:
            assert all(isinstance(one, ProductRow) for one in rows)
            told += upsert_products(**given)
        elif resource == CONTACTS:
            assert all(isinstance(one, ContactRow) for one in rows)
            told += upsert_contacts(**given, overwrite=False, history=row.since is None)
        else:
            assert all(isinstance(one, OrderRow) for one in rows)
            told += upsert_orders(**given, history=row.since is None)
    return told


def _after(place: dict[str, Any], resource: str, cursor: str) -> tuple[dict[str, Any], bool]:
    if cursor:
        return {**place, "cursor": cursor}, True
    following = RESOURCES.index(resource) + 1
    if following == len(RESOURCES):
        return {}, False
    return {**place, "resource": RESOURCES[following], "cursor": ""}, True


def _count(counts: dict[str, Any], resource: str, told: list[Outcome], unread: int) -> dict[str, Any]:
    """``{orders: {read, written, refused}, …}`` since the beginning."""
    kept = counts.get(resource, {})
    done = [one.done for one in told]
    sums = {
        "read": len(told) + unread,
        "written": done.count(CREATED) + done.count(UPDATED),
        "refused": done.count(REFUSED) + unread,
    }
    return {**counts, resource: {name: kept.get(name, 0) + more for name, more in sums.items()}}


def _claimed(source_id: UUID) -> ExchangeSource | None:
    now = timezone.now()
    rows = ExchangeSource.objects.for_system(_WHY).filter(pk=source_id, paused_at=None, kind__in=list(SHOPS))
    free = rows.filter(Q(lease=None) | Q(lease__lt=now), due_at__lte=now)
    if not free.update(lease=now + _LEASE):
        return None
    found: ExchangeSource | None = rows.select_related("region").first()
    return found


def _rest(row: ExchangeSource, seconds: float) -> None:
    """Give it back, to go on after so many seconds."""
    mine = ExchangeSource.objects.for_system(_WHY).filter(pk=row.pk, lease=row.lease)
    mine.update(lease=None, due_at=timezone.now() + timedelta(seconds=seconds))


def _failed(row: ExchangeSource, fault: ShopFault) -> None:
    """What the shop asks for is no failure. What lasts pauses it, and whoever connected it is told."""
    if fault.code == "rate_limited":
        return _rest(row, fault.wait or 2.0)
    with write(by=System(f"shop {row.code}")) as change:
        kept: ExchangeSource | None = ExchangeSource.objects.for_system(_WHY).locked().filter(pk=row.pk).first()
        if kept is None or kept.lease != row.lease:
            return None
        kept.attempts += 1
        wait = fault.wait or min(_FIRST_WAIT * 2 ** (kept.attempts - 1), _LONGEST_WAIT)
        kept.error, kept.error_at, kept.lease = fault.code, timezone.now(), None
        kept.due_at = kept.error_at + timedelta(seconds=wait)
        if row.place and row.place != kept.place:
            kept.place = row.place  # it had begun, if no further
        if fault.code == "http_400" and kept.place.get("cursor"):
            kept.place = {**kept.place, "cursor": ""}  # the shop has forgotten where we were: this resource anew
        kept.version += 1
        if fault.lasting or kept.attempts >= _GIVEN_UP:
            kept.paused_at = timezone.now()
            change.record("exchange.source_stopped", kept, code=fault.code)
            if kept.created_by_id is not None:
                notify_people(change, to=[kept.created_by_id], kind="exchange.stopped", name=kept.name, code=fault.code)
        kept.save()
        change.announce(ExchangeChanged.of(kept))
    return None
