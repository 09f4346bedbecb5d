"""What some customers of the demo shop have bought: in the past, as a shop that was read would tell it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from contacts.actions.orders import upsert_orders
from contacts.actions.products import upsert_products
from contacts.exchange.rows import ContactRow, ItemRow, OrderRow, ProductRow
from contacts.models import Contact, ExternalId
from inbox.demo.accounts import BY
from security.encryption.blind_index import BlindIndex
from security.models import Region
from security.writing import write

SOURCE = "tea-shop"
_MOST = 30  # customers of a region; every other one of those who wrote last
_SOLD = (
    ("POT-01", "紫砂壺 Clay teapot", 168_000),
    ("CUP-04", "茶杯組 Set of four cups", 89_000),
    ("TEA-02", "高山烏龍 High mountain oolong", 62_000),
)
_STATES = ("delivered", "delivered", "shipped", "paid", "returning", "refunded", "pending")


def add_purchases(regions: Mapping[str, Region], *, now: datetime) -> None:
    products = [ProductRow(sku, name, sku, "TWD", price) for sku, name, price in _SOLD]
    for region in regions.values():
        rows = Contact.objects.for_system("the demo shop").filter(region=region, gone="")
        contacts = list(rows.order_by("-last_seen_at", "pk")[: 2 * _MOST : 2])
        _bind(region, contacts, now=now)
        orders = [
            _order(place, turn, ContactRow(external_id=_id_of(place)), now=now)
            for place in range(len(contacts))
            for turn in range(1 + place % 3)
        ]
        upsert_products(by=BY, region=region, source=SOURCE, rows=products)
        upsert_orders(by=BY, region=region, source=SOURCE, rows=orders, history=True)


def _id_of(place: int) -> str:
    return f"customer-{place}"


def _bind(region: Region, contacts: Sequence[Contact], *, now: datetime) -> None:
    """By their ids at the shop: their numbers are of ranges set aside, and some are refused as no numbers at all."""
    index = BlindIndex(region.pk)
    with write(by=BY):
        for place, contact in enumerate(contacts):
            digest = index.digest(_id_of(place), kind=f"external/{SOURCE}")
            row = ExternalId(contact=contact, region=region, source=SOURCE, digest=digest, first_seen_at=now)
            row.key_id = contact.key_id
            row.value = _id_of(place)
            row.save(force_insert=True)


def _order(place: int, turn: int, who: ContactRow, *, now: datetime) -> OrderRow:
    number, state = 1000 + 10 * place + turn, _STATES[(place + turn) % len(_STATES)]
    placed = now - timedelta(days=3 + 7 * place % 90 + 21 * turn, hours=place)
    sku, name, price = _SOLD[(place + turn) % len(_SOLD)]
    count = 1 + turn % 2
    return OrderRow(
        external_id=f"order-{number}",
        contact=who,
        number=f"#{number}",
        state=state,
        currency="TWD",
        total_minor=price * count,
        placed_at=placed,
        paid_at=None if state == "pending" else placed + timedelta(minutes=9),
        items=(ItemRow(name=name, quantity=count, unit_minor=price, sku=sku, product=sku),),
    )
