"""What agents and customers do in their windows, in the words of the product."""

import re
import time
from typing import Self

import requests
from playwright.sync_api import Locator, Page, expect

from tests.house.house import PASSWORD, House
from tests.worlds.factors import Authenticator

_VIEWS = re.compile("收件匣|Inbox")  # a colleague reads Chinese or English, as their settings say


# Whoever set up a second factor in this test: other tests sign the same people in with the password alone.
ENROLLED: set[str] = set()


def next_code(app: Authenticator) -> str:
    """One that was not used: setting it up has used this step's."""
    left = 30 - time.time() % 30
    if left < 3:
        time.sleep(left + 0.5)
    return app.code(1)


class Agent:
    """A colleague at the inbox (the interface in Traditional Chinese)."""

    def __init__(self, page: Page, house: House) -> None:
        self.page = page
        self.house = house
        self.email = ""

    def sign_in(self, email: str, app: Authenticator | None = None) -> Self:
        """``app``: theirs, if they have set one up."""
        self.email = email
        self.page.goto(f"{self.house.url}/")
        self.page.get_by_label("電子郵件").fill(email)
        self.page.get_by_label("密碼", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登入", exact=True).click()
        if app is not None:
            self.page.get_by_label("驗證碼").fill(next_code(app))
        expect(self.page.get_by_role("navigation", name=_VIEWS)).to_be_visible()
        return self

    def look_at(self, view: str) -> Self:
        self.page.goto(f"{self.house.url}/inbox/{view}")
        expect(self.page.get_by_role("navigation", name=_VIEWS)).to_be_visible()
        return self

    def line_of(self, customer: str) -> Locator:
        """The conversation's line in the list."""
        return self.page.locator("a[data-id]", has_text=customer)

    def open(self, customer: str) -> Self:
        self.line_of(customer).first.click()
        expect(self.composer).to_be_visible()
        return self

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^給 .* 的訊息$"))

    def answer(self, text: str) -> Self:
        self.composer.fill(text)
        self.composer.press("Enter")
        return self

    def lock(self, reason: str) -> Self:
        """The open conversation, from the menu of what is done less often."""
        self.page.get_by_role("button", name="更多動作").click()
        self.page.get_by_role("menuitem", name="鎖定對話…").click()
        self.page.get_by_role("textbox", name="原因").fill(reason)
        self.page.get_by_role("button", name="鎖定", exact=True).click()
        return self

    def set_up_factor(self) -> Authenticator:
        """An authenticator app of theirs, under *Account security*; it is gone after the test."""
        ENROLLED.add(self.email)
        self.page.goto(f"{self.house.url}/settings/security")
        self.page.get_by_role("button", name="設定驗證器 App").click()
        self.page.get_by_role("textbox", name="密碼").fill(PASSWORD)
        self.page.get_by_role("button", name="下一步").click()
        expect(self.page.get_by_role("img", name="驗證器 App 用的 QR Code")).to_be_visible()
        app = Authenticator(self.page.locator("code").inner_text().replace(" ", ""))
        self.page.get_by_label("App 目前顯示的 6 位數驗證碼").fill(app.code())
        expect(self.page.get_by_role("listitem").first).to_be_visible()
        self.page.get_by_role("button", name="我已保存").click()
        expect(self.page.get_by_text("雙重驗證已啟用")).to_be_visible()
        return app

    def bubble(self, text: str) -> Locator:
        return self.page.locator("[data-message]", has_text=text)

    @property
    def lines(self) -> Locator:
        """The conversations of the list, in their order."""
        return self.page.locator("a[data-id]")

    @property
    def tags(self) -> Locator:
        """On the card beside the open conversation."""
        card = self.page.get_by_role("complementary", name="客戶資料")
        return card.get_by_role("region", name="標籤")

    def pressing_first(self) -> Self:
        """The list in the order of what presses most."""
        self.page.get_by_role("button", name="排序與篩選").click()
        self.page.get_by_role("menuitemradio", name="最急的在前").click()
        self.page.keyboard.press("Escape")
        return self


def region_id(house: House, name: str) -> int:
    return house.count("SELECT id FROM security_region WHERE name = %s", name)


def number_in(house: House, region: str) -> str:
    """The phone_number_id of the first business number of a region."""
    return str(next(c["phone_number_id"] for c in house.info()["channels"] if region in c["region"]))


class Customer:
    """Somebody on the phone page."""

    def __init__(self, page: Page, house: House) -> None:
        self.page = page
        self.house = house
        self.name = ""

    @staticmethod
    def fresh_name(family: str) -> str:
        """A name nobody else in this world has."""
        return f"{family}{time.monotonic_ns() % 10_000_000}"

    def arrive(self, name: str, number: str) -> Self:
        """A new customer, on the chat with one business number."""
        self.name = name
        self.page.goto(f"{self.house.phone_url}/")
        self.page.get_by_role("button", name="新增客人").first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("名字").fill(name)
        dialog.get_by_role("button", name="建立").click()
        expect(dialog).to_be_hidden()
        self.page.get_by_role("combobox", name="商家").first.select_option(value=number)
        expect(self.box).to_be_visible()
        return self

    @property
    def phone(self) -> str:
        """Theirs, as an order names it."""
        asked = f"{self.house.phone_url}/__sim/customers?q={self.name}"
        (found,) = requests.get(asked, timeout=20).json()["results"]
        return f"+{found['wa_id']}"

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="輸入訊息").first

    def write(self, text: str) -> Self:
        self.box.fill(text)
        self.box.press("Enter")
        return self

    def bubble(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=text)

    def react(self, text: str, emoji: str) -> Self:
        """Puts an emoji on a message of the shop."""
        bubble = self.bubble(text)
        bubble.hover()
        bubble.get_by_role("button", name="加上表情").click()
        self.page.get_by_role("menuitemradio", name=re.compile(emoji)).click()
        return self

    def send_sample_photo(self) -> Self:
        """One of the phone's built-in pictures."""
        self.page.get_by_role("button", name="附加").first.click()
        self.page.get_by_role("menuitem", name="範例照片").click()
        self.page.get_by_role("dialog").get_by_role("button", name=re.compile("收據")).click()
        self.page.get_by_role("button", name="傳送").first.click()
        return self
