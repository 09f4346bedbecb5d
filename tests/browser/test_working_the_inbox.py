"""What an agent does all day: assign, resolve, files, canned replies, language and theme, a narrow screen."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import PASSWORD, House

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("林"), number_in(house, "亞洲"))


def _picture() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (15, 118, 110)).save(out, "JPEG")
    return {"name": "相片.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_taking_and_resolving_by_keyboard(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("unassigned")
    customer.write("請問有現貨嗎？")
    ben.open(customer.name)
    ben.page.keyboard.press("a")
    expect(ben.line_of(customer.name)).to_be_hidden()
    ben.look_at("mine").open(customer.name)
    ben.page.keyboard.press("e")
    expect(ben.page.get_by_text(f"已解決與{customer.name} 的對話")).to_be_visible()  # a digit stands off Chinese words
    ben.look_at("resolved")
    expect(ben.line_of(customer.name)).to_be_visible()
    customer.write("再請問一下")
    ben.look_at("unassigned")
    expect(ben.line_of(customer.name)).to_be_visible()


def test_a_picture_goes_both_ways(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("all")
    customer.write("我傳照片給你")
    ben.open(customer.name)
    with ben.page.expect_file_chooser() as chooser:
        ben.page.get_by_role("button", name="附加檔案").click()
    chooser.value.set_files(_picture())  # type: ignore[arg-type]
    ben.composer.fill("這是我們的新品")
    ben.composer.press("Enter")
    tick = ben.bubble("這是我們的新品").get_by_role("img", name=re.compile("已送達|已讀"))
    expect(tick).to_be_visible(timeout=15_000)
    expect(customer.bubble("這是我們的新品").locator("img").first).to_be_visible(timeout=10_000)
    customer.send_sample_photo()
    expect(ben.page.get_by_role("button", name="放大檢視圖片")).to_have_count(2, timeout=15_000)
    ben.page.get_by_role("button", name="放大檢視圖片").last.click()
    expect(ben.page.get_by_role("dialog", name="圖片檢視")).to_be_visible()


def test_a_canned_reply_is_found_and_sent(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("all")
    customer.write("在嗎")
    ben.open(customer.name)
    ben.composer.press_sequentially("/")
    listed = ben.page.get_by_role("listbox", name="罐頭回覆").get_by_role("option")
    expect(listed.first).to_be_visible()
    ben.page.keyboard.press("Enter")
    expect(ben.composer).to_have_value(re.compile(r"[^/].{5,}", re.DOTALL))
    words = ben.composer.input_value()
    ben.composer.press("Enter")
    expect(ben.bubble(words[:10])).to_be_visible()


def test_an_observer_reads_and_cannot_write(agent: Callable[..., Agent], customer: Customer) -> None:
    eli = agent("eli").look_at("all")
    customer.write("只是看看")
    eli.line_of(customer.name).click()
    expect(eli.page.get_by_text("僅供檢視")).to_be_visible()
    expect(eli.composer).to_have_count(0)


def test_the_language_switches_at_once_and_stays(agent: Callable[..., Agent]) -> None:
    hal = agent("hal").look_at("all")  # in no other test: the account keeps the language
    hal.page.get_by_role("button", name=re.compile("帳號選單")).click()
    hal.page.get_by_role("menu").get_by_text("English").click()
    expect(hal.page.get_by_role("navigation", name="Inbox")).to_be_visible()
    hal.page.reload()
    expect(hal.page.get_by_role("navigation", name="Inbox")).to_be_visible()


def test_a_wrong_password_is_said_beside_the_field(window: Callable[..., object], house: House) -> None:
    page: Page = window().new_page()  # type: ignore[attr-defined]
    page.goto(house.url)
    page.get_by_label("電子郵件").fill("ben@kefu.demo")
    page.get_by_label("密碼", exact=True).fill("not-the-password")
    page.get_by_role("button", name="登入").click()
    expect(page.get_by_text("電子郵件或密碼不正確。")).to_be_visible()


def test_one_pane_at_a_time_on_a_narrow_screen(agent: Callable[..., Agent], customer: Customer) -> None:
    customer.write("手機上看得到嗎")
    dee = agent("dee", viewport={"width": 390, "height": 844})
    dee.page.goto(f"{dee.house.url}/inbox/all")
    dee.line_of(customer.name).click()
    expect(dee.bubble("手機上看得到嗎")).to_be_visible()
    assert dee.page.evaluate("document.documentElement.scrollWidth") <= 390
    dee.page.get_by_role("button", name="返回列表").or_(dee.page.get_by_role("link", name="返回列表")).click()
    expect(dee.line_of(customer.name)).to_be_visible()


def test_a_toast_leaves_the_contacts_name_free_on_a_narrow_screen(
    agent: Callable[..., Agent], customer: Customer
) -> None:
    customer.write("請幫我結案")
    dee = agent("dee", viewport={"width": 390, "height": 844})
    dee.page.goto(f"{dee.house.url}/inbox/all")
    dee.line_of(customer.name).click()
    expect(dee.bubble("請幫我結案")).to_be_visible()
    dee.page.get_by_role("button", name=re.compile("^解決|標示為已解決")).click()
    toast = dee.page.get_by_role("status").filter(has_text="已解決與")
    expect(toast).to_be_visible()
    dee.page.get_by_role("button", name="顯示客戶資料").click()
    name = dee.page.get_by_role("dialog").get_by_role("heading", name=customer.name)
    expect(name).to_be_visible()
    dee.page.wait_for_timeout(400)
    shown, read = toast.bounding_box(), name.bounding_box()
    assert shown and read
    assert shown["y"] > read["y"] + read["height"]


def test_an_expired_session_loses_no_words(agent: Callable[..., Agent], customer: Customer) -> None:
    ben = agent("ben").look_at("all")
    customer.write("請問到貨了嗎")
    ben.open(customer.name)
    ben.composer.fill("明天下午到貨")
    before = ben.page.url
    ben.page.context.clear_cookies()
    ben.composer.press("Enter")
    expect(ben.page.get_by_text("登入已過期")).to_be_visible()
    ben.page.get_by_label("密碼", exact=True).fill(PASSWORD)
    ben.page.get_by_role("button", name="登入").click()
    expect(ben.bubble("明天下午到貨")).to_be_visible()
    assert ben.page.url == before
    expect(customer.bubble("明天下午到貨")).to_be_visible(timeout=20_000)  # it goes by itself
