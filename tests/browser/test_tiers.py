"""The tier rises to the highest: whoever has a password alone makes a passkey on the way in, in a browser (SE-4)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.doors import expect_inside, give_password, sign_out
from tests.house.house import House

ELI = "eli@kefu.demo"
_CHINESE = f"""
from security.models import User
User.objects.filter(email="{ELI}").update(language="zh-hant")
"""
# By hand: the demo world has neither allowed addresses nor an admin with a passkey, without which nobody switches.
_RAISE = """
from django.utils import timezone
from security.models import TierSwitch
TierSwitch.objects.create(tier="enterprise", reason="A test", at=timezone.now())
"""
_LOWER = """
from security.models import DeviceConfirmation, TierSwitch
TierSwitch.objects.all().delete()
DeviceConfirmation.objects.all().delete()
"""


@pytest.fixture
def raised(house: House) -> Iterator[Callable[[], object]]:
    house.manage("shell", "-c", _CHINESE)
    yield lambda: house.manage("shell", "-c", _RAISE)
    house.manage("shell", "-c", _LOWER)
    house.manage("reset_factor", ELI, "--reason", "The test is over")


@pytest.fixture
def page(window: Callable[..., BrowserContext], house: House) -> Page:
    """Under a name: browsers know no passkeys for IP addresses."""
    opened = window(base_url=house.url.replace("127.0.0.1", "localhost")).new_page()
    devices = opened.context.new_cdp_session(opened)
    devices.send("WebAuthn.enable")
    wishes = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    wishes |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": wishes})
    return opened


def test_whoever_is_in_sees_it_and_whoever_comes_makes_a_passkey(
    raised: Callable[[], object], house: House, page: Page
) -> None:
    give_password(page, ELI)
    expect_inside(page)
    raised()
    banner = page.get_by_role("complementary", name="登入安全等級已提高")
    for _again in range(5):  # the tier is read anew every few seconds
        page.reload()
        expect_inside(page)
        if banner.is_visible():
            break
        page.wait_for_timeout(1500)
    expect(banner).to_be_visible()
    banner.get_by_role("link", name="現在完成").click()
    expect(page.get_by_role("region", name="現在要完成的事")).to_contain_text("通行金鑰")

    page.goto("/inbox/mine")
    sign_out(page)
    give_password(page, ELI)
    expect(page.get_by_role("heading", name="建立通行金鑰")).to_be_visible()
    page.get_by_role("button", name="建立通行金鑰並登入").click()
    expect(page.get_by_role("heading", name="請保存備用碼")).to_be_visible()
    page.get_by_role("button", name="我已保存").click()
    expect_inside(page)
    expect(banner).not_to_be_visible()

    sign_out(page)
    give_password(page, ELI)
    page.get_by_role("button", name="用通行金鑰驗證").click()
    expect_inside(page)
