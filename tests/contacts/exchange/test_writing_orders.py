"""Orders and contacts of other systems: once each, partial errors per row, figures that stay right."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from contacts.actions.orders import remove_orders, upsert_orders
from contacts.actions.outside_contacts import upsert_contacts
from contacts.actions.products import upsert_products
from contacts.actions.recognise import recognise_contacts
from contacts.exchange.rows import ContactRow, ProductRow
from contacts.models import Contact, ExchangePolicy, ExternalId, Identity, Order, OrderItem, PurchaseFigures
from contacts.order_queries import order_page
from contacts.seen import Seen
from security.errors import Invalid, NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.contacts.exchange.rows import MEI, order

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def rows_of(model: Any) -> Any:
    return model.objects.for_system("the test")


def figures() -> list[tuple[int, int]]:
    return list(rows_of(PurchaseFigures).values_list("orders", "spent_minor"))


def put(cast: Cast, *rows: Any, **how: Any) -> list[str]:
    return [one.done for one in upsert_orders(by=BY, region=cast.asia, source="shop", rows=rows, **how)]


def test_the_same_order_twice_is_one_and_what_changed_is_counted(cast: Cast):
    upsert_products(by=BY, region=cast.asia, source="shop", rows=[ProductRow("p1", "茶壺")])
    assert put(cast, order()) == ["created"]
    assert put(cast, order()) == ["unchanged"]
    assert put(cast, order(state="refunded"), order("o2", total_minor=50)) == ["updated", "created"]
    assert (figures(), rows_of(Contact).count()) == ([(1, 50)], 1)
    line = rows_of(OrderItem).select_related("product").first()
    assert (line.name, line.product.name) == ("茶壺", "茶壺")
    (found,) = order_page(access=cast.access("ben"), after=None, limit=5, number="o1")
    assert (found.number, found.ref, found.state, found.version) == ("#O1", "o1", "refunded", 2)
    assert order_page(access=cast.access("cho"), after=None, limit=5) == []


def test_older_news_that_come_late_change_nothing(cast: Cast):
    put(cast, order(state="shipped", told_at=NOW))
    assert put(cast, order(state="paid", told_at=NOW.replace(day=1, month=5))) == ["unchanged"]
    assert rows_of(Order).get().state == "shipped"


def test_a_wrong_row_holds_up_none_of_the_others(cast: Cast):
    wrong = [
        order("", contact=MEI),
        order("a", state="lost"),
        order("b", currency="twd"),
        order("c", contact=ContactRow(phone="12")),
        order("d", contact=ContactRow(name="Nobody")),
        order("e", placed_at=datetime(2026, 1, 1)),  # noqa: DTZ001
    ]
    told = upsert_orders(by=BY, region=cast.asia, source="shop", rows=[*wrong, order("good")])
    fields = [one.refusal.field for one in told if one.refusal]
    assert fields == ["external_id", "state", "currency", "phone", "external_id", "placed_at"]
    assert [one.done for one in told][-1] == "created" and rows_of(Contact).count() == 1


def test_whoever_writes_is_whom_the_shop_knows_and_keeps_their_name(cast: Cast):
    seen = Seen(bsuid="TW.1", wa_id="886912345678", name="Mei", username=None, at=NOW)
    (writer,) = recognise_contacts(by=BY, region=cast.asia, portfolio="p", seen=[seen])
    put(cast, order())
    assert rows_of(Order).get().contact_id == writer.pk
    assert rows_of(Contact).get().profile == {"profile_name": "Mei", "name": "美玲"}
    # the other way round: known from the shop, then they write
    put(cast, order("o2", contact=ContactRow(external_id="c2", phone="+886 922 222 222")))
    seen = Seen(bsuid=None, wa_id="886922222222", name="Lin", username=None, at=NOW)
    (second,) = recognise_contacts(by=BY, region=cast.asia, portfolio="p", seen=[seen])
    assert rows_of(ExternalId).get(contact=second).value == "c2"


def test_a_shop_takes_no_number_from_anybody(cast: Cast):
    other = ContactRow(external_id="c9", phone="0999888777", country="TW", name="Lin")
    upsert_contacts(by=BY, region=cast.asia, source="shop", rows=[MEI, other])
    (told,) = upsert_contacts(by=BY, region=cast.asia, source="shop", rows=[replace(MEI, phone=other.phone)])
    assert told.notes == ("phone_of_another",)
    upsert_contacts(by=BY, region=cast.asia, source="shop", rows=[replace(MEI, phone="0933333333")])
    mine = rows_of(Identity).filter(contact=rows_of(ExternalId).get(digest=_digest(cast, "c1")).contact)
    assert sorted((one.kind, one.value) for one in mine) == [("phone", "886933333333"), ("wa_id", "886912345678")]


def _digest(cast: Cast, ref: str) -> bytes:
    from security.encryption.blind_index import blind

    return blind(ref, kind="external/shop", region_id=cast.asia.pk)


def test_only_whoever_may_write_there_and_no_more_than_the_policy_says(cast: Cast):
    ExchangePolicy.objects.create(pk=1, rows_at_once=10)
    for who, where, refusal in (("ben", cast.asia, NotAllowed), ("cho", cast.asia, NotAllowed)):
        with pytest.raises(refusal):
            upsert_orders(by=cast.access(who), region=where, source="shop", rows=[order()])
    with pytest.raises(Invalid):
        upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order()] * 11)
    with pytest.raises(Invalid):
        upsert_orders(by=BY, region=cast.asia, source="My shop", rows=[order()])
    from security.actions.people import add_region

    third = add_region(by=BY, code="africa", name="Africa", time_zone="Africa/Cairo")
    with pytest.raises(NotFound):
        upsert_orders(by=cast.access("dee"), region=third, source="shop", rows=[order()])


def test_an_undone_import_leaves_no_figures(cast: Cast):
    put(cast, order(), order("o2"))
    ids = list(rows_of(Order).values_list("pk", flat=True))
    assert remove_orders(by=BY, region=cast.asia, source="shop", order_ids=ids[:1]) == 1
    assert figures() == [(1, 120_000)]
