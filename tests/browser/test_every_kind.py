"""Every kind of message, both ways: put together by an agent and played by a customer on the phone page."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.composing import fill, open_form, send
from tests.browser.people import Agent, Customer, number_in
from tests.house.chromium import TONE
from tests.house.house import House
from tests.inbox.outgoing.test_voice_notes import recorded

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))


@pytest.fixture
def ben(agent: Callable[..., Agent], customer: Customer) -> Agent:
    """Ben, in the conversation that the customer has just begun."""
    customer.write("您好")
    one = agent("ben").look_at("all").open(customer.name)
    return one


class Deeds:
    """What the phone page has no button for, by the simulator's control plane."""

    def __init__(self, house: House, customer: Customer) -> None:
        self.root = f"{house.phone_url}/__sim"
        self.number = number_in(house, "亞洲")
        known = requests.get(f"{self.root}/customers", params={"q": customer.name}, timeout=10).json()["results"]
        self.id = next(one["id"] for one in known if one["name"] == customer.name)

    def says(self, **message: Any) -> dict[str, Any]:
        answer = requests.post(
            f"{self.root}/customers/{self.id}/messages", json={"number": self.number, **message}, timeout=10
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


def newest(agent: Agent) -> Locator:
    return agent.page.locator("article[data-message]").last


def test_what_is_to_be_pressed_is_pressed_and_comes_back_as_an_answer(ben: Agent, customer: Customer) -> None:
    form = fill(open_form(ben, "回覆按鈕"), 內文="要哪一種茶？", 名稱="烏龍")
    form.get_by_role("button", name="新增按鈕").click()
    send(fill(form, 名稱__1="紅茶"))
    customer.bubble("要哪一種茶？").get_by_role("button", name="烏龍").click()
    expect(newest(ben)).to_contain_text("烏龍")
    expect(newest(ben)).to_contain_text("要哪一種茶？")  # what it answers

    form = fill(open_form(ben, "選單"), 內文="怎麼送？", 打開選單的按鈕="看選項", 名稱__1="宅配", 說明="兩天")
    send(form)
    customer.bubble("怎麼送？").get_by_role("button", name="看選項").click()
    customer.page.get_by_role("button", name="宅配").click()
    expect(newest(ben)).to_contain_text("宅配")

    send(fill(open_form(ben, "請客戶傳位置"), 內文="您在哪裡？"))
    customer.bubble("您在哪裡？").get_by_role("button", name="分享位置").click()
    customer.page.get_by_role("dialog").get_by_role("button").nth(1).click()
    expect(newest(ben).get_by_role("link", name="OpenStreetMap")).to_be_visible()


def test_a_form_is_sent_filled_in_on_the_phone_and_comes_back_as_a_form(ben: Agent, customer: Customer) -> None:
    form = open_form(ben, "表單（WhatsApp Flow）")
    expect(form.get_by_label("表單編號")).to_have_value(re.compile(r"^\d+$"))  # the demo shop has one
    send(fill(form, 內文="想哪天來試茶？", 按鈕文字="填表"))
    customer.bubble("想哪天來試茶？").get_by_role("button", name="填表").click()
    sheet = customer.page.get_by_role("dialog")
    sheet.get_by_label("備註").fill("靠窗的位子")
    sheet.get_by_role("button", name="傳送").click()
    expect(newest(ben)).to_contain_text("填好的表單")
    expect(newest(ben)).to_contain_text("靠窗的位子")


def test_what_an_agent_shares_arrives(ben: Agent, customer: Customer) -> None:
    place = fill(open_form(ben, "位置"), 地圖連結="25.0330, 121.5654", 名稱="台北門市")
    send(place)
    expect(customer.bubble("台北門市")).to_be_visible()
    send(fill(open_form(ben, "聯絡人名片"), 名稱="客服主管", **{"電話 1": "+886 912 000 111"}))
    expect(customer.bubble("客服主管")).to_be_visible()
    send(fill(open_form(ben, "連結按鈕"), 內文="這是您的訂單", 按鈕文字="查看訂單", 網址="https://example.com/1"))
    expect(customer.bubble("這是您的訂單")).to_contain_text("查看訂單")
    form = open_form(ben, "範本")
    form.get_by_role("textbox", name="搜尋範本").fill("delay")
    form.get_by_role("button", name="zh_TW").first.click()
    for field in form.get_by_role("textbox").all():
        field.fill("王小姐")
    send(form)
    expect(newest(ben)).to_contain_text("範本")
    expect(newest(ben).get_by_role("img", name="已讀")).to_be_visible()


def test_a_voice_note_is_recorded_heard_and_sent(
    house: House, customer: Customer, window: Callable[..., BrowserContext]
) -> None:
    customer.write("請用說的")
    context = window()
    context.add_init_script(TONE)
    ben = Agent(context.new_page(), house).sign_in("ben@kefu.demo").look_at("all").open(customer.name)
    ben.page.get_by_role("button", name="錄製語音訊息").click()
    expect(ben.page.get_by_text("錄音中 0:01")).to_be_visible()
    ben.page.get_by_role("button", name="停止錄音").click()
    expect(ben.page.get_by_role("list", name="要傳送的檔案")).to_contain_text("語音訊息")
    ben.page.get_by_role("button", name="傳送", exact=True).click()
    expect(newest(ben).get_by_role("img", name="已讀")).to_be_visible()
    expect(customer.page.locator("li[data-kind=audio]")).to_be_visible()


def test_everything_a_customer_sends_is_shown_for_what_it_is(house: House, ben: Agent, customer: Customer) -> None:
    deeds = Deeds(house, customer)
    voice = base64.b64encode(recorded("ogg")).decode()
    deeds.says(type="audio", voice=True, mime_type="audio/ogg; codecs=opus", data=voice)
    expect(newest(ben).get_by_role("button", name="播放", exact=True)).to_be_visible()
    items = [{"product_retailer_id": "烏龍茶", "quantity": 2, "item_price": 450, "currency": "TWD"}]
    deeds.says(type="order", product_items=items)
    expect(newest(ben)).to_contain_text("NT$900")
    card = {"name": {"formatted_name": "陳大文"}, "phones": [{"phone": "+886 912 345 678"}]}
    deeds.says(type="contacts", contacts=[card])
    expect(newest(ben)).to_contain_text("陳大文")
    deeds.says(type="text", text="看到廣告來的", referral={"source_type": "ad", "headline": "秋茶上市"})
    expect(newest(ben)).to_contain_text("秋茶上市")
    deeds.says(type="text", text="轉給你看", forwarded=True)
    expect(newest(ben)).to_contain_text("轉寄的訊息")
    deeds.says(type="unsupported", unsupported="poll")
    expect(newest(ben)).to_contain_text("投票")
