"""A thread that stands at its end stays there, whatever arrives and however tall it turns out to be."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser

_SHORT_OF_END = """() => {
  const list = document.querySelector('[role="log"]');
  return Math.round(list.scrollHeight - list.scrollTop - list.clientHeight);
}"""
_STILL_SECONDS = 0.8


@pytest.fixture
def talk(house: House, phone: object, agent: Callable[..., Agent]) -> tuple[Agent, Customer]:
    """A thread longer than its window, standing at its end."""
    customer = Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))  # type: ignore[arg-type]
    customer.write("在嗎")
    ben = agent("ben").look_at("all").open(customer.name)
    for number in range(1, 9):
        customer.write(f"第 {number} 件：\n這裡\n有\n好幾\n行")
        expect(ben.bubble(f"第 {number} 件")).to_be_visible()
    _expect_at_end(ben)
    return ben, customer


def _expect_at_end(agent: Agent) -> None:
    """At its end, and no longer moving."""
    deadline = time.monotonic() + 15
    since = None
    while time.monotonic() < deadline:
        short = agent.page.evaluate(_SHORT_OF_END)
        since = (since or time.monotonic()) if short <= 1 else None
        if since and time.monotonic() - since > _STILL_SECONDS:
            return
        agent.page.wait_for_timeout(50)
    raise AssertionError(f"the thread stands {short} px short of its end")


def test_a_photo_after_the_customers_own_words(talk: tuple[Agent, Customer]) -> None:
    ben, customer = talk
    for number in range(1, 4):
        customer.write(f"照片 {number} 來了")
        expect(ben.bubble(f"照片 {number} 來了")).to_be_visible()
        customer.send_sample_photo()
        expect(ben.page.get_by_role("button", name="放大檢視圖片")).to_have_count(number, timeout=15_000)
        _expect_at_end(ben)
        customer.write(f"收到 {number} 了嗎")
        expect(ben.bubble(f"收到 {number} 了嗎")).to_be_visible()
        _expect_at_end(ben)


def test_a_reconnect_with_an_unsent_message(talk: tuple[Agent, Customer]) -> None:
    ben, customer = talk
    ben.page.context.set_offline(True)
    ben.answer("斷線時寫的回覆")
    expect(ben.bubble("斷線時寫的回覆")).to_be_visible()
    customer.write("斷線時來的訊息")
    customer.send_sample_photo()
    customer.write("還在嗎\n\n\n還在嗎")
    ben.page.wait_for_timeout(2500)  # until the page has noticed
    ben.page.context.set_offline(False)
    expect(ben.bubble("斷線時來的訊息")).to_be_visible(timeout=15_000)
    _expect_at_end(ben)
    customer.write("連上之後的訊息")
    expect(ben.bubble("連上之後的訊息")).to_be_visible()
    _expect_at_end(ben)


def test_who_reads_further_up_is_left_there(talk: tuple[Agent, Customer]) -> None:
    ben, customer = talk
    log = ben.page.get_by_role("log")
    log.hover()
    ben.page.mouse.wheel(0, -400)
    expect(ben.page.get_by_role("button", name="回到最新訊息")).to_be_visible()
    before = log.evaluate("list => list.scrollTop")
    customer.write("新的訊息\n\n\n很長")
    expect(ben.page.get_by_text("1 則新訊息")).to_be_visible()
    ben.page.wait_for_timeout(500)
    assert abs(log.evaluate("list => list.scrollTop") - before) <= 1
