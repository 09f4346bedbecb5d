"""Two people play customers on the phone page, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.house.chromium import open_chromium
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_sending import wamid_of

pytestmark = pytest.mark.browser
Customer = dict[str, Any]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A wide page; anything on its console, or a breach of its policy, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-TW")
    opened, complaints = context.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def _is_complaint(message: ConsoleMessage) -> bool:
    """Leaving a page while its connection is being made is no fault of the page."""
    return message.type in ("error", "warning") and "closed before the connection is established" not in message.text


def open_chat(page: Page, simulator: Running, customer: Customer, query: str = "") -> None:
    page.goto(f"{simulator.url}/?customer={customer['id']}&number={NUMBER}{query}")
    expect(
        page.get_by_role("textbox", name="輸入訊息" if "lang=en" not in query else "Type a message").first
    ).to_be_visible()


def bubble(page: Page, wamid: str) -> Any:
    return page.locator(f"li[data-wamid='{wamid}']")


def test_a_new_customer_writes_and_sees_the_ticks_change(simulator: Running, callback: Callback, page: Page) -> None:
    page.goto(simulator.url)
    page.get_by_role("button", name="新增客人").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名字").fill("王小明")
    dialog.get_by_role("button", name="建立").click()
    box = page.get_by_role("textbox", name="輸入訊息")  # the only business opens at once
    box.fill("您好 <img src=x onerror=alert(1)> *粗體*")
    box.press("Enter")
    arrived = until(callback.messages)[0]
    assert arrived["text"]["body"] == "您好 <img src=x onerror=alert(1)> *粗體*"
    item = page.get_by_role("listitem")
    expect(item.locator("strong")).to_have_text("粗體")
    expect(item.locator("img")).to_have_count(0)
    expect(item.locator("[data-status=delivered]")).to_be_visible()
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": arrived["id"]}
    simulator.call("POST", f"{NUMBER}/messages", json=read)
    expect(item.locator("[data-status=read]")).to_be_visible()
    assert page.title() == "模擬手機 · 王小明"


def test_the_business_types_then_answers_and_the_open_chat_reads_it(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    open_chat(page, simulator, mei)
    typing = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": mei["first"],
        "typing_indicator": {"type": "text"},
    }
    simulator.call("POST", f"{NUMBER}/messages", json=typing)
    expect(page.get_by_text("正在輸入…")).to_be_visible()
    wamid = wamid_of(
        simulator.send(mei["phone"], type="text", text={"body": "為您處理中"}, context={"message_id": mei["first"]})
    )
    expect(bubble(page, wamid)).to_contain_text("為您處理中")
    expect(bubble(page, wamid).locator(".quote")).to_contain_text("Hi")
    expect(page.get_by_text("正在輸入…")).to_be_hidden()
    until(lambda: [row["status"] for row in callback.statuses(wamid)][-1:] == ["read"])
    expect(bubble(page, wamid).locator("[data-status=read]")).to_be_visible()


def test_a_slow_answer_does_not_undo_news_which_overtook_it(simulator: Running, mei: Customer, page: Page) -> None:
    open_chat(page, simulator, mei)

    def answer_late(route: Any) -> None:
        answer = route.fetch()
        wamid = answer.json()["wamid"]
        chat = f"customers/{mei['id']}/chats/{NUMBER}"
        until(
            lambda: {row["wamid"]: row["status"] for row in simulator.sim("GET", chat)["results"]}[wamid] == "delivered"
        )
        route.fulfill(response=answer)

    page.route("**/messages", answer_late)
    box = page.get_by_role("textbox", name="輸入訊息")
    box.fill("快")
    box.press("Enter")
    item = page.get_by_role("listitem").filter(has_text="快")
    expect(item).to_be_visible()
    page.wait_for_timeout(300)
    expect(item.locator("[data-status=delivered]")).to_be_visible()


def test_enter_while_an_input_method_composes_sends_nothing(simulator: Running, mei: Customer, page: Page) -> None:
    open_chat(page, simulator, mei)
    box = page.get_by_role("textbox", name="輸入訊息")
    box.fill("ㄋㄧˇ")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    box.press("Shift+Enter")
    expect(page.get_by_role("listitem")).to_have_count(1)
    assert box.input_value() == "ㄋㄧˇ\n"
    box.press("Enter")
    expect(page.get_by_role("listitem")).to_have_count(2)


def test_a_sample_photo_with_a_caption_and_a_file(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    open_chat(page, simulator, mei)
    page.get_by_role("button", name="附加").click()
    page.get_by_role("menuitem", name="範例照片").click()
    page.get_by_role("button", name="破掉的杯子").click()
    page.get_by_role("textbox", name="輸入訊息").fill("破了")
    page.get_by_role("button", name="傳送", exact=True).click()
    until(lambda: any(row.get("image", {}).get("caption") == "破了" for row in callback.messages()))
    shown = page.locator("li[data-kind=image] img")
    expect(shown).to_be_visible()
    until(lambda: shown.evaluate("image => image.naturalWidth") == 1080)
    page.get_by_role("button", name="附加").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name="文件").click()
    chooser.value.set_files({"name": "發票.txt", "mimeType": "text/plain", "buffer": b"total 920"})
    page.get_by_role("textbox", name="輸入訊息").press("Enter")
    until(lambda: any(row.get("document", {}).get("filename") == "發票.txt" for row in callback.messages()))


def test_reacting_replying_and_tapping_a_button(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    open_chat(page, simulator, mei)
    action = {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "好"}}]}
    interactive = {"type": "button", "body": {"text": "可以嗎？"}, "action": action}
    item = bubble(page, wamid_of(simulator.send(mei["phone"], type="interactive", interactive=interactive)))
    item.locator(".line").hover()
    item.get_by_role("button", name="加上表情").click()
    page.get_by_role("menuitemradio", name="以 👍 回應").click()
    expect(item.locator(".reactions")).to_have_text("👍")
    until(lambda: any(row["type"] == "reaction" for row in callback.messages()))
    page.wait_for_timeout(300)  # its ticks have come back by now: they are no message on the phone
    expect(page.get_by_role("listitem")).to_have_count(2)
    item.get_by_role("button", name="移除表情").click()
    expect(item.locator(".reactions")).to_have_count(0)
    item.get_by_role("button", name="回覆").click()
    page.get_by_role("textbox", name="輸入訊息").fill("沒問題")
    page.keyboard.press("Enter")
    item.get_by_role("button", name="好", exact=True).click()
    until(lambda: len(callback.messages()) == 5)
    kinds = [row["type"] for row in callback.messages()]
    assert kinds == ["text", "reaction", "reaction", "text", "interactive"]
    wamid = item.get_attribute("data-wamid")
    assert {row["context"]["id"] for row in callback.messages()[3:]} == {wamid}


def test_two_phones_side_by_side_hold_two_customers(simulator: Running, mei: Customer, page: Page) -> None:
    leo = simulator.sim("POST", "customers", {"name": "Leo", "country": "GB"})
    open_chat(page, simulator, mei)
    page.get_by_role("button", name="第二支手機").click()
    second = page.get_by_role("region", name="手機 2")
    second.get_by_role("combobox", name="客人").select_option(leo["id"])
    second.get_by_role("textbox", name="輸入訊息").fill("From Leo")
    second.get_by_role("textbox", name="輸入訊息").press("Enter")
    expect(second.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("region", name="手機 1").get_by_role("listitem")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"customer2={leo['id']}&number2={NUMBER}"))
    page.reload()
    expect(page.get_by_role("region", name="手機 2").get_by_role("listitem")).to_contain_text("From Leo")


def test_offline_and_read_receipts_are_switches(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    open_chat(page, simulator, mei)
    page.get_by_role("switch", name="已讀回條").uncheck(force=True)
    page.get_by_role("switch", name="上線").uncheck(force=True)
    expect(
        page.get_by_role("textbox", name="離線時不能傳送").or_(page.get_by_role("textbox", name="輸入訊息"))
    ).to_be_disabled()
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent"])
    expect(bubble(page, wamid)).to_have_count(0)
    page.get_by_role("switch", name="上線").check(force=True)
    expect(bubble(page, wamid)).to_be_visible()
    expect(bubble(page, wamid).locator("[data-status=delivered]")).to_be_visible()


def test_english_dark_and_narrow(simulator: Running, mei: Customer, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    open_chat(page, simulator, mei, "&lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.get_by_role("textbox", name="Type a message").bounding_box()
    assert box and box["y"] + box["height"] <= 844
    page.get_by_role("button", name="Change language").click()
    expect(page.get_by_role("textbox", name="輸入訊息")).to_be_visible()
    page.get_by_role("button", name="返回對話列表").click()
    expect(page.get_by_role("heading", name="對話")).to_be_visible()
    context.close()


def test_a_restarted_simulator_is_found_again(simulator: Running, mei: Customer, page: Page) -> None:
    open_chat(page, simulator, mei)
    page.wait_for_load_state("networkidle")
    simulator.sim("POST", "reset")
    expect(page.get_by_text("還沒有商家號碼")).to_be_visible()


def test_people_are_shown_with_their_sign_and_their_number_as_they_write_it(simulator: Running, page: Page) -> None:
    people = {
        "陳怡君": "君",
        "企業禮贈": "企",
        "歐洲客服 Europe": "歐",
        "小瑜🌿": "小",
        "Emily Hart": "EH",
        "Zoë Ålund": "ZÅ",
        "Mia ☕": "M",
        "🌸": "🌸",
    }
    for place, name in enumerate(people):
        simulator.sim("POST", "customers", {"name": name, "phone": f"+44770090036{place}"})
    page.goto(simulator.url)
    for place, (name, sign) in enumerate(people.items()):
        row = page.get_by_role("button").filter(has_text=f"+44 7700 90036{place}")
        expect(row.locator("b")).to_have_text(name)
        expect(row.locator(".avatar")).to_have_text(sign)
