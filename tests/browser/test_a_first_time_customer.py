"""Somebody writes for the first time: the tag puts itself on, and the welcome goes out, once (CM-1)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
WELCOME = "結帳時輸入 WELCOME10 可享九折優惠"


def test_the_tag_and_the_welcome_come_by_themselves(agent: Callable[..., Agent], phone: Page, house: House) -> None:
    ben = agent("ben").look_at("all")
    customer = Customer(phone, house).arrive(Customer.fresh_name("周"), number_in(house, "亞洲"))
    customer.write("您好，請問茶壺還有貨嗎？")
    expect(ben.line_of(customer.name)).to_contain_text("新客")
    ben.open(customer.name)
    expect(ben.tags).to_contain_text("新客")
    expect(ben.bubble(WELCOME)).to_be_visible()
    expect(customer.bubble(WELCOME)).to_be_visible()

    # What comes next in the same case is no first time any more; it is judged before what is written after it arrives.
    customer.write("想買兩個")
    customer.write("我要退款")
    expect(ben.line_of(customer.name)).to_contain_text("高風險")
    expect(ben.bubble(WELCOME)).to_have_count(1)
    expect(customer.bubble(WELCOME)).to_have_count(1)
    expect(ben.tags.get_by_text("新客")).to_have_count(1)
