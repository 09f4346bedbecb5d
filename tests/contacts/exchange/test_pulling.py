"""Shops that are read: their past page by page, what changed afterwards, and whatever goes wrong meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from contacts.actions.pulling import pull
from contacts.actions.sources import add_source, change_source
from contacts.exchange.sweeping import sweep_exchange
from contacts.models import Contact, ExchangeSource, Order, Product
from tests.conftest import Cast
from tests.contacts.exchange.shops import CREDENTIALS, ORDERS, StandIn, shop
from tests.worlds.factors import fresh_access

KINDS = ("shopify", "woocommerce")


def connected(cast: Cast, stand_in: StandIn) -> ExchangeSource:
    row, _secret = add_source(
        by=fresh_access(cast, "ana"),
        region_id=cast.asia.pk,
        code="shop",
        name="Tea shop",
        kind=stand_in.kind,
        base_url=stand_in.url,
        country="tw",
        credentials=CREDENTIALS[stand_in.kind],
    )
    return row


def rows_of(model: Any) -> Any:
    return model.objects.for_system("the test")


def source() -> ExchangeSource:
    found: ExchangeSource = rows_of(ExchangeSource).get()
    return found


def read(pk: UUID) -> ExchangeSource:
    """Now, whenever it was due."""
    rows_of(ExchangeSource).filter(pk=pk).update(due_at=timezone.now(), lease=None)
    pull(pk)
    return source()


def stock(stand_in: StandIn, count: int) -> None:
    stand_in.rows = {"orders": [ORDERS[stand_in.kind](number) for number in range(1, count + 1)]}
    told = {"updated_at": "2026-01-01T00:00:00+00:00", "date_modified_gmt": "2026-01-01T00:00:00"}
    stand_in.rows["products"] = [{"id": 1, "title": "Pot", "name": "Pot", **told}]


@pytest.mark.parametrize("kind", KINDS)
def test_the_past_is_read_once_and_then_what_changed(cast: Cast, kind: str):
    with shop(kind) as stand_in:
        stock(stand_in, 10)
        row = connected(cast, stand_in)
        pull(row.pk)
        first = source()
        assert (rows_of(Order).count(), rows_of(Product).count(), first.expected) == (10, 1, 10)
        assert rows_of(Contact).count() == 4 and first.counts["orders"]["written"] == 10
        assert (first.place, first.lease, first.error) == ({}, None, "") and first.since is not None
        assert first.due_at is not None and first.due_at > timezone.now()
        now = datetime.now(UTC) + timedelta(minutes=1)
        fresh = {"updated_at": now.isoformat(), "date_modified_gmt": now.strftime("%Y-%m-%dT%H:%M:%S")}
        stand_in.rows["orders"][2] |= {"status": "refunded", "financial_status": "refunded", **fresh}
        stand_in.calls.clear()
        read(row.pk)
        assert len(stand_in.calls) <= 3  # one page of each, not the past again
        assert rows_of(Order).filter(state="refunded").count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_shop_that_limits_fails_and_comes_back_loses_nothing(cast: Cast, kind: str):
    with shop(kind) as stand_in:
        stock(stand_in, 7)
        row = connected(cast, stand_in)
        stand_in.faults = [(429, {"Retry-After": "7.0"})]
        pull(row.pk)
        waits = source()
        assert waits.error == "" and waits.due_at is not None
        assert 5 < (waits.due_at - timezone.now()).total_seconds() < 8
        assert pull(row.pk) is False  # not before its time
        stand_in.faults = [(502, {})]
        failed = read(row.pk)
        assert (failed.error, failed.attempts, failed.paused_at) == ("http_502", 1, None)
        stand_in.faults = []
        read(row.pk)
        assert (rows_of(Order).count(), source().error, source().attempts) == (7, "", 0)


def test_whoever_is_interrupted_goes_on_where_they_were(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    with shop("shopify") as stand_in:
        stock(stand_in, 9)
        row = connected(cast, stand_in)
        stand_in.bucket = 40  # full: the shop wants to be left alone after each page
        while source().since is None:
            read(row.pk)
        assert rows_of(Order).count() == 9
        assert stand_in.calls.count("orders.json") == 3


def test_a_shop_that_refuses_is_paused_and_goes_on_with_other_credentials(cast: Cast):
    with shop("woocommerce") as stand_in:
        stock(stand_in, 2)
        row = connected(cast, stand_in)
        stand_in.faults = [(401, {})]
        pull(row.pk)
        assert (source().error, source().paused_at is None) == ("refused", False)
        sweep_exchange()
        change_source(
            by=fresh_access(cast, "ana"), source_id=row.pk, paused=False, credentials=CREDENTIALS["woocommerce"]
        )
        pull(row.pk)
        assert rows_of(Order).count() == 2


def test_rows_that_make_no_sense_are_counted_and_hold_up_none(cast: Cast):
    with shop("shopify", size=10) as stand_in:
        stock(stand_in, 3)
        nobody = {"customer": None, "shipping_address": None}
        stand_in.rows["orders"] += [ORDERS["shopify"](8, currency=None), ORDERS["shopify"](9, **nobody)]
        pull(connected(cast, stand_in).pk)
        assert source().counts["orders"] == {"read": 5, "written": 3, "refused": 2}
