"""Somebody looks for what a customer wrote, goes there, and comes back to what they had found."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))


def test_from_a_word_to_its_message_and_back(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("all")
    code = Customer.fresh_name("KF")[2:]
    customer.write(f"訂單編號 KF-{code}，想換一個顏色 🙏")
    expect(ben.line_of(customer.name)).to_be_visible()
    ben.page.keyboard.press("/")
    ben.page.get_by_role("searchbox", name="要找的字詞").fill(f"KF-{code[-4:]} 颜色")
    expect(ben.page.get_by_text("找不到符合的內容").first).to_be_visible()  # not the beginning of that number
    ben.page.get_by_role("searchbox", name="要找的字詞").fill(f"{code} 颜色")
    hit = ben.page.get_by_role("region", name="訊息").get_by_role("link", name=customer.name)
    expect(hit.locator("mark")).to_have_text([code, "顏色"])
    hit.click()
    expect(ben.bubble(code)).to_be_visible()
    ben.page.get_by_role("link", name="回到搜尋結果").click()
    expect(hit).to_be_visible()


def test_a_customer_is_found_by_the_last_digits_of_their_number(
    agent: Callable[..., Agent], customer: Customer
) -> None:
    customer.write("你好")
    ben = agent("ben").look_at("all")
    expect(ben.line_of(customer.name)).to_be_visible()
    ben.page.goto(f"{ben.house.url}/search?q={customer.name}&in=contacts")
    hit = ben.page.get_by_role("region", name="客戶").get_by_role("link")
    expect(hit).to_contain_text(customer.name)
    number = hit.inner_text().partition("+")[2]
    digits = "".join(sign for sign in number if sign.isdigit())[:12]
    ben.page.get_by_role("searchbox", name="要找的字詞").fill(digits[-5:])
    expect(hit.filter(has_text=customer.name)).to_be_visible()
