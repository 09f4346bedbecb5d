"""Orders take part in what belongs to a contact: merged, exported, erased with the webhooks that name them (CM-8)."""

from typing import Any

import pytest

from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.actions.hooks import apply_hook, keep_hook
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.actions.orders import upsert_orders
from contacts.exchange.rows import ContactRow
from contacts.models import Contact, ExchangeHook, ExternalId, Order, OrderItem, PurchaseFigures
from contacts.privacy.belongings import all_belongings
from security.encryption.sealing import Unreadable
from tests.conftest import BY, Cast
from tests.contacts.exchange.rows import order
from tests.contacts.exchange.test_hooks import connected
from tests.worlds.factors import fresh_access


def rows_of(model: Any) -> Any:
    return model.objects.for_system("the test")


def test_a_merge_moves_them_an_erasure_leaves_sums_without_words(cast: Cast):
    other = ContactRow(external_id="c2", phone="+886922222222", name="Lin")
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order(), order("o2", contact=other)])
    kept, merged = rows_of(Order).order_by("id")
    ana = fresh_access(cast, "ana")
    merge_contacts(by=ana, kept_id=kept.contact_id, merged_id=merged.contact_id)
    carry_on_merging()
    assert {row.contact_id for row in rows_of(Order)} == {kept.contact_id}
    assert list(rows_of(PurchaseFigures).values_list("orders", "spent_minor")) == [(2, 240_000)]
    contact = rows_of(Contact).get(pk=kept.contact_id)
    assert {row.key_id for row in rows_of(Order)} == {contact.key_id}
    told = next(one for one in all_belongings() if one.name == "purchases").gather(contact, None)  # type: ignore[arg-type]
    assert [one["number"] for one in told["orders"]] == ["#O1", "#O2"] and len(told["external_ids"]) == 2
    source, _secret = connected(cast)
    bodies = [
        '{"contacts": [{"external_id" : "c1"}]}',
        '{"contacts": [{"phone": "+886922222222"}]}',
        '{"contacts": []}',
    ]
    for place, body in enumerate(bodies):
        apply_hook(keep_hook(source, nonce=bytes([place]), body=body.encode())[0])
    erase_contact(by=ana, contact_id=kept.contact_id, confirm="美玲", reason="Asked for it")
    carry_on_erasing()
    left = rows_of(Order).first()
    assert (left.total_minor, left.ref_digest, left.number_digest) == (120_000, None, None)
    for row in (left, rows_of(OrderItem).first()):
        with pytest.raises(Unreadable):
            assert row.number if isinstance(row, Order) else row.name
    assert not rows_of(ExternalId).filter(source="shop").exists() and not rows_of(PurchaseFigures).exists()
    assert [row.body for row in rows_of(ExchangeHook)] == ['{"contacts": []}']
