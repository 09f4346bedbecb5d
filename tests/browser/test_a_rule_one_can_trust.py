"""A rule from its first draft to its history: tried on the past, switched on, fired, explained, taken back (CM-1)."""

import re
import time
from collections.abc import Callable
from typing import Self

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
TAG = "售後處理"


class Rules:
    """The page of rules, in the hands of a supervisor."""

    def __init__(self, agent: Agent) -> None:
        self.agent, self.page = agent, agent.page

    def look(self) -> Self:
        self.page.goto(f"{self.agent.house.url}/settings/rules")
        self.page.get_by_role("combobox", name="區域").click()
        self.page.get_by_role("option", name="亞洲").click()
        return self

    def open(self, name: str) -> Self:
        self.page.get_by_role("button", name=re.compile(f"^{name} ")).click()  # what it says follows its name
        return self

    def part(self, name: str) -> Self:
        self.sheet.get_by_role("tab", name=name).click()
        return self

    @property
    def sheet(self) -> Locator:
        return self.page.get_by_role("dialog")

    def choose(self, label: str, option: str, *, within: Locator) -> None:
        within.get_by_role("combobox", name=label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def write(self, name: str, word: str) -> Self:
        """Whoever mentions the word gets the tag."""
        self.page.get_by_role("button", name="新增規則").click()
        self.sheet.get_by_label("名稱").fill(name)
        self.sheet.get_by_role("button", name="新增條件").click()
        self.choose("要問什麼", "客戶說的話", within=self.sheet)
        self.sheet.get_by_label("怎麼比").select_option(label="含有")
        self.sheet.get_by_role("combobox", name="值").fill(word)
        self.page.keyboard.press("Enter")
        self.choose("動作", "為客戶貼標籤", within=self.sheet)
        self.choose("標籤", TAG, within=self.sheet)
        expect(self.sheet.get_by_role("region", name="白話說明")).to_contain_text(word)
        return self

    def try_out(self) -> Locator:
        """What the draft would have done."""
        self.part("試跑")
        self.sheet.get_by_label("過去幾天").fill("1")
        self.sheet.get_by_role("button", name="開始試跑").click()
        return self.sheet.get_by_role("region", name="試跑")

    def publish(self, name: str) -> Self:
        self.part("規則內容")
        self.sheet.get_by_role("button", name="儲存（先不啟用）").click()
        expect(self.sheet).to_be_hidden()
        switch = self.page.get_by_role("switch", name=f"啟用「{name}」")
        expect(switch).not_to_be_checked()
        switch.click(force=True)
        expect(switch).to_be_checked()
        return self


@pytest.fixture
def customers(house: House, window: Callable[..., BrowserContext]) -> list[Customer]:
    pages: list[Page] = [window(viewport={"width": 900, "height": 860}).new_page() for _ in "12"]
    asia = number_in(house, "亞洲")
    return [
        Customer(page, house).arrive(Customer.fresh_name(name), asia) for name, page in zip("程孫", pages, strict=True)
    ]


def test_a_rule_from_its_draft_to_its_history(agent: Callable[..., Agent], customers: list[Customer]) -> None:
    wanting, other = customers
    word = f"琥珀{time.monotonic_ns() % 10_000_000}"
    name = f"問{word}"
    ben = agent("ben").look_at("all")
    wanting.write(f"有{word}的杯子嗎")
    other.write("今天有開嗎")
    expect(ben.line_of(other.name)).to_be_visible()
    ben.open(wanting.name)
    expect(ben.bubble(word)).to_be_visible()

    rules = Rules(agent("dee")).look().write(name, word)
    outcome = rules.try_out()
    expect(outcome.get_by_role("status")).to_contain_text("會觸發 1 次，共 1 位客戶")
    expect(outcome.get_by_role("listitem")).to_have_count(1)
    expect(outcome.get_by_role("listitem")).to_contain_text(wanting.name)
    expect(ben.tags).not_to_contain_text(TAG)
    rules.publish(name)

    wanting.write(f"{word}的還在嗎")
    expect(ben.tags).to_contain_text(TAG)
    # From the conversation to the reasons: the sign beside the tag, reached by the keyboard.
    dee = rules.agent.look_at("all").open(wanting.name)
    dee.tags.get_by_role("link", name=f"標籤「{TAG}」由規則「{name}」加上").press("Enter")
    there = rules.page.get_by_role("region", name="這個對話中的規則")
    fired = there.get_by_role("listitem").filter(has_text=f"{name}").filter(has_text="已觸發")
    expect(fired).to_have_count(1)
    expect(fired).to_contain_text("第 1 版")
    expect(fired).to_contain_text(f"看到：{word}")
    expect(there.get_by_text("條件不成立")).to_have_count(0)
    fired.get_by_role("button", name="復原").click()
    expect(there.get_by_text("已復原").first).to_be_visible()
    expect(ben.tags).not_to_contain_text(TAG)

    _changed_again(rules, name)


def test_one_that_did_not_fire_says_which_condition(agent: Callable[..., Agent], customers: list[Customer]) -> None:
    _, other = customers
    other.write("今天有開嗎")
    fay = agent("fay").look_at("all").open(other.name)
    expect(fay.bubble("今天有開嗎")).to_be_visible()
    fay.page.keyboard.press("o")
    fay.page.get_by_role("menuitem", name="規則做了什麼").press("Enter")
    there = fay.page.get_by_role("region", name="這個對話中的規則")
    there.get_by_role("combobox", name="某條規則為什麼觸發或沒有觸發？").click()
    fay.page.get_by_role("option", name="提到退款：高風險，排到最前面").click()
    expect(there.get_by_text("條件不成立")).to_be_visible()
    expect(there.get_by_text("客戶說的話含有", exact=False).first).to_be_visible()


def _changed_again(rules: Rules, name: str) -> None:
    """Another version; the firing stays with the one it came from."""
    rules.look().open(name)
    rules.sheet.get_by_label("同一位客戶多久內最多一次").fill("12")
    rules.sheet.get_by_role("button", name="儲存為新版本").click()
    expect(rules.sheet).to_be_hidden()
    rules.open(name).part("觸發紀錄")
    expect(rules.sheet.get_by_role("tabpanel")).to_contain_text("已復原第 1 版")
    rules.part("版本")
    versions = rules.sheet.get_by_role("tabpanel").get_by_role("listitem")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("目前")
    expect(versions.first).to_contain_text("12")
    expect(versions.last.get_by_role("button", name="回到這個版本")).to_be_visible()
