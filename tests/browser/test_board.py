"""A customer writes of fraud, a specialist hears of it, nobody takes it, a supervisor does; and cards on the board are
moved by mouse and by keyboard (TS-7, PM-11)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser
_TIME_IS_UP = """
from datetime import timedelta
from django.utils import timezone
from inbox.models import RiskCase
rows = RiskCase.objects.for_system("the test moves the clock").filter(closed_at=None, due_at__isnull=False)
rows.update(due_at=timezone.now() - timedelta(seconds=1))
"""


@pytest.fixture
def customer(phone: Page, house: House) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("羅"), number_in(house, "亞洲"))


def board_of(dee: Agent) -> Page:
    dee.page.get_by_role("link", name="主管看板").click()
    expect(dee.page.get_by_role("heading", name="主管看板")).to_be_visible()
    return dee.page


def card(page: Page, customer: Customer) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=customer.name))


def test_fraud_is_heard_of_escalated_and_taken(agent: Callable[..., Agent], customer: Customer, house: House) -> None:
    fay, dee = agent("fay").look_at("all"), agent("dee")
    page = board_of(dee)
    customer.write("有人說你們是詐騙")
    customer.write("真的是詐騙嗎")
    customer.write("不要再詐 騙了")
    fay.line_of(customer.name).click()
    banner = fay.page.get_by_role("region", name="可能涉及詐騙")
    expect(banner).to_be_visible()
    expect(banner.get_by_text("165 反詐騙")).to_be_visible()
    word = banner.get_by_role("button", name="詐騙")
    expect(word).to_have_count(1)
    expect(word).to_have_text("詐騙 ×3")
    for _ in range(3):  # the way to each message, one after the other
        word.click()
    expect(fay.bubble("有人說你們是詐騙")).to_be_visible()
    risky = page.get_by_role("link", name=customer.name).first
    expect(risky).to_be_visible()
    house.manage("shell", "-c", _TIME_IS_UP)
    expect(banner.get_by_text(re.compile("已交給 Dee|後通知下一層"))).to_be_visible(timeout=30_000)
    risky.click()
    dee.page.get_by_role("button", name="我來處理").click()
    expect(dee.page.get_by_text(re.compile("^你於 .* 接手"))).to_be_visible()
    expect(banner.get_by_text(re.compile("^Dee 於 .* 接手"))).to_be_visible()
    dee.page.get_by_role("button", name="結束…").click()
    dialog = dee.page.get_by_role("dialog", name="結束風險處理")
    dialog.get_by_label("原因").fill("已與客人通話，是冒名電話")
    dialog.get_by_role("button", name="結束", exact=True).click()
    expect(banner).to_be_hidden()


def test_a_card_is_moved_by_mouse_undone_and_moved_by_keyboard(agent: Callable[..., Agent], customer: Customer) -> None:
    agent("fay")
    # High enough for all people at once: at the lower edge the column scrolls on under what is dragged.
    page = board_of(agent("dee", viewport={"width": 1360, "height": 1500}))
    customer.write("請問有沒有禮盒")
    moving = card(page, customer).first
    expect(moving).to_be_visible()
    place = page.locator("[data-person]", has_text="Fay")
    expect(place).to_be_visible()
    moving.hover(position={"x": 120, "y": 30})
    page.mouse.down()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 30, steps=12)
    expect(place).to_have_attribute("data-over", "true")
    page.mouse.up()
    done = page.get_by_text(f"與{customer.name} 的對話已交給 Fay")
    _even_if_too_much(page, done)
    expect(moving).to_be_hidden()
    page.get_by_role("button", name="復原").click()
    expect(moving).to_be_visible()

    moving.get_by_role("button", name=f"拖曳 {customer.name}").focus()
    page.keyboard.press("Space")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(60)
        if place.get_attribute("data-over"):
            break
    page.keyboard.press("Space")
    _even_if_too_much(page, page.get_by_text(f"與{customer.name} 的對話已交給 Fay"))
    expect(moving).to_be_hidden()


def test_the_same_is_done_from_a_list_on_a_phone(agent: Callable[..., Agent], customer: Customer) -> None:
    dee = agent("dee", viewport={"width": 390, "height": 844})
    dee.page.goto(f"{dee.house.url}/board")
    customer.write("想換貨")
    dee.page.get_by_role("button", name=f"移動 {customer.name}").first.click()
    dialog = dee.page.get_by_role("dialog")
    dialog.get_by_role("button", name="售後服務").click()
    expect(dee.page.get_by_text("小組").filter(has_text=customer.name)).to_be_visible()


def _even_if_too_much(page: Page, done: Locator) -> None:
    """Whoever is asked whether they mean it does."""
    sure = page.get_by_role("button", name="仍要交給他")
    expect(sure.or_(done).first).to_be_visible()
    if sure.is_visible():
        sure.click()
    expect(done).to_be_visible()
