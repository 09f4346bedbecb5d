"""One running Kefu per test process, one Chromium per module; a fresh browser context per person."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import ENROLLED, Agent
from tests.house.chromium import open_chromium
from tests.house.house import House, running_house
from tests.worlds.factors import Authenticator

# What is waited for comes; how soon tells more about the machine than about Kefu. Speed is the benches' business.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first of them starts a whole Kefu and seeds its demo, on a machine that runs other tests meanwhile."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def window(chromium: Browser, house: House) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser windows that are closed after the test; a failed test leaves their pictures in its folder."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = chromium.new_context(**{"viewport": {"width": 1360, "height": 860}, "locale": "zh-TW", **options})
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def agent(window: Callable[..., BrowserContext], house: House) -> Iterator[Callable[..., Agent]]:
    """Signs somebody of the demo world in, in a window of their own."""

    def enter(name: str, app: Authenticator | None = None, **options: Any) -> Agent:
        page = window(**options).new_page()
        return Agent(page, house).sign_in(f"{name}@kefu.demo", app)

    yield enter
    for email in list(ENROLLED):
        house.manage("reset_factor", email, "--reason", "The test is over")
        ENROLLED.discard(email)


@pytest.fixture
def phone(window: Callable[..., BrowserContext], house: House) -> Page:
    return window(viewport={"width": 900, "height": 860}).new_page()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    make = getattr(item, "funcargs", {}).get("window")
    folder = os.environ.get("KEFU_SCREENSHOTS")
    if report.when == "call" and report.failed and make is not None and folder:
        for number, context in enumerate(make.__closure__[1].cell_contents if make.__closure__ else []):
            for page in getattr(context, "pages", []):
                page.screenshot(path=str(Path(folder) / f"{item.name}-{number}.png"))
