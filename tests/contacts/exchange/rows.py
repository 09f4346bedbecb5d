"""Rows as other systems send them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from contacts.exchange.rows import ContactRow, ItemRow, OrderRow

MEI = ContactRow(external_id="c1", phone="0912 345 678", country="TW", name="美玲")


def order(ref: str = "o1", **said: Any) -> OrderRow:
    usual = OrderRow(
        external_id=ref,
        contact=MEI,
        number=f"#{ref.upper()}",
        state="paid",
        currency="TWD",
        total_minor=120_000,
        placed_at=datetime(2026, 5, 1, 8, tzinfo=UTC),
        items=(ItemRow(name="茶壺", sku="POT-1", quantity=2, unit_minor=60_000, product="p1"),),
    )
    return replace(usual, **said)
