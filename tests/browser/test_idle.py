"""Signed out for doing nothing: warned in every tab, kept by a word in any, and later back where one was (SE-7)."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Agent
from tests.faults.patience import until
from tests.house.house import PASSWORD, House

pytestmark = pytest.mark.timeout(300)
_POLICY = "from security.models import SessionPolicy as P; P.objects.update_or_create(pk=1, defaults=dict({}))"


@pytest.fixture
def short(house: House) -> Iterator[None]:
    """Signed out after a minute, warned 45 seconds before."""
    house.python("manage.py", "shell", "-c", _POLICY.format("idle_minutes=1, warning_seconds=600"))
    yield
    house.python("manage.py", "shell", "-c", _POLICY.format("idle_minutes=15, warning_seconds=60"))


def knows_of_it(agent: Agent) -> bool:
    """Whether the server does: it may act on the policy of before for some seconds."""
    return bool(agent.page.request.get(f"{agent.house.url}/api/v1/session").json()["idle"]["report_seconds"] == 15)


def warning(page: Page) -> Locator:
    return page.get_by_role("dialog", name="你還在嗎？")


def test_the_whole_story(house: House, short: None, agent: Callable[..., Agent]):
    ben = agent("ben")
    until(lambda: knows_of_it(ben))
    ben.look_at("all")
    ben.page.locator("a[data-id]").first.click()
    expect(ben.composer).to_be_visible()
    ben.composer.fill("我查一下庫存")
    place = ben.page.url
    other = ben.page.context.new_page()
    other.goto(f"{house.url}/inbox/mine")
    expect(other.get_by_role("navigation", name=re.compile("收件匣"))).to_be_visible()

    for page in (ben.page, other):
        expect(warning(page)).to_be_visible(timeout=40_000)
    other.get_by_role("button", name="保持登入").click()
    for page in (ben.page, other):
        expect(warning(page)).to_be_hidden()

    # Nobody moves any more: both tabs warn, and both are signed out, saying why.
    for page in (ben.page, other):
        expect(warning(page)).to_be_visible(timeout=40_000)
    for page in (ben.page, other):
        expect(page.get_by_text("你有一段時間沒有操作，已自動登出")).to_be_visible(timeout=70_000)

    assert ben.page.url == place
    ben.page.get_by_label("密碼", exact=True).fill(PASSWORD)
    ben.page.get_by_role("button", name="登入").click()
    expect(ben.composer).to_have_value("我查一下庫存")
    assert ben.page.url == place
