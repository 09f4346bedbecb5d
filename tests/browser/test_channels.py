"""A number that WhatsApp throttles, as agents and supervisors see it in their browsers."""

import re
from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
ANSWER = "您好，我看一下"


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("周"), number_in(house, "亞洲"))


def test_a_throttled_number_is_explained_looked_at_and_resumed(
    house: House, agent: Callable[..., Agent], customer: Customer
) -> None:
    ben = agent("ben").look_at("unassigned")
    customer.write("請問營業到幾點？")
    ben.open(customer.name)
    fault = {"kind": "send_error", "code": 130429, "status": 429}
    requests.post(f"{house.phone_url}/__sim/faults", json=fault, timeout=10).raise_for_status()
    ben.answer(ANSWER)

    banner = ben.page.get_by_role("complementary", name="發送已暫停")
    expect(banner).to_contain_text(re.compile(r"已暫停發送.*超過 WhatsApp 的上限.*起.*恢復.*未超過 500 則"))
    expect(banner.get_by_role("link")).to_have_count(0)

    dee = agent("dee")
    dee.page.get_by_role("complementary", name="發送已暫停").get_by_role("link", name="查看").click()
    sending = dee.page.get_by_role("region", name="發送狀態")
    expect(sending).to_contain_text("代碼 130429")
    health = dee.page.get_by_role("region", name="WhatsApp 對這個號碼的評估")
    expect(health).to_contain_text("檢查時間")
    sending.get_by_role("button", name="恢復發送").click()
    expect(sending).to_contain_text("正常發送")

    expect(banner).to_be_hidden()
    tick = ben.bubble(ANSWER).get_by_role("img", name=re.compile("已送達|已讀"))
    expect(tick).to_be_visible(timeout=20_000)
    expect(customer.bubble(ANSWER)).to_have_count(1)


def test_a_test_message_shows_its_ticks_as_they_come(
    house: House, agent: Callable[..., Agent], customer: Customer
) -> None:
    """To somebody who wrote just now."""
    customer.write("在嗎？")
    dee = agent("dee").look_at("all")
    dee.open(customer.name)
    number = dee.page.get_by_text(re.compile(r"^\+\d")).first.inner_text()
    dee.page.get_by_role("link", name="頻道").click()
    channel = next(c for c in house.info()["channels"] if "亞洲" in c["region"])
    dee.page.get_by_role("link", name=re.compile(channel["name"])).click()
    test = dee.page.get_by_role("region", name="傳送測試")
    test.get_by_label("含國碼的電話號碼").fill(number)
    test.get_by_role("button", name="傳送").click()
    expect(test.get_by_role("status")).to_contain_text(re.compile(r"已送達 \d\d:\d\d"), timeout=20_000)
    expect(customer.bubble("這是一則連線測試訊息。")).to_be_visible()
