"""The background tasks of the exchange, each in a world where it has something to do."""

import json
from typing import Any

from django.utils import timezone

from contacts.models import Delivery, ExchangeHook, ExchangeSource, Order, Subscription
from tests.conftest import Cast
from tests.contracts.twice import run_twice
from tests.worlds.channels import channel
from tests.worlds.exchange import exchange_rows
from tests.worlds.threads import thread

_WHY = "the test"


def _world(cast: Cast) -> dict[str, Any]:
    return exchange_rows(cast.asia, thread(channel(cast.asia)).contact)


def telling(cast: Cast, meta: object) -> None:
    from tests.contacts.exchange.receiving import receiver

    row = _world(cast)["subscription"]
    sent = Delivery.objects.for_system(_WHY).get()
    with receiver() as outside:
        Subscription.objects.for_system(_WHY).filter(pk=row.pk).update(url=outside.url)
        Delivery.objects.for_system(_WHY).update(state="waiting", due_at=timezone.now())
        run_twice("contacts.deliver_webhook", str(sent.pk))
        assert len(outside.came) == 1


def applying(cast: Cast, meta: object) -> None:
    from tests.contacts.exchange.test_api import ROW

    _world(cast)
    hook = ExchangeHook.objects.for_system(_WHY).get()
    hook.body, hook.state = json.dumps({"orders": [ROW]}), "pending"
    hook.save()
    run_twice("contacts.apply_exchange_hook", str(hook.pk))
    assert Order.objects.for_system(_WHY).filter(source="erp").count() == 1


def reading(cast: Cast, meta: object) -> None:
    from tests.contacts.exchange.shops import shop
    from tests.contacts.exchange.test_pulling import connected, stock

    with shop("shopify") as stand_in:
        stock(stand_in, 2)
        run_twice("contacts.pull_shop", str(connected(cast, stand_in).pk))
        assert Order.objects.for_system(_WHY).count() == 2


def sweeping(cast: Cast, meta: object) -> None:
    _world(cast)
    Delivery.objects.for_system(_WHY).update(state="waiting", due_at=timezone.now())
    run_twice("contacts.sweep_exchange")


def forgetting(cast: Cast, meta: object) -> None:
    _world(cast)
    ExchangeHook.objects.for_system(_WHY).update(received_at="2020-01-01T00:00:00Z")
    Delivery.objects.for_system(_WHY).update(settled_at="2020-01-01T00:00:00Z")
    run_twice("contacts.forget_exchange")
    assert not ExchangeHook.objects.for_system(_WHY).exists() and not Delivery.objects.for_system(_WHY).exists()
    assert ExchangeSource.objects.for_system(_WHY).exists()


EXCHANGE_TASKS = {
    "contacts.deliver_webhook": telling,
    "contacts.apply_exchange_hook": applying,
    "contacts.pull_shop": reading,
    "contacts.sweep_exchange": sweeping,
    "contacts.forget_exchange": forgetting,
}
