"""Words can be read (WCAG AA) in both themes, also where the theme picked is not the system's."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.people import Agent
from tests.house.house import ROOT, House

pytestmark = pytest.mark.browser

_AXE = Path(ROOT, "static/node_modules/axe-core/axe.min.js")
_FAINT = """async () => {
  const { violations } = await axe.run(document.body, { runOnly: ["color-contrast"] });
  return violations.flatMap(({ nodes }) => nodes.map(({ html, failureSummary }) => html + failureSummary));
}"""
_FADED_IN_SECONDS = 5
_THEMES = pytest.mark.parametrize(("theme", "system"), [("dark", "light"), ("light", "dark"), ("dark", "dark")])
_REFUSAL = {"code": "refused", "message": "現在不能這樣做。", "field": None, "remedy": "請稍候再試。"}


def _dress(context: BrowserContext, theme: str) -> BrowserContext:
    context.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{theme}')")
    return context


def _faint(page: Page) -> list[str]:
    """What stays faint: what fades in is so only on its way."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    deadline = time.monotonic() + _FADED_IN_SECONDS
    while (faint := list(page.evaluate(_FAINT))) and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    return faint


def _refuse(route: Route) -> None:
    route.fulfill(status=400, json=_REFUSAL) if route.request.method in ("POST", "PATCH") else route.fallback()


@_THEMES
def test_the_sign_in_page_and_its_refusal(
    window: Callable[..., BrowserContext], house: House, theme: str, system: str
) -> None:
    page = _dress(window(color_scheme=system), theme).new_page()
    page.route("**/api/v1/session", _refuse)
    page.goto(house.url)
    page.get_by_label("電子郵件").fill("ben@kefu.demo")
    page.get_by_label("密碼", exact=True).fill("anything")
    page.get_by_role("button", name="登入").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert _faint(page) == []


@_THEMES
def test_the_inbox_with_a_toast_and_the_expired_session(
    window: Callable[..., BrowserContext], house: House, theme: str, system: str
) -> None:
    page = _dress(window(color_scheme=system), theme).new_page()
    Agent(page, house).sign_in("ben@kefu.demo").look_at("all")
    page.locator("a[data-id]").first.click()
    page.route("**/api/v1/me", _refuse)
    page.get_by_role("button", name="帳號選單").click()
    page.get_by_role("menuitemradio", name="暫離").click()
    expect(page.get_by_role("alert").get_by_text(_REFUSAL["message"] or "")).to_be_visible()
    page.keyboard.press("Escape")
    assert _faint(page) == []
    page.context.clear_cookies()
    page.keyboard.press("j")  # the next conversation, unless the page has noticed by itself
    expect(page.get_by_text("登入已過期")).to_be_visible()
    assert _faint(page) == []
