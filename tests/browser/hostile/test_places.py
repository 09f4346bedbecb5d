"""Where what was planted is really shown: each field in some place, and nowhere as anything but text."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.attacks.customer_fields import NEVER_SHOWN
from tests.browser.hostile.crawler import LOOKING, Crawler
from tests.browser.hostile.shop import FILES, HostileShop
from tests.browser.hostile.test_crawl import secrets_of, signed_in
from tests.browser.hostile.watch import Watch
from tests.house.house import House

pytestmark = pytest.mark.browser
Window = Callable[..., BrowserContext]
PAGES = (
    "/inbox/all", "/inbox/scheduled", "/board", "/board/wall", "/log", "/access", "/settings/replies",
    "/settings/macros", "/settings/assignment", "/settings/risk", "/trainees", "/channels", "/bin", "/erasures",
    "/search?q=owned", "/search?q=script", "/search?q=Teller",
)  # fmt: skip
# What a page of its own, a menu or a letter shows; Django admin's are in ``tests/attacks/test_stored_content.py``.
ELSEWHERE = {
    "duty.reason", "grant.reason", "draft", "out.link.url", "canned.shortcut", "contact.consent", "lock.reason",
    "contact.hold", "request.reason", "person.name", "risk.reason", "team.name", "region.name",
}  # fmt: skip
# Other sites, as ``next=`` would name them.
EVIL = (
    "//evil.invalid/", "/\\evil.invalid/", "https://evil.invalid/", "javascript:owned('next')", "\t//evil.invalid",
    "/admin/../..//evil.invalid",
)  # fmt: skip
# What a page may be asked; whether it knows the name or not.
NAMES = (
    "q", "next", "error", "view", "tab", "message", "person", "region", "o", "p", "e", "all", "_popup", "_to_field",
)  # fmt: skip
ASKED = (
    "/", "/sign-in", "/search", "/log", "/board", "/admin/", "/admin/security/user/", "/admin/security/team/",
    "/admin/login/", "/inbox/<i>x", "/admin/security/user/<i>x/change/", "/nothing/<i>x", "/lock/<i>x", "/go/<i>x",
)  # fmt: skip


@pytest.fixture
def looker(shop: HostileShop, window: Window) -> tuple[Crawler, Page]:
    context = window(viewport={"width": 1500, "height": 6000})
    signed_in(context, shop.house.url, "ana")
    watch = Watch(context, shop.house.url, secrets_of(shop))
    return Crawler(watch, shop.garden, shop.house.phone_url), watch.page()


def test_every_field_is_shown_as_it_was_written(shop: HostileShop, looker: tuple[Crawler, Page]) -> None:
    crawler, page = looker
    for path in (*PAGES, *(f"/inbox/all/{talk.id}" for talk in shop.talks)):
        crawler.visit(page, path)
    shown = {shop.garden.planted[mark].place for mark in crawler.shown}
    missing = shop.garden.places() - shown - set(NEVER_SHOWN) - ELSEWHERE
    assert missing == set()
    assert crawler.faults == {}, crawler.told()


def test_a_file_that_would_run_is_only_downloaded(shop: HostileShop, looker: tuple[Crawler, Page]) -> None:
    crawler, page = looker
    crawler.visit(page, f"/inbox/all/{shop.filer}")
    said = shop.call("ana", "GET", f"/api/v1/conversations/{shop.filer}/messages?limit=100").json()["results"]
    said = [one for one in said if one["kind"] == "document"]
    urls = {one["content"]["media"]["name"]: one["content"]["media"]["url"] for one in said}
    assert set(urls) >= set(FILES)
    for name, url in urls.items():
        answer = page.request.get(shop.house.url + url)
        told = answer.headers
        assert answer.ok and told["content-security-policy"] == "default-src 'none'; sandbox", name
        assert told["x-content-type-options"] == "nosniff"
        if told["content-type"] != "image/png":  # as which nothing in it runs
            assert told["content-type"] == "application/octet-stream" and "attachment" in told["content-disposition"]
        with suppress(Error):  # a download is no page
            page.goto(shop.house.url + url)
    assert crawler.faults == {} and not [one for one in crawler.watch.heard() if "OWNED" in one]


def test_no_address_leads_out_of_the_house(shop: HostileShop, looker: tuple[Crawler, Page]) -> None:
    crawler, page = looker
    for onwards in EVIL:
        for path in ("/sign-in?next=", "/admin/login/?next="):
            page.goto(f"{shop.house.url}{path}{quote(onwards)}", wait_until="domcontentloaded")
            crawler.watch.settled(page, calm=3)
            assert page.url.startswith(shop.house.url + "/"), (path, onwards)
    assert [one for one in crawler.watch.heard() if "evil" in one or "OWNED" in one] == []


def test_whoever_signs_in_is_led_nowhere_else(shop: HostileShop, window: Window) -> None:
    context = window()
    watch = Watch(context, shop.house.url)
    page = watch.page()
    page.goto(f"{shop.house.url}/sign-in?next={quote('//evil.invalid/')}")
    page.get_by_label("電子郵件").fill("ben@kefu.demo")
    page.get_by_label("密碼", exact=True).fill(shop.house.env["KEFU_DEMO_PASSWORD"])
    page.get_by_role("button", name="登入", exact=True).click()
    expect(page).to_have_url(f"{shop.house.url}/inbox/mine")
    assert [one for one in watch.heard() if "evil" in one] == []


def test_nothing_in_an_address_comes_back_as_more_than_text(shop: HostileShop, looker: tuple[Crawler, Page]) -> None:
    crawler, page = looker
    for path in ASKED:
        attack = shop.garden.one("address", "\"'><svg/onload=owned('@@')>")
        asked = "&".join(f"{name}={quote(attack)}" for name in NAMES)
        answer = page.request.get(f"{shop.house.url}{path}?{asked}", max_redirects=3)
        assert answer.status < 500 and attack not in answer.text() and "<i>x" not in answer.text(), path
        page.goto(f"{shop.house.url}{path}?{asked}", wait_until="domcontentloaded")
        crawler.watch.settled(page, calm=3)
        assert not [one for one in crawler.watch.heard() if "OWNED" in one or "Content Security" in one], path


def test_cookies_are_out_of_reach(shop: HostileShop, looker: tuple[Crawler, Page]) -> None:
    _, page = looker
    page.goto(shop.house.url)
    kept = {one["name"]: one for one in page.context.cookies()}
    assert kept["kefu_session"]["httpOnly"] and "kefu_session" not in page.evaluate("document.cookie")
    assert {one["sameSite"] for one in kept.values()} == {"Lax"}


def test_the_watch_hears_what_runs_and_what_is_asked_for(house: House, window: Window) -> None:
    """Otherwise its silence would say nothing."""
    watch = Watch(window(), house.url)
    page = watch.page()
    page.set_content("<img src=x onerror=owned('seen')><img src=https://canary.invalid/seen>")
    page.wait_for_function("document.images.length === 2 && [...document.images].every((one) => one.complete)")
    heard = " ".join(watch.heard())
    assert "OWNED seen" in heard and "asked for https://canary.invalid/seen" in heard
    assert page.evaluate(LOOKING, ["seen", house.phone_url])["faults"]
