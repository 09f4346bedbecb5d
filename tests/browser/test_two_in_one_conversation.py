"""Two colleagues in one conversation: they see each other, do not answer twice, talk beside it and hand it over."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("陳"), number_in(house, "亞洲"))


@pytest.fixture
def both(agent: Callable[..., Agent], customer: Customer) -> tuple[Agent, Agent]:
    """Ben and Dee, who have the same new conversation open."""
    ben, dee = agent("ben").look_at("all"), agent("dee").look_at("all")
    customer.write("請問我的包裹到哪裡了？")
    return ben.open(customer.name), dee.open(customer.name)


def note_field(who: Agent) -> Locator:
    return who.page.get_by_role("textbox", name=re.compile("的內部備註$"))


def test_they_see_who_is_there_and_who_types(both: tuple[Agent, Agent]) -> None:
    ben, dee = both
    expect(ben.page.locator('[data-part="company"]')).to_be_visible()
    expect(dee.page.locator('[data-part="company"]')).to_be_visible()
    dee.composer.press_sequentially("稍等", delay=60)
    expect(ben.page.get_by_text("正在輸入…")).to_be_visible()
    dee.composer.fill("")
    expect(ben.page.get_by_text("正在輸入…")).to_be_hidden()
    dee.look_at("all")
    expect(ben.page.locator('[data-part="company"]')).to_be_hidden()


def test_a_second_answer_is_stopped_and_becomes_a_draft_a_note_or_leaves_knowingly(
    both: tuple[Agent, Agent], customer: Customer
) -> None:
    ben, dee = both
    ben.composer.fill("我來查詢")
    dee.answer("您的包裹明天會到")
    expect(ben.bubble("您的包裹明天會到")).to_be_visible()
    ben.composer.press("Enter")
    warning = ben.page.get_by_role("dialog", name="有人先回覆了")
    expect(warning.get_by_text("您的包裹明天會到")).to_be_visible()
    warning.get_by_role("button", name="改成內部備註").click()
    expect(note_field(ben)).to_have_value("我來查詢")
    note_field(ben).press("Enter")
    expect(dee.page.locator("[data-note]", has_text="我來查詢")).to_be_visible()
    ben.page.get_by_role("button", name="回覆客戶").click()
    expect(ben.composer).to_have_value("")
    ben.composer.fill("還需要什麼嗎？")
    dee.answer("請留意簡訊")
    expect(ben.bubble("請留意簡訊")).to_be_visible()
    ben.composer.press("Enter")
    warning.get_by_role("button", name="保留為草稿").click()
    expect(ben.composer).to_have_value("還需要什麼嗎？")
    expect(dee.bubble("還需要什麼嗎？")).to_have_count(0)
    ben.composer.press("Enter")
    expect(dee.bubble("還需要什麼嗎？")).to_have_count(1)


def test_a_note_names_a_colleague_who_hears_of_it_and_finds_it(
    both: tuple[Agent, Agent], customer: Customer, phone: Page
) -> None:
    ben, dee = both
    dee.look_at("mine")
    ben.page.keyboard.press("Control+i")
    field = note_field(ben)
    expect(field).to_be_focused()
    field.press_sequentially("請看一下 @De", delay=40)
    expect(ben.page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    field.press_sequentially("謝謝")
    field.press("Enter")
    written = ben.page.locator("[data-note]", has_text="謝謝")
    expect(written).to_be_visible()
    bell = dee.page.locator('[data-part="bell"]')
    expect(bell).to_contain_text(re.compile(r"\d"))
    bell.click()
    panel = dee.page.get_by_role("dialog", name="你的通知")
    panel.get_by_role("button", name="提及我的").click()
    panel.get_by_role("button", name=re.compile("提及了你.*請看一下")).first.click()
    found = dee.page.locator("[data-note]", has_text="謝謝")
    expect(found).to_be_visible()
    expect(found).to_contain_text("@")
    expect(phone.get_by_text("請看一下")).to_have_count(0)


def test_it_is_handed_over_in_words_that_stay_until_they_are_read(both: tuple[Agent, Agent]) -> None:
    ben, dee = both
    dee.page.get_by_role("heading", level=1).first.click()
    dee.page.keyboard.press("h")
    dialog = dee.page.get_by_role("dialog", name="交接這則對話")
    dialog.get_by_role("textbox", name="交給").fill("Ben")
    dee.page.get_by_role("option").first.click()
    dialog.get_by_role("textbox", name="客戶問了什麼？").fill("包裹在哪裡")
    dialog.get_by_role("button", name="交接").click()
    expect(dialog.get_by_text("請寫明客戶問了什麼")).to_be_visible()
    dialog.get_by_role("textbox", name="還有什麼沒完成？").fill("打電話給物流")
    dialog.get_by_role("button", name="交接").click()
    card = ben.page.locator('[data-part="handover"]')
    expect(card).to_contain_text("打電話給物流")
    card.get_by_role("button", name="我已看過").click()
    expect(card).to_be_hidden()
    expect(dee.page.get_by_text("已看過").first).to_be_visible()
