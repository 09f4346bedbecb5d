"""Addresses outside that are told what happens in a region (CM-3)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.exchange.addresses import checked_address
from contacts.exchange.errors import StillWaiting, SubscriptionOff, TooManySubscriptions
from contacts.exchange.events import ExchangeChanged
from contacts.exchange.signing import fresh_secret
from contacts.exchange.telling import TEST, enqueue_delivery, fresh_delivery
from contacts.models import Delivery, ExchangePolicy, Subscription
from contacts.models.exchange import ARRANGE
from contacts.occurrences import kinds as known_kinds
from security.access import Access
from security.encryption.keyring import shared_key
from security.errors import Invalid, Missing, NotFound, require
from security.factors import require_fresh_factor
from security.models import Region
from security.tiers.holding import require_right
from security.writing import Change, write

_LONGEST_NAME, _LONGEST_URL = 80, 500
_MOST_REPLAYED = 500


def add_subscription(
    *, by: Access, region_id: int, name: str, url: str, kinds: Sequence[str]
) -> tuple[Subscription, str]:
    """Tell an address from now on; returns it with the secret it is told by, which is told this once."""
    require_right(by, ARRANGE)
    require_fresh_factor(by)
    require(region_id in by.region_ids, NotFound)
    secret = fresh_secret()
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        mine = Subscription.objects.visible_to(by).filter(region=region)
        require(mine.count() < ExchangePolicy.current().subscriptions_most, TooManySubscriptions)
        row = Subscription(
            region=region,
            name=_checked_name(name),
            url=_checked_url(url),
            kinds=_checked_kinds(kinds),
            key_id=shared_key(region_id=region_id, purpose="exchange"),
            created_by_id=by.user_id,
            created_at=timezone.now(),
        )
        row.secret = [secret]
        row.save(force_insert=True)
        change.record("exchange.subscription_added", row, name=row.name, url=row.url, kinds=row.kinds)
        change.announce(ExchangeChanged.of(row))
    return row, secret


def change_subscription(
    *,
    by: Access,
    subscription_id: UUID,
    name: str | None = None,
    url: str | None = None,
    kinds: Sequence[str] | None = None,
    on: bool | None = None,
) -> Subscription:
    """What is left out stays. Another address needs a fresh second factor: everything goes there from then on."""
    with _changing(by, subscription_id, fresh=url is not None) as (change, row):
        before = {"url": row.url, "kinds": row.kinds}
        row.name = row.name if name is None else _checked_name(name)
        row.url = row.url if url is None else _checked_url(url)
        row.kinds = row.kinds if kinds is None else _checked_kinds(kinds)
        if on is not None:
            row.stopped_at = None if on else (row.stopped_at or timezone.now())
            row.stopped_why, row.failing_since = "", None
        row.save()
        told = {key: [was, getattr(row, key)] for key, was in before.items() if was != getattr(row, key)}
        change.record("exchange.subscription_changed", row, name=row.name, on=row.stopped_at is None, **told)
    return row


def rotate_subscription_secret(*, by: Access, subscription_id: UUID) -> tuple[Subscription, str]:
    """Another secret; deliveries are signed with both until the next change."""
    with _changing(by, subscription_id, fresh=True) as (change, row):
        fresh = fresh_secret()
        row.secret = [fresh, *row.secret[:1]]
        row.save()
        change.record("exchange.secret_rotated", row)
    return row, fresh


def remove_subscription(*, by: Access, subscription_id: UUID) -> None:
    """With its delivery log; what waits is told no more."""
    with _changing(by, subscription_id, fresh=False) as (change, row):
        change.record("exchange.subscription_removed", row, name=row.name, url=row.url)
        row.delete()


def try_subscription(*, by: Access, subscription_id: UUID) -> Delivery:
    """Send a delivery that says it is a test."""
    require_right(by, ARRANGE)
    with write(by=by) as change:
        row: Subscription = Subscription.objects.visible_to(by).get_or_404(subscription_id)
        require(row.stopped_at is None, SubscriptionOff)
        sent = fresh_delivery(row, kind=TEST, subject_id=str(row.pk))
        sent.save(force_insert=True)
        change.record("exchange.subscription_tested", row)
        enqueue_delivery(change, sent.pk)
    return sent


def replay_deliveries(*, by: Access, subscription_id: UUID, delivery_ids: Sequence[UUID] | None = None) -> int:
    """Tell again what was told, or given up: those named, or all that are dead. Each keeps its id, so that the other
    side knows what it has."""
    require_right(by, ARRANGE)
    now = timezone.now()
    with write(by=by) as change:
        row: Subscription = Subscription.objects.visible_to(by).locked().get_or_404(subscription_id)
        require(row.stopped_at is None, SubscriptionOff)
        rows = Delivery.objects.visible_to(by).filter(subscription=row)
        rows = rows.filter(state="dead") if delivery_ids is None else rows.filter(pk__in=delivery_ids)
        found = list(rows.locked().order_by("id")[:_MOST_REPLAYED])
        require(all(one.state != "waiting" for one in found), StillWaiting)
        for one in found:
            one.state, one.due_at, one.begun_at, one.attempts, one.settled_at = "waiting", now, now, 0, None
            one.save()
            enqueue_delivery(change, one.pk)
        if found:
            change.record("exchange.replayed", row, rows=len(found))
            change.announce(ExchangeChanged.of(row))
    return len(found)


@contextmanager
def _changing(by: Access, subscription_id: UUID, *, fresh: bool) -> Iterator[tuple[Change, Subscription]]:
    require_right(by, ARRANGE)
    if fresh:
        require_fresh_factor(by)
    with write(by=by) as change:
        row: Subscription = Subscription.objects.visible_to(by).locked().get_or_404(subscription_id)
        row.version += 1
        told = ExchangeChanged.of(row)
        yield change, row
        change.announce(told)


def _checked_name(name: str) -> str:
    if not name.strip():
        raise Missing(field="name")
    if len(name) > _LONGEST_NAME:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": _LONGEST_NAME})
    return name.strip()


def _checked_url(url: str) -> str:
    if len(url) > _LONGEST_URL:
        raise Invalid(field="url", message=_("At most %(n)s characters.") % {"n": _LONGEST_URL})
    return checked_address(url, field="url", with_path=True)


def _checked_kinds(kinds: Sequence[str]) -> list[str]:
    chosen = sorted(set(kinds))
    if not chosen:
        raise Missing(field="kinds")
    if set(chosen) - set(known_kinds()):
        raise Invalid(field="kinds", message=_("There is nothing of this name to be told of."))
    return chosen
