"""What need not be typed: a canned reply that asks for its variable, a macro, a reply that leaves by itself, once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
_SOON = """async (seconds) => {
  const place = `/api/v1/conversations/${location.pathname.split("/").at(-1)}/scheduled-replies`;
  const list = await (await fetch(place)).json();
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const body = JSON.stringify({ send_at: new Date(Date.now() + seconds * 1000).toISOString() });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  await fetch(`/api/v1/scheduled-replies/${list.results[0].id}`, { method: "PATCH", headers, body });
}"""


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))


def test_a_canned_reply_is_filled_in_and_asks_for_what_nobody_knows(
    agent: Callable[..., Agent], customer: Customer
) -> None:
    ben = agent("ben").look_at("all")
    customer.write("請問訂單 IL20260311 寄出了嗎？")
    ben.open(customer.name)
    ben.composer.press_sequentially("/已寄出")
    ben.page.get_by_role("option", name="已寄出與單號").wait_for()
    ben.composer.press("Enter")
    expect(ben.page.get_by_label("訂單編號").first).to_have_value("IL20260311")
    ben.page.get_by_label("物流單號").first.fill("9988")
    ben.page.get_by_role("button", name="插入").click()
    ben.composer.press("Enter")
    expect(customer.bubble("9988")).to_have_count(1)
    expect(customer.bubble("{")).to_have_count(0)
    expect(customer.bubble(customer.name)).to_have_count(1)


def test_a_macro_says_what_it_will_do_does_all_of_it_and_is_taken_back(
    agent: Callable[..., Agent], customer: Customer
) -> None:
    ben = agent("ben").look_at("all")
    customer.write("包裹什麼時候會到？")
    ben.open(customer.name)
    ben.page.get_by_role("heading", name=customer.name).first.click()
    ben.page.keyboard.press("m")
    ben.page.get_by_role("button", name="出貨通知並結案").click()
    expect(ben.page.get_by_role("dialog")).to_contain_text("結案")
    ben.page.get_by_label("訂單編號").first.fill("IL7")
    ben.page.get_by_label("物流單號").first.fill("T-77")
    ben.page.get_by_role("button", name="執行", exact=True).click()
    expect(customer.bubble("T-77")).to_have_count(1)
    ben.page.get_by_role("button", name="復原").click()
    expect(ben.page.get_by_role("button", name="解決", exact=True)).to_be_visible()
    expect(customer.bubble("T-77")).to_have_count(1)


def test_a_reply_for_later_leaves_at_its_time_and_once(agent: Callable[..., Agent], customer: Customer) -> None:
    ben, dee = agent("ben").look_at("all"), agent("dee").look_at("all")
    customer.write("我明天再看看")
    ben.open(customer.name)
    ben.composer.fill("想再問問您考慮得如何？")
    ben.page.get_by_role("button", name="稍後送出").click()
    ben.page.get_by_role("menuitem", name="一小時後").click()
    waits = ben.page.get_by_role("region", name="排定的回覆")
    expect(waits).to_contain_text("想再問問您考慮得如何？")
    expect(ben.composer).to_have_value("")
    expect(dee.line_of(customer.name).get_by_role("img", name="有排定的回覆")).to_be_visible()
    ben.page.evaluate(_SOON, 2)
    expect(customer.bubble("考慮得如何")).to_have_count(1)
    expect(waits).to_have_count(0)
    ben.page.wait_for_timeout(6000)
    expect(customer.bubble("考慮得如何")).to_have_count(1)


def test_all_settings_are_under_one_entry_and_old_addresses_work(agent: Callable[..., Agent]) -> None:
    dee = agent("dee")
    dee.page.get_by_role("link", name="設定", exact=True).click()
    menu = dee.page.get_by_role("navigation", name="設定")
    for part in ("罐頭回覆", "巨集", "指派", "服務時間"):
        menu.get_by_role("link", name=part).click()
        expect(menu.get_by_role("link", name=part)).to_have_attribute("aria-current", "page")
    dee.page.goto(f"{dee.house.url}/settings/service")
    expect(menu.get_by_role("link", name="服務時間")).to_have_attribute("aria-current", "page")
