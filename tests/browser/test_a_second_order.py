"""Two orders within a day, one by each way a shop has, make a frequent buyer on the card that is open (CM-1, CM-3)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in, region_id
from tests.browser.programs import connect_webhook, example_client, make_key
from tests.house.house import House

pytestmark = pytest.mark.browser


def _order(customer: Customer, number: str, paid: datetime) -> dict[str, Any]:
    return {
        "external_id": number,
        "number": f"#{number}",
        "contact": {"external_id": f"c-{customer.name}", "phone": customer.phone},
        "state": "paid",
        "currency": "TWD",
        "total_minor": 168_000,
        "placed_at": paid.isoformat(),
        "paid_at": paid.isoformat(),
        "items": [{"name": "山嵐茶壺", "quantity": 1, "unit_minor": 168_000}],
    }


def test_it_is_told_on_the_card_that_is_open(agent: Callable[..., Agent], phone: Page, house: House) -> None:
    stamp = time.monotonic_ns() % 10_000_000
    ana = agent("ana")
    ana.set_up_factor()
    key = make_key(ana, f"收銀機{stamp}", region="亞洲", may="寫入其他系統的聯絡人、訂單與商品")
    address, secret = connect_webhook(ana, f"網路商店{stamp}", f"shop-{stamp}", region="亞洲")
    client = example_client()
    till = client.Kefu(house.url, key=key, region=region_id(house, "亞洲"), source="till")

    ben = agent("ben").look_at("all")
    customer = Customer(phone, house).arrive(Customer.fresh_name("許"), number_in(house, "亞洲"))
    customer.write("我剛下單了")
    ben.open(customer.name)
    bought = ben.page.get_by_role("complementary", name="客戶資料").get_by_role("region", name="購買紀錄")
    expect(bought).to_contain_text("還沒有訂單")

    now = datetime.now(UTC)
    first, second = f"A{stamp}", f"B{stamp}"
    (told,) = till.upsert("orders", [_order(customer, first, now - timedelta(hours=5))])
    assert told["done"] == "created"
    expect(bought).to_contain_text(f"#{first}")
    expect(ben.tags).not_to_contain_text("高頻買家")

    assert client.send_webhook(address, secret, {"orders": [_order(customer, second, now)]})["new"]
    expect(bought).to_contain_text(f"#{second}")
    expect(ben.tags).to_contain_text("高頻買家")
    expect(ben.line_of(customer.name)).to_contain_text("高頻買家")
    expect(ben.tags).not_to_contain_text("VIP")
