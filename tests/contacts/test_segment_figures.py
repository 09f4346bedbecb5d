"""What segments ask of purchases stays true however orders come, change and move: held against the orders."""

from datetime import timedelta

from django.utils import timezone

from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.actions.orders import remove_orders, upsert_orders
from contacts.conditions.tree import parse
from contacts.exchange.rows import ContactRow, OrderRow
from contacts.models import Contact, Order, PurchaseFigures
from contacts.segments import people_by
from contacts.segments.compiling import facts_of_segments
from tests.conftest import BY, Cast
from tests.contacts.exchange.rows import order
from tests.contacts.test_segments import NOW, agree, every_condition
from tests.worlds.factors import fresh_access

_WHY = "the test looks"
LIN = ContactRow(external_id="c2", phone="+886922222222", name="Lin")
WU = ContactRow(external_id="c3", phone="+886933333333", name="Wu")


def pushed(cast: Cast, *rows: OrderRow, history: bool = False) -> None:
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=list(rows), history=history)
    told(cast)


def told(cast: Cast) -> None:
    """Every question about purchases counts whom the orders name."""
    facts = facts_of_segments(cast.asia.pk)
    rows = list(Contact.objects.for_system(_WHY).filter(gone=""))
    bought = [one for one in every_condition(facts, cast.asia) if one["fact"] in PURCHASES]
    assert len(bought) > 20
    for one in bought:
        agree(parse({"all": [one]}, facts, region_id=cast.asia.pk), cast.asia, rows, facts)


PURCHASES = ("contact.orders", "contact.spent", "contact.last_order_at")


def buyers(cast: Cast, least: int) -> int:
    facts = facts_of_segments(cast.asia.pk)
    node = parse({"all": [{"fact": "contact.orders", "op": "ge", "value": least}]}, facts, region_id=cast.asia.pk)
    return int(people_by(node, region_id=cast.asia.pk, now=timezone.now()).count())


def test_purchases_are_counted_as_they_are_after_a_push_a_change_a_merge_and_an_erasure(cast: Cast):
    ago = {days: NOW - timedelta(days=days) for days in (1, 7, 29, 400)}
    pushed(
        cast,
        order("o1", placed_at=ago[400]),
        order("o2", placed_at=ago[1], currency="USD", total_minor=50),
        order("o3", contact=LIN, placed_at=ago[29]),
        order("o4", contact=WU, state="pending", placed_at=ago[7]),
    )
    assert [buyers(cast, count) for count in (1, 2, 3)] == [2, 1, 0]  # of two currencies together
    pushed(cast, order("o4", contact=WU, placed_at=ago[7]), order("o2", state="cancelled", placed_at=ago[1]))
    assert [buyers(cast, count) for count in (1, 2)] == [3, 0]
    pushed(cast, order("o5", contact=LIN, placed_at=ago[7], currency="USD"), history=True)  # of an import
    assert buyers(cast, 2) == 1
    mei, lin = (Order.objects.for_system(_WHY).filter(placed_at=ago[days])[0].contact_id for days in (400, 29))
    ana = fresh_access(cast, "ana")
    merge_contacts(by=ana, kept_id=lin, merged_id=mei)
    carry_on_merging()
    told(cast)
    assert [buyers(cast, count) for count in (1, 3, 4)] == [2, 1, 0]
    taken_back = Order.objects.for_system(_WHY).get(contact_id=lin, placed_at=ago[7]).pk
    remove_orders(by=BY, region=cast.asia, source="shop", order_ids=[taken_back])
    told(cast)
    assert buyers(cast, 3) == 0
    erase_contact(by=ana, contact_id=lin, confirm="Lin", reason="Asked for it")
    carry_on_erasing()
    told(cast)
    assert buyers(cast, 1) == 1
    assert not PurchaseFigures.objects.for_system(_WHY).filter(contact_id=lin).exists()
