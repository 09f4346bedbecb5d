"""Everybody, and whoever is signed out, looks at all they can come to in a shop full of attacks: nothing runs, nothing
is asked for elsewhere, nothing secret is told, everything is shown as it was written."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.hostile.crawler import Crawler
from tests.browser.hostile.shop import HostileShop
from tests.browser.hostile.watch import Watch
from tests.house.house import PASSWORD

pytestmark = pytest.mark.browser
# Set for a long run: so many times the pages of each crawl.
TIMES = int(os.environ.get("KEFU_CRAWL_TIMES") or 1)
Window = Callable[..., BrowserContext]

# Pages that no other page leads to at once, by who may see them.
_OWN = ("/", "/settings/security", "/access")
_ANSWERS = (*_OWN, "/settings/macros")
_LEADS = (*_ANSWERS, "/settings/service", "/settings/risk", "/settings/assignment", "/board/wall")
# Who looks, where they begin, and how many kinds of page they must have come to.
ROLES = {
    "nobody": ("", ("/", "/forgot-password", "/reset-password/x/y", "/sign-in?next=/admin/"), 4),
    "observer": ("eli", _OWN, 7),
    "trainee": ("ina", _ANSWERS, 9),
    "finance": ("joy", _ANSWERS, 9),
    "agent": ("ben", _ANSWERS, 10),
    "senior": ("fay", _ANSWERS, 10),
    "supervisor": ("dee", _LEADS, 16),
    "admin": ("ana", (*_LEADS, "/settings/keys", "/erasures"), 18),
    "admin in Django admin": ("ana", ("/admin/",), 14),
}


def signed_in(context: BrowserContext, url: str, who: str) -> None:
    """By the client's own call, in this window."""
    context.request.get(f"{url}/sign-in")
    token = next(str(one["value"]) for one in context.cookies() if one["name"] == "csrftoken")
    body = {"email": f"{who}@kefu.demo", "password": PASSWORD}
    head = {"X-CSRFToken": token, "Origin": url}
    assert context.request.post(f"{url}/api/v1/session", data=body, headers=head).ok


def secrets_of(shop: HostileShop) -> list[str]:
    """What this house must keep for itself."""
    info = shop.house.info()
    kept = [(shop.house.data / name).read_text().strip() for name in ("secret_key", "master_key")]
    held = [one[name] for one in info["channels"] for name in ("app_secret", "access_token")]
    return [*kept, *held, *(one["api_key"] for one in info["accounts"]), PASSWORD]


@pytest.fixture
def crawl(shop: HostileShop, window: Window) -> Callable[..., Crawler]:
    def begin(who: str, *starts: str, most: int = 18) -> Crawler:
        # So high that lists that draw only what is in sight draw everything.
        context = window(viewport={"width": 1500, "height": 3000})
        if who:
            signed_in(context, shop.house.url, who)
        watch = Watch(context, shop.house.url, secrets_of(shop))
        crawler = Crawler(watch, shop.garden, shop.house.phone_url, each=TIMES, most=most * TIMES)
        return crawler.crawl(*starts)

    return begin


@pytest.mark.parametrize(("who", "starts", "least"), ROLES.values(), ids=ROLES)
def test_nothing_they_come_to_is_wrong(
    crawl: Callable[..., Crawler], who: str, starts: tuple[str, ...], least: int
) -> None:
    crawler = crawl(who, *starts, most=least + 2)
    print(who or "nobody", len(crawler.seen), sum(crawler.seen.values()), sorted(crawler.seen))
    assert crawler.faults == {}, crawler.told()
    assert len(crawler.seen) >= least, sorted(crawler.seen)
    assert crawler.watch.read > 1  # the page itself, and who is signed in
