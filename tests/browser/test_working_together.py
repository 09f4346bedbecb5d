"""Two colleagues at one conversation: put aside and back, locked and let go, several changed at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))


def test_what_is_put_aside_comes_back_when_the_customer_writes(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("all")
    customer.write("我晚點把單號給你")
    ben.open(customer.name)
    ben.page.get_by_role("heading", name=customer.name).first.click()
    ben.page.keyboard.press("z")
    ben.page.get_by_role("menuitem", name="一小時後").click()
    expect(ben.line_of(customer.name)).to_be_hidden()
    ben.look_at("snoozed")
    expect(ben.line_of(customer.name)).to_contain_text("回來")
    customer.write("單號是 5566")
    expect(ben.line_of(customer.name)).to_be_hidden()
    ben.look_at("all")
    expect(ben.line_of(customer.name)).to_contain_text("客戶回覆了")


def test_a_lock_closes_the_colleagues_composer_until_it_is_let_go(
    agent: Callable[..., Agent], customer: Customer
) -> None:
    ben, dee = agent("ben").look_at("all"), agent("dee").look_at("all")
    customer.write("我要退款")
    ben.open(customer.name)
    dee.open(customer.name)
    dee.lock("退款處理中")
    expect(ben.page.get_by_text("退款處理中").first).to_be_visible()
    expect(ben.composer).to_be_hidden()
    expect(ben.page.get_by_role("button", name="解決", exact=True)).to_be_hidden()
    dee.answer("款項已經退回")
    expect(ben.bubble("款項已經退回")).to_be_visible()
    dee.page.get_by_role("button", name="解除鎖定").first.click()
    expect(ben.page.get_by_text("退款處理中")).to_have_count(0)


def test_several_are_made_urgent_at_once_and_put_back(agent: Callable[..., Agent], customer: Customer) -> None:
    dee = agent("dee").look_at("all")
    customer.write("急！")
    line = dee.line_of(customer.name)
    expect(line).to_be_visible()
    dee.page.get_by_role("checkbox", name=customer.name).check(force=True)
    dee.page.get_by_role("button", name="優先順序").click()
    dee.page.get_by_role("menuitem", name="緊急").click()
    expect(line.get_by_role("img", name="緊急")).to_be_visible()
    dee.page.get_by_role("button", name="復原").click()
    expect(line.get_by_role("img", name="緊急")).to_be_hidden()
