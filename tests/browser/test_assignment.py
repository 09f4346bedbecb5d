"""Giving conversations out: a supervisor sets a rule, a colleague who is there gets the next one and asks why."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(phone: Page, house: House) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("何"), number_in(house, "亞洲"))


@pytest.fixture
def turns(agent: Callable[..., Agent]) -> Iterator[Agent]:
    """Dee at the page of assignment, with the customer's number given out in turn; by hand again afterwards."""
    dee = agent("dee")
    shop = next(one["name"] for one in dee.house.info()["channels"] if "亞洲" in one["region"])
    dee.page.get_by_role("link", name="設定", exact=True).click()
    dee.page.get_by_role("link", name="指派", exact=True).click()
    card = dee.page.get_by_role("article", name=shop)
    card.get_by_label("指派方式").select_option("輪流指派")
    expect(dee.page.get_by_text(f"已儲存：{shop}")).to_be_visible()
    card.get_by_label("指派對象").select_option("售後服務")
    expect(card.get_by_label("指派對象")).to_have_value(re.compile(r"\d+"))
    yield dee
    card.get_by_label("指派方式").select_option("只用人工指派")
    expect(card.get_by_label("指派對象")).to_be_hidden()


def test_the_next_customer_comes_to_whoever_is_there_and_they_can_ask_why(
    turns: Agent, agent: Callable[..., Agent], customer: Customer
) -> None:
    fay = agent("fay").look_at("mine")
    customer.write("請問可以換貨嗎")
    line = fay.line_of(customer.name)
    expect(line).to_be_visible(timeout=30_000)
    line.click()
    fay.page.get_by_role("button", name=re.compile("負責人：Fay")).click()
    fay.page.get_by_role("option", name=re.compile("為什麼是")).click()
    dialog = fay.page.get_by_role("dialog", name="為什麼指派給我？")
    expect(dialog.get_by_text(re.compile("只有 Fay 有空|輪到 Fay"))).to_be_visible()
    expect(dialog.get_by_text(re.compile("小組「售後服務」"))).to_be_visible()
