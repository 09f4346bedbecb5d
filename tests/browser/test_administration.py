"""The life of a colleague in Django admin, in Chinese: added, promoted, given a duty and a channel, and put out."""

import re
import time
from collections.abc import Callable
from typing import Self

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.house.house import PASSWORD, House

pytestmark = pytest.mark.browser


class Admin:
    """Ana in Django admin."""

    def __init__(self, page: Page, house: House) -> None:
        self.page = page
        self.house = house

    def enter(self) -> Self:
        self.page.goto(f"{self.house.url}/admin/")
        self.page.get_by_label("電子郵件").fill("ana@kefu.demo")
        self.page.get_by_label("密碼", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登入", exact=True).click()
        expect(self.page.get_by_text("誰在線上")).to_be_visible()
        return self

    def look_at(self, path: str) -> Self:
        self.page.goto(f"{self.house.url}/admin/{path}")
        return self

    def do(self, act: str) -> Self:
        """Opens a deed from the menu on top of the person's page."""
        self.page.get_by_role("button", name=re.compile("動作")).press("Enter")
        self.page.get_by_role("link", name=act).click()
        return self

    def save(self) -> Self:
        self.page.get_by_role("button", name="儲存並繼續編輯").click()
        return self

    def says(self, words: str) -> Self:
        expect(self.page.get_by_text(words).first).to_be_visible()
        return self


@pytest.fixture
def admin(window: Callable[..., BrowserContext], house: House) -> Admin:
    return Admin(window().new_page(), house).enter()


def add_somebody(admin: Admin, name: str, email: str) -> str:
    """The set-password link that is shown once."""
    page = admin.look_at("security/user/add/").page
    page.get_by_label("姓名").fill(name)
    page.get_by_label("電子郵件").fill(email)
    page.get_by_label("亞洲").check()
    page.get_by_role("button", name="儲存", exact=True).click()
    return page.get_by_label("設定密碼連結").input_value()


def first_day(page: Page, link: str, email: str) -> None:
    """The newcomer sets a password by the link and signs in with it."""
    page.goto(link)
    page.get_by_label("新密碼").fill("Brand-new-2026!")
    page.get_by_label("再輸入一次").fill("Brand-new-2026!")
    page.get_by_role("button", name="設定密碼").click()
    page.get_by_role("link", name="登入").click()
    page.get_by_label("電子郵件").fill(email)
    page.get_by_label("密碼", exact=True).fill("Brand-new-2026!")
    page.get_by_role("button", name="登入", exact=True).click()
    expect(page.get_by_role("navigation", name=re.compile("收件匣"))).to_be_visible()


def promote(admin: Admin, name: str) -> None:
    """Another level, one region more and a duty: without a reason it is refused at its field."""
    page = admin.look_at("security/user/").page
    page.get_by_role("link", name=name).click()
    page.get_by_label("權限等級").select_option("senior")
    page.get_by_label("歐洲").check()
    page.get_by_label("財務").check()
    admin.save().says("這個欄位必填")
    page.locator("#id_reason").fill("接手歐洲退款")
    admin.save().says("成功").says("接手歐洲退款")


def test_a_colleague_from_the_first_day_to_the_last(
    admin: Admin, window: Callable[..., BrowserContext], house: House
) -> None:
    number = time.monotonic_ns()
    name, email = f"林{number % 10_000_000}", f"lin{number}@kefu.demo"
    newcomer = window().new_page()
    first_day(newcomer, add_somebody(admin, name, email), email)
    promote(admin, name)

    page = admin.do("開放檢視").page
    page.locator("#id_place").select_option(label="美洲客服 Americas", force=True)
    page.locator("#id_reason").fill("支援美洲")
    page.get_by_role("button", name="開放檢視").click()
    admin.says("檢視權已開放").says("美洲客服 Americas")

    admin.do("停用")
    page.get_by_role("button", name="停用").click()
    admin.says("這個欄位必填")
    page.locator("#id_reason").fill("離職")
    page.get_by_role("button", name="停用").click()
    admin.says("已停用，無法再登入")
    newcomer.reload()
    expect(newcomer.get_by_role("button", name="登入", exact=True)).to_be_visible()
    admin.look_at("security/operation/?q=person.changed").says("離職")
