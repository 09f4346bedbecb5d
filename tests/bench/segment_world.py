"""``python -m tests.bench.segment_world COUNT``: so many contacts of the first region, in bulk, with tags, orders and
open conversations, as JSON: the region's id, a tag's, and a key to ask with. All are sealed with one data key: nothing
here is about reading them."""

import json
import os
import sys
from datetime import timedelta
from random import Random
from typing import Any

import django

_SOME = 5000


def build(count: int) -> dict[str, Any]:
    from contacts.models import Tag
    from security.bulk import insert_many
    from security.encryption.keyring import make_keys
    from security.models import Region

    region = Region.objects.order_by("pk")[0]
    (key,) = make_keys(region_id=region.pk, purpose="contact")
    tags = [Tag(region=region, name=f"t{n}", folded=f"t{n}", created_at=_now()) for n in range(3)]
    insert_many(tags)
    rng = Random(4)
    for begin in range(0, count, _SOME):
        _some(region, key.pk, tags, rng, min(_SOME, count - begin))
    _analyse()
    return {"region": region.pk, "tag": str(tags[1].pk), "api_key": _key_of_a_supervisor(region)}


def _key_of_a_supervisor(region: Any) -> str:
    """Whoever writes segments sees everybody in the region."""
    from knox.models import get_token_model

    from security.actions.people import add_person
    from tests.conftest import BY, PASSWORD

    person = add_person(
        by=BY, email="segments@kefu.test", name="Segments", password=PASSWORD, level="supervisor", regions=[region]
    )
    return str(get_token_model().objects.create(user=person)[1])


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _spent(region: Any, key_id: Any, people: Any, rng: Random) -> None:
    """What they bought, and what that comes to."""
    from contacts.models import Order, PurchaseFigures
    from security.bulk import insert_many

    now, day = _now(), timedelta(days=1)
    orders, figures = [], []
    for one in people:
        times = [now - rng.random() * 700 * day for _ in range(rng.choice((0, 0, 1, 1, 2, 3, 5)))]
        orders += [
            Order(
                region=region, contact=one, key_id=key_id, source="bench", ref="", number="", state="paid",
                currency="TWD", total_minor=rng.randint(100_00, 9000_00), placed_at=at,
            )
            for at in times
        ]  # fmt: skip
        if times:
            figures.append(
                PurchaseFigures(
                    contact=one, region=region, currency="TWD", orders=len(times),
                    spent_minor=len(times) * rng.randint(100_00, 9000_00),
                    first_order_at=min(times), last_order_at=max(times),
                    all_orders=len(times), all_last_order_at=max(times),
                )
            )  # fmt: skip
    insert_many(orders)
    insert_many(figures)


def _some(region: Any, key_id: Any, tags: Any, rng: Random, count: int) -> None:
    from contacts.models import Contact, ContactTag
    from inbox.models import Channel, Conversation
    from security.bulk import insert_many

    now, day = _now(), timedelta(days=1)
    people = [
        Contact(
            region=region, key_id=key_id, profile={"name": f"Somebody {n}"},
            country=rng.choice(("TW", "TW", "HK", "US")),
            language=rng.choice(("", "zh-hant", "en")), first_seen_at=now - rng.random() * 900 * day,
            last_seen_at=now - rng.random() * 400 * day,
            marketing_told_at=now if rng.random() < 0.5 else None,
        )
        for n in range(count)
    ]  # fmt: skip
    insert_many(people)
    _spent(region, key_id, people, rng)
    insert_many([ContactTag(contact=one, tag=tag, at=now) for one in people
                 for share, tag in zip((0.02, 0.2, 0.5), tags, strict=True) if rng.random() < share])  # fmt: skip
    channel = Channel.objects.for_system("the bench").filter(region=region).order_by("pk")[0]
    insert_many(
        [
            Conversation(
                region=region, channel=channel, contact=one, state=rng.choice(("open", "resolved", "resolved")),
                last_activity_at=now, created_at=now,
            )
            for one in people
        ]
    )  # fmt: skip


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(build(int(sys.argv[1]))))
