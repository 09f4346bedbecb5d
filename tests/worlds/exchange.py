"""An order, a connected system and a subscription of a region."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from contacts.actions.orders import upsert_orders
from contacts.actions.products import upsert_products
from contacts.exchange.rows import ContactRow, ItemRow, OrderRow, ProductRow
from contacts.models import Contact, Delivery, ExchangeHook, ExchangeSource, Identity, Order, Subscription
from security.encryption.keyring import shared_key
from security.models import Region
from tests.conftest import BY

_WHY = "the test looks"


def exchange_rows(region: Region, contact: Contact, *, word: str = "jade") -> dict[str, Any]:
    """``{order, source, subscription}``: ``order`` is the contact's."""
    number = Identity.objects.for_system(_WHY).filter(contact=contact, kind="wa_id").first()
    who = ContactRow(external_id=f"c-{contact.pk}", phone=f"+{number.value}" if number else "")
    upsert_products(by=BY, region=region, source="shop", rows=[ProductRow("p1", f"Pot {word}")])
    row = OrderRow(
        external_id=f"o-{contact.pk}",
        contact=who,
        state="paid",
        currency="TWD",
        total_minor=100,
        placed_at=datetime(2026, 5, 1, tzinfo=UTC),
        number=f"#{word}",
        items=(ItemRow(name=f"Pot {word}", product="p1"),),
    )
    (told,) = upsert_orders(by=BY, region=region, source="shop", rows=[row])
    key_id = shared_key(region_id=region.pk, purpose="exchange")
    now = timezone.now()
    source = ExchangeSource(region=region, code="erp", name=f"ERP {word}", kind="webhook", key_id=key_id)
    source.secret, source.created_at = {"signing": ["s"]}, now
    source.save(force_insert=True)
    hook = ExchangeHook(source=source, key_id=key_id, nonce=b"1", received_at=now, state="applied")
    hook.body = "{}"
    hook.save(force_insert=True)
    subscription = Subscription(region=region, name=f"ERP {word}", url="http://127.0.0.1:1/", key_id=key_id)
    subscription.secret, subscription.kinds, subscription.created_at = ["s"], ["order.paid"], now
    subscription.save(force_insert=True)
    Delivery(
        subscription=subscription, kind="test", subject_id="1", happened_at=now, due_at=now, begun_at=now, state="dead"
    ).save(force_insert=True)
    order = Order.objects.for_system(_WHY).get(pk=told.id)
    return {"order": order, "source": source, "subscription": subscription}
