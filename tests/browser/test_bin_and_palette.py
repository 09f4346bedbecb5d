"""A second factor is set up, used to delete, and what was deleted restored; all by keyboard; a draft on two devices."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
# What Dee's sessions gave counts no more, and her next code is new: as if minutes had passed.
_LATER = """
from django.utils import timezone
from security.models import TotpFactor, User
User.objects.filter(email="dee@kefu.demo").update(factor_removed_at=timezone.now())
TotpFactor.objects.filter(user__email="dee@kefu.demo").update(last_t=-1)
"""


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))


def test_what_is_deleted_with_a_code_is_gone_for_all_and_comes_back(
    agent: Callable[..., Agent], customer: Customer, house: House
) -> None:
    dee, ben = agent("dee"), agent("ben").look_at("all")
    customer.write("請刪除我的資料")
    expect(ben.line_of(customer.name)).to_be_visible()
    dee.look_at("all").open(customer.name)
    dee.page.get_by_role("button", name="更多動作").click()
    dee.page.get_by_role("menuitem", name="刪除…").click()
    dee.page.get_by_role("textbox", name="原因").fill("客戶要求刪除")
    dee.page.get_by_role("button", name="刪除", exact=True).click()
    dee.page.get_by_role("link", name="前往設定").click()
    app = dee.set_up_factor()
    again = agent("dee", app).look_at("all").open(customer.name)
    house.manage("shell", "-c", _LATER)
    again.page.keyboard.press("Control+k")
    again.page.get_by_role("combobox", name="搜尋或執行指令").fill("delete")
    again.page.keyboard.press("Enter")
    again.page.get_by_role("textbox", name="原因").fill("客戶要求刪除")
    again.page.get_by_role("button", name="刪除", exact=True).click()
    again.page.get_by_role("textbox", name="驗證碼").fill(app.code())
    expect(again.page.get_by_text("已移到垃圾桶")).to_be_visible()
    expect(ben.line_of(customer.name)).to_have_count(0)
    again.page.goto(f"{again.house.url}/bin")
    row = again.page.get_by_role("listitem").filter(has_text=customer.name)
    expect(row).to_contain_text("客戶要求刪除")
    row.get_by_role("button", name="還原").click()
    expect(ben.line_of(customer.name)).to_be_visible()


def test_everything_is_found_and_done_by_keyboard(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("all")
    customer.write("請問何時出貨？")
    expect(ben.line_of(customer.name)).to_be_visible()
    keys = ben.page.keyboard
    keys.press("Control+k")
    field = ben.page.get_by_role("combobox", name="搜尋或執行指令")
    field.fill(customer.name)
    expect(ben.page.get_by_role("option", name=customer.name)).to_be_visible()
    keys.press("Enter")
    expect(ben.composer).to_be_visible()
    keys.press("Control+k")
    field.fill("priority urg")
    keys.press("Enter")
    expect(ben.line_of(customer.name).get_by_role("img", name="緊急")).to_be_visible()
    ben.page.get_by_role("heading", name=customer.name).first.click()
    keys.press("?")
    sheet = ben.page.get_by_role("dialog", name="快速鍵")
    expect(sheet.get_by_text("稍後處理").first).to_be_visible()
    sheet.get_by_role("textbox", name="搜尋快速鍵").fill("解決")
    expect(sheet.get_by_text("稍後處理")).to_have_count(0)
    keys.press("Escape")
    expect(sheet).to_be_hidden()


def test_what_was_begun_on_one_device_goes_on_on_the_other(agent: Callable[..., Agent], customer: Customer) -> None:
    desk, sofa = agent("ben").look_at("all"), agent("ben").look_at("all")
    customer.write("在嗎？")
    desk.open(customer.name)
    desk.composer.fill("您好，我正在查詢")
    expect(sofa.line_of(customer.name)).to_contain_text("草稿")
    sofa.open(customer.name)
    expect(sofa.composer).to_have_value("您好，我正在查詢")
    sofa.answer("您好，我正在查詢，請稍候")
    expect(sofa.bubble("請稍候")).to_be_visible()
    expect(desk.composer).to_have_value("")


def test_two_tabs_of_one_browser_hold_one_draft(agent: Callable[..., Agent], customer: Customer) -> None:
    first = agent("ben").look_at("all")
    customer.write("還在嗎？")
    first.open(customer.name)
    second = Agent(first.page.context.new_page(), first.house).look_at("all").open(customer.name)
    first.composer.press_sequentially("稍等，我查一下", delay=80)
    expect(second.composer).to_have_value("稍等，我查一下")
    told: list[str] = []
    for tab in (first, second):
        tab.page.on("request", lambda asked: told.append(asked.url) if asked.method == "PUT" else None)
    first.page.wait_for_timeout(5000)
    assert len(told) <= 1, "two tabs tell the server one draft in turns"
    expect(first.composer).to_have_value("稍等，我查一下")
    second.composer.press("Backspace")
    expect(first.composer).to_have_value("稍等，我查一")
    first.composer.press("Enter")
    expect(second.bubble("稍等，我查一")).to_be_visible()
    expect(second.composer).to_have_value("")
