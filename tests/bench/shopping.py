"""``python -m tests.bench.shopping <contacts> <orders>``: tops a load world up to so many contacts, and gives each of
them orders, in bulk."""

import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

_AT_ONCE = 1000  # contacts
_GOODS = ("茶壺 180 ml", "Teapot, celadon", "茶杯", "Tea tray", "高山烏龍茶 150 g", "Gift box")
_STATES = ("delivered",) * 7 + ("shipped", "paid", "returning", "cancelled")


def main(contacts: int, orders: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from contacts.models import Contact
    from security.models import Region

    people = Contact.objects.for_system("orders for the bench").filter(gone="")
    regions = list(Region.objects.all())
    _introduce(regions, contacts - people.count())
    each = max(1, round(orders / max(1, people.count())))
    for region in regions:
        for chunk in _chunks(people.filter(region=region)):
            _buy(chunk, each)
    return 0


def _introduce(regions: list[Any], count: int) -> None:
    """People who are known by a number and a name, and have not been talked with."""
    from django.db import transaction
    from django.utils import timezone

    from contacts.models import Contact, Identity
    from security.bulk import insert_many
    from security.encryption.blind_index import BlindIndex
    from security.encryption.keyring import make_keys

    now = timezone.now()
    for start in range(0, count, _AT_ONCE):
        region = regions[start // _AT_ONCE % len(regions)]
        size, index = min(_AT_ONCE, count - start), BlindIndex(region.pk)
        with transaction.atomic():
            keys = make_keys(region_id=region.pk, purpose="contact", count=size)
            people, numbers = [], []
            for place, key in enumerate(keys, start=start):
                one = Contact(region=region, key_id=key.pk, profile={"name": f"Guest {place}"}, first_seen_at=now)
                value = f"88690{place:07}"
                people.append(one)
                numbers.append(
                    Identity(
                        contact=one,
                        region=region,
                        key_id=key.pk,
                        kind="wa_id",
                        value=value,
                        first_seen_at=now,
                        last_seen_at=now,
                        digest=index.digest(value, kind="wa_id"),
                    )
                )
            insert_many(people)
            insert_many(numbers)


def _chunks(rows: Any) -> Iterator[list[Any]]:
    after = None
    while True:
        page = list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:_AT_ONCE])
        if not page:
            return
        yield page
        after = page[-1].pk


def _buy(contacts: list[Any], each: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from contacts.models import Order, OrderItem, PurchaseFigures
    from security.bulk import insert_many
    from security.encryption.keyring import open_keys

    open_keys(contact.key_id for contact in contacts)
    chance, now = random.Random(str(contacts[0].pk)), timezone.now()
    orders, items, figures = [], [], []
    for contact in contacts:
        times = sorted(now - timedelta(minutes=chance.randrange(500_000)) for _ in range(each))
        for number, at in enumerate(times):
            ref = f"{contact.pk.hex[-8:]}-{number}"
            order = Order(
                region_id=contact.region_id, contact=contact, key_id=contact.key_id, source="bench", ref=ref,
                number=ref, state=chance.choice(_STATES), currency="TWD", total_minor=chance.randrange(1, 900) * 1000,
                placed_at=at,
            )  # fmt: skip
            orders.append(order)
            items.append(OrderItem(order=order, key_id=contact.key_id, name=chance.choice(_GOODS), unit_minor=1000))
        spent = sum(order.total_minor for order in orders[-each:])
        figures.append(
            PurchaseFigures(
                contact=contact,
                region_id=contact.region_id,
                currency="TWD",
                orders=each,
                spent_minor=spent,
                first_order_at=times[0],
                last_order_at=times[-1],
                all_orders=each,
                all_last_order_at=times[-1],
            )
        )
    with transaction.atomic():
        for rows in (orders, items, figures):
            insert_many(rows)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
