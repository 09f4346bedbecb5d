"""A customer writes, the right agents see it, one answers, the customer reacts, the absent one catches up."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
LIVE_MS = 1_000  # from pressing Enter on the phone to the agent's screen


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("陳"), number_in(house, "亞洲"))


def _appears_live(customer: Customer, agent: Agent) -> None:
    """One of a few messages is there within a second: a busy machine may hold one back, not each of them. How long it
    takes under load is the benches' business (row b)."""
    for number in range(5):
        customer.write(f"請問有人在嗎 {number}")
        with suppress(AssertionError):
            expect(agent.line_of(customer.name)).to_contain_text(f"請問有人在嗎 {number}", timeout=LIVE_MS)
            return
    raise AssertionError(f"none of five messages was on the agent's screen within {LIVE_MS} ms")


def test_the_whole_story(house: House, agent: Callable[..., Agent], customer: Customer) -> None:
    name = customer.name
    ben, cho = agent("ben").look_at("unassigned"), agent("cho").look_at("all")
    fay = agent("fay").look_at("all")
    expect(fay.page.locator("a[data-id]").first).to_be_visible()

    customer.write("您好，我的訂單還沒到")
    expect(ben.line_of(name)).to_be_visible()
    expect(fay.line_of(name)).to_be_visible()
    _appears_live(customer, ben)

    fay.page.context.set_offline(True)
    ben.open(name).answer("您好！我馬上為您查詢。")
    expect(customer.bubble("我馬上為您查詢")).to_be_visible()
    answer = ben.bubble("我馬上為您查詢")
    expect(answer.get_by_role("img", name="已讀")).to_be_visible()

    customer.react("我馬上為您查詢", "❤️")
    expect(answer).to_contain_text("❤️")
    customer.write("謝謝你")

    fay.page.context.set_offline(False)
    expect(fay.line_of(name)).to_contain_text("謝謝你")
    fay.open(name)
    expect(fay.bubble("您好，我的訂單還沒到")).to_be_visible()
    expect(fay.bubble("我馬上為您查詢")).to_contain_text("❤️")
    expect(fay.bubble("謝謝你")).to_be_visible()

    assert cho.page.locator("a[data-id]", has_text=name).count() == 0
    cho.page.reload()
    expect(cho.page.locator("a[data-id]").first).to_be_visible()
    assert cho.page.locator("a[data-id]", has_text=name).count() == 0
