"""On the phone page, in a real browser: answering offers, speaking, calling, changing who one is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.house.chromium import TONE, open_chromium
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.playing import changes, of_kind, write
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.test_deeds import LIST, offer_form
from tests.inbox.simulator.test_phone_browser import Customer, bubble, open_chat
from tests.inbox.simulator.test_sending import wamid_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-TW")
    opened, complaints = context.new_page(), []
    opened.add_init_script(TONE)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def choose(page: Page | Locator, menu: str, item: str) -> None:
    page.get_by_role("button", name=menu).first.click()
    page.get_by_role("menuitem", name=item).click()


def sent(simulator: Running, customer: Customer, content: dict[str, Any]) -> str:
    return wamid_of(simulator.send(customer["phone"], type="interactive", interactive=content))


def answer_to(callback: Callback, wamid: str) -> dict[str, Any]:
    return until(lambda: [row for row in callback.messages() if row.get("context", {}).get("id") == wamid])[0]


def test_a_row_a_form_and_a_place_answer_what_was_asked(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    open_chat(page, simulator, mei)
    listed = sent(simulator, mei, LIST)
    bubble(page, listed).get_by_role("button", name="Teas").click()
    page.get_by_role("button", name="Oolong").click()
    assert answer_to(callback, listed)["interactive"]["list_reply"]["id"] == "t1"
    form = offer_form(simulator, mei)
    bubble(page, form).get_by_role("button", name="Book").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名字").fill("林美")
    dialog.get_by_label("備註").fill("靠窗")
    dialog.get_by_role("button", name="傳送").click()
    answers = json.loads(answer_to(callback, form)["interactive"]["nfm_reply"]["response_json"])
    assert (answers["name"], answers["note"], answers["flow_token"]) == ("林美", "靠窗", "table-7")
    expect(page.get_by_text("已填寫表單")).to_be_visible()
    ask = {"type": "location_request_message", "body": {"text": "您在哪裡？"}, "action": {"name": "send_location"}}
    where = sent(simulator, mei, ask)
    bubble(page, where).get_by_role("button", name="分享位置").click()
    page.get_by_role("dialog").get_by_role("button").nth(1).click()
    assert answer_to(callback, where)["type"] == "location"


def test_a_spoken_message_is_sent_as_a_phone_would(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    open_chat(page, simulator, mei)
    page.get_by_role("button", name="錄語音訊息").click()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    page.get_by_role("button", name="傳送語音訊息").click()
    audio = until(lambda: of_kind(callback, "audio"))[0]["audio"]
    assert (audio["mime_type"], audio["voice"]) == ("audio/ogg; codecs=opus", True)
    data = simulator.session.get(audio["url"], headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5).content
    assert data.startswith(b"OggS") and b"OpusHead" in data[:64] and len(data) > 500
    player = page.locator("li[data-kind=audio] audio")
    until(lambda: 0.5 < (player.evaluate("audio => Number.isFinite(audio.duration) ? audio.duration : 0")) < 10)
    page.get_by_role("button", name="錄語音訊息").click()
    page.locator(".recording").get_by_role("button", name="取消").click()
    expect(page.locator("li[data-kind=audio]")).to_have_count(1)
    drawn = write(simulator, mei, "audio", sample="silence")["wamid"]
    until(lambda: 2.9 < bubble(page, drawn).locator("audio").evaluate("audio => audio.duration || 0") < 3.1)


def test_what_one_does_with_a_business(simulator: Running, callback: Callback, mei: Customer, page: Page) -> None:
    open_chat(page, simulator, mei)
    choose(page, "對這個商家的更多動作", "從廣告進來")
    page.get_by_role("button", name="圖片廣告").click()
    until(lambda: [row for row in callback.messages() if row.get("referral", {}).get("media_type") == "image"])
    choose(page, "對這個商家的更多動作", "未接來電")
    until(lambda: [value for value in changes(callback, "calls") if value["calls"][0].get("status") == "FAILED"])
    expect(page.locator("li[data-kind=call]")).to_contain_text("未接來電")
    choose(page, "對這個商家的更多動作", "不要再收到優惠訊息")
    until(
        lambda: [value["user_preferences"][0]["value"] for value in changes(callback, "user_preferences")] == ["stop"]
    )
    choose(page, "對這個商家的更多動作", "願意再收到優惠訊息")
    until(lambda: len(changes(callback, "user_preferences")) == 2)
    choose(page, "對這個商家的更多動作", "檢舉並封鎖")
    page.get_by_role("dialog").get_by_role("button", name="檢舉並封鎖").click()
    until(lambda: simulator.sim("GET", f"customers/{mei['id']}")["blocks"] == [NUMBER])
    choose(page, "對這個商家的更多動作", "解除封鎖")
    until(lambda: simulator.sim("GET", f"customers/{mei['id']}")["blocks"] == [])


def test_who_one_is_can_change(simulator: Running, callback: Callback, mei: Customer, page: Page) -> None:
    open_chat(page, simulator, mei)
    choose(page, "變更身分", "設定使用者名稱")
    page.get_by_role("dialog").get_by_label("使用者名稱").fill("mei.lin")
    page.get_by_role("dialog").get_by_role("button", name="儲存").click()
    until(lambda: simulator.sim("GET", f"customers/{mei['id']}")["username"] == "mei.lin")
    choose(page, "變更身分", "不再使用使用者名稱")
    until(lambda: simulator.sim("GET", f"customers/{mei['id']}")["username"] is None)
    choose(page, "變更身分", "換號碼")
    page.get_by_role("dialog").get_by_role("button", name="換號碼").click()
    notice = until(lambda: of_kind(callback, "system"))[0]
    assert notice["from"] == mei["wa_id"]
    choose(page, "變更身分", "換新手機")
    until(lambda: len(of_kind(callback, "system")) == 2)


def test_own_words_can_be_edited_and_taken_back(
    simulator: Running, callback: Callback, mei: Customer, page: Page
) -> None:
    simulator.sim("PUT", f"numbers/{NUMBER}/coexistence", {"on": True})
    open_chat(page, simulator, mei)
    item = bubble(page, mei["first"])
    item.locator(".line").hover()
    choose(item, "編輯或刪除", "編輯")
    page.get_by_role("dialog").get_by_role("textbox").fill("Good morning")
    page.get_by_role("dialog").get_by_role("button", name="儲存").click()
    expect(item).to_contain_text("Good morning")
    expect(item).to_contain_text("已編輯")
    item.locator(".line").hover()
    choose(item, "編輯或刪除", "刪除")
    expect(item).to_contain_text("你刪除了這則訊息")
    until(lambda: of_kind(callback, "edit") and of_kind(callback, "revoke"))
