"""The example in ``docs/examples`` does what it says, against a server that runs."""

import importlib.util
from typing import Any

import pytest

from contacts.actions.sources import add_source
from contacts.models import ExchangeHook
from security.models import ApiKey
from tests.conftest import Cast
from tests.contacts.exchange.receiving import receiver
from tests.contacts.exchange.test_api import ROW, WRITE
from tests.contracts.committed import ROOT
from tests.worlds.factors import fresh_access


def _example() -> Any:
    spec = importlib.util.spec_from_file_location("exchange_client", ROOT / "docs/examples/exchange_client.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.django_db(transaction=True)
def test_it_writes_reads_and_signs(cast: Cast, live_server: Any):
    example = _example()
    _key, secret = ApiKey.objects.create(cast.dee, name="ERP", permissions=WRITE, region_ids=[cast.asia.pk])
    kefu = example.Kefu(live_server.url, key=secret, region=cast.asia.pk, source="erp")
    told = kefu.upsert("orders", [ROW, {**ROW, "external_id": "o2", "currency": "?"}])
    assert [one["done"] for one in told] == ["created", "refused"]
    assert [one["number"] for one in kefu.all("orders?state=paid")] == ["#1001"]
    kefu.region = cast.europe.pk
    with pytest.raises(example.Refused):
        kefu.upsert("orders", [ROW])
    source, signing = add_source(
        by=fresh_access(cast, "ana"), region_id=cast.asia.pk, code="till", name="Till", kind="webhook"
    )
    address = f"{live_server.url}/webhooks/exchange/{source.pk}"
    assert [example.send_webhook(address, signing, {"orders": [ROW]}, named="7")["new"] for _ in "12"] == [True, False]
    assert ExchangeHook.objects.for_system("the test").count() == 1


def test_it_knows_what_is_from_kefu(cast: Cast):
    from contacts.actions.deliveries import deliver
    from contacts.actions.subscriptions import add_subscription, try_subscription

    example = _example()
    with receiver() as outside:
        row, secret = add_subscription(
            by=fresh_access(cast, "ana"), region_id=cast.asia.pk, name="ERP", url=outside.url, kinds=["order.paid"]
        )
        deliver(try_subscription(by=cast.access("ana"), subscription_id=row.pk).pk)
        headers, body = outside.came[0]
    assert example.is_from_kefu(headers, body, secret)
    assert not example.is_from_kefu(headers, body + b" ", secret)
