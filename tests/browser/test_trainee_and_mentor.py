"""A trainee and a mentor side by side: what Ina writes waits, Fay decides, both live, the customer gets it once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("陳"), number_in(house, "亞洲"))


@pytest.fixture
def pair(agent: Callable[..., Agent], customer: Customer) -> tuple[Agent, Agent]:
    """Ina has the customer's conversation; Fay, who mentors her, looks at it too."""
    customer.write("請問茶壺有貨嗎？")
    fay = agent("fay").look_at("all")
    fay.open(customer.name)
    fay.page.locator("header").get_by_role("button", name=re.compile("負責人|指派")).first.click()
    fay.page.get_by_role("option").filter(has_text="Ina").first.click()
    ina = agent("ina").look_at("mine")
    ina.open(customer.name)
    return ina, fay


def test_held_changed_by_the_mentor_and_received_once(pair: tuple[Agent, Agent], customer: Customer) -> None:
    ina, fay = pair
    expect(ina.page.get_by_role("button", name="送審", exact=True)).to_be_visible()
    ina.answer("有喔 自己下單")
    expect(ina.bubble("有喔 自己下單")).to_contain_text("等待核准")
    bar = fay.page.get_by_role("region", name="有 1 則回覆等你核准")
    expect(bar).to_contain_text("有喔 自己下單")
    expect(customer.bubble("有喔")).to_have_count(0)
    bar.get_by_role("button", name="修改後核准").click()
    bar.get_by_role("textbox").fill("有喔！這款茶壺有現貨，歡迎直接下單。")
    bar.get_by_role("button", name="照這樣核准").click()
    expect(customer.bubble("這款茶壺有現貨")).to_have_count(1)
    expect(ina.bubble("這款茶壺有現貨")).to_contain_text("Fay 修改後核准")
    expect(bar).to_be_hidden()
    expect(customer.bubble("自己下單")).to_have_count(0)


def test_rejected_with_a_word_and_written_anew(pair: tuple[Agent, Agent], customer: Customer) -> None:
    ina, fay = pair
    ina.answer("不知道")
    bar = fay.page.get_by_role("region", name="有 1 則回覆等你核准")
    bar.get_by_role("button", name="退回").click()
    bar.get_by_role("textbox").fill("請先查庫存")
    bar.get_by_role("button", name="退回").click()
    rejected = ina.bubble("不知道")
    expect(rejected).to_contain_text("請先查庫存")
    expect(rejected).to_contain_text("已退回")
    rejected.get_by_role("button", name="重新撰寫").click()
    expect(ina.composer).to_have_value("不知道")
    ina.answer("有現貨，今天就能寄出")
    fay.page.get_by_role("button", name="核准", exact=True).click()
    expect(customer.bubble("有現貨，今天就能寄出")).to_have_count(1)
    expect(customer.bubble("不知道")).to_have_count(0)


def test_the_queue_counts_in_the_rail_and_the_trainee_takes_it_back(
    pair: tuple[Agent, Agent], customer: Customer
) -> None:
    ina, fay = pair
    fay.page.goto(f"{fay.house.url}/trainees")
    ina.answer("等等回覆您")
    card = fay.page.locator("[data-held]", has_text="等等回覆您")
    expect(card).to_contain_text(customer.name)
    ina.bubble("等等回覆您").get_by_role("button", name="收回").click()
    expect(card).to_have_count(0)
    expect(ina.bubble("等等回覆您")).to_contain_text("已收回")
    expect(customer.bubble("等等回覆您")).to_have_count(0)


def test_a_supervisor_reviews_a_case_and_the_agent_reads_it(agent: Callable[..., Agent]) -> None:
    dee = agent("dee")
    dee.page.goto(f"{dee.house.url}/trainees")
    dee.page.get_by_role("tab", name="評核").click()
    card = dee.page.locator("[data-review]").first
    card.get_by_role("button", name="評核").click()
    dialog = dee.page.get_by_role("dialog")
    for name in ("正確性", "語氣", "速度"):
        dialog.get_by_role("group", name=name).get_by_role("radio", name="5").check()
    dialog.get_by_role("group", name="遵守規範").get_by_role("radio", name="是").check()
    dialog.get_by_role("textbox", name="哪裡做得好").fill("清楚又親切，繼續保持")
    dialog.get_by_role("button", name="儲存評核").click()
    expect(dialog).to_be_hidden()
    ina = agent("ina")
    ina.page.goto(f"{ina.house.url}/trainees")
    mine = ina.page.locator("[data-review]", has_text="清楚又親切，繼續保持")
    expect(mine).to_contain_text("通過")
    mine.get_by_role("button", name="我看過了").click()
    expect(mine.get_by_role("button", name="我看過了")).to_have_count(0)
