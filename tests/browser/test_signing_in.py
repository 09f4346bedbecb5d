"""Signing in with all its steps, in a real browser with a virtual authenticator (SE-1, SE-2)."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.doors import expect_inside, give_password, sign_out
from tests.house.house import PASSWORD, House
from tests.worlds.factors import Authenticator

GUS = "gus@kefu.demo"  # in no other browser test: another password stays
NEW = "Orchid-tumble-42!"
_FROM = """
from security.models import SignInPolicy
SignInPolicy.objects.update_or_create(pk=1, defaults={{"factor_from": "{}"}})
"""
_CHINESE = f"""
from security.models import User
User.objects.filter(email="{GUS}").update(language="zh-hant")
"""
_EXPIRED = f"""
from datetime import timedelta
from django.utils import timezone
from security.models import User
User.objects.filter(email="{GUS}").update(password_set_at=timezone.now() - timedelta(days=91))
"""


@pytest.fixture(scope="module", autouse=True)
def _gus_reads_chinese(house: House) -> None:
    house.manage("shell", "-c", _CHINESE)


@pytest.fixture
def strict(house: House) -> Iterator[House]:
    """From the agent level on a second factor is asked for, as in a house that is not the demo's."""
    house.manage("shell", "-c", _FROM.format("agent"))
    yield house
    house.manage("shell", "-c", _FROM.format("nobody"))
    house.manage("reset_factor", GUS, "--reason", "The test is over")


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


def test_an_app_is_set_up_on_the_way_in_then_a_passkey_then_no_password_is_needed(strict: House, page: Page) -> None:
    # The policy is read anew every few seconds.
    expect_step(page, "設定雙重驗證")
    page.get_by_role("button", name="設定驗證器 App").click()
    app = Authenticator(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_label("6 位數").fill(app.code())
    expect(page.get_by_role("heading", name="請保存備用碼")).to_be_visible()
    page.reload()  # whoever loads the page anew is in, but has seen no code: new ones are made on the security page
    expect_inside(page)

    page.goto("/settings/security")
    page.get_by_role("button", name="新增通行金鑰").click()
    page.get_by_role("dialog").get_by_label("名稱").fill("測試筆電")
    page.get_by_role("dialog").get_by_role("button", name="繼續").click()
    expect(page.get_by_role("listitem").filter(has_text="測試筆電")).to_be_visible()

    sign_out_from_settings(page)
    give_password(page, GUS)
    page.get_by_role("button", name="用通行金鑰驗證").click()
    expect_inside(page)
    sign_out(page)
    page.get_by_role("button", name="用通行金鑰登入").click()
    expect_inside(page)
    expect_admin_takes_the_passkey(strict, page)


def expect_admin_takes_the_passkey(house: House, page: Page) -> None:
    house.manage("set_level", GUS, "admin")
    page.goto("/admin/factor/?next=/admin/security/user/")
    page.get_by_role("button", name="使用通行金鑰").click()
    expect(page).to_have_url(re.compile("/admin/security/user/$"))
    house.manage("set_level", GUS, "agent")


def expect_step(page: Page, title: str) -> None:
    heading = page.get_by_role("heading", name=title)
    for _again in range(4):
        give_password(page, GUS)
        inside = page.get_by_role("navigation", name="收件匣")
        expect(heading.or_(inside).first).to_be_visible()
        if heading.is_visible():
            return
        sign_out(page)
        page.wait_for_timeout(2000)
    expect(heading).to_be_visible()


def come_as_executive(page: Page) -> None:
    """The lists of addresses are read anew every few seconds."""
    inside = page.get_by_role("navigation", name="收件匣")
    for _again in range(4):
        page.goto("/executive")
        expect(page.get_by_role("heading", name="高階主管登入")).to_be_visible()
        expect(page.get_by_label("密碼", exact=True)).to_be_hidden()
        page.get_by_role("button", name="用通行金鑰登入").click()
        expect(page.get_by_role("alert").or_(inside).first).to_be_visible()
        if inside.is_visible():
            return
        page.wait_for_timeout(2000)
    expect(inside).to_be_visible()


def sign_out_from_settings(page: Page) -> None:
    page.goto("/inbox/mine")
    expect_inside(page)
    sign_out(page)


def test_a_trusted_browser_asks_for_no_code_but_a_dangerous_deed_does(strict: House, page: Page) -> None:
    expect_step(page, "設定雙重驗證")
    page.get_by_role("button", name="設定驗證器 App").click()
    app = Authenticator(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_label("6 位數").fill(app.code())
    page.get_by_role("button", name="我已保存").click()
    expect_inside(page)

    sign_out(page)
    give_password(page, GUS)
    page.get_by_label("信任這個瀏覽器 30 天").check()
    page.get_by_label("驗證碼").fill(app.code(1))
    expect_inside(page)

    sign_out(page)
    give_password(page, GUS)
    expect_inside(page)
    page.goto("/settings/security")
    devices = page.get_by_role("region", name="認得的裝置")
    expect(devices.get_by_text("信任至")).to_be_visible()
    page.get_by_role("button", name="新增通行金鑰").click()
    page.get_by_role("dialog").get_by_label("名稱").fill("測試筆電")
    page.get_by_role("dialog").get_by_role("button", name="繼續").click()
    expect(page.get_by_role("dialog", name="輸入驗證碼")).to_be_visible()

    page.goto("/settings/security")
    devices.get_by_role("button", name="取消信任").click()
    expect(devices.get_by_text("信任至")).to_be_hidden()
    sign_out_from_settings(page)
    give_password(page, GUS)
    expect(page.get_by_role("heading", name="再確認一次是你本人")).to_be_visible()


@pytest.fixture
def executives(strict: House) -> Iterator[House]:
    """Gus may come in by the executives' way from this machine; the mark is the test's to set."""
    strict.manage("allow_address", "127.0.0.1", "--for", "executives")
    yield strict
    strict.manage("executive", GUS, "--off", "--reason", "The test is over")


def test_an_executive_comes_in_at_their_own_page_only(executives: House, page: Page) -> None:
    expect_step(page, "設定雙重驗證")
    page.get_by_role("button", name="改用通行金鑰").click()
    page.get_by_role("button", name="我已保存").click()
    expect_inside(page)
    executives.manage("executive", GUS, "--reason", "Runs the house")

    come_as_executive(page)

    sign_out(page)
    give_password(page, GUS)
    expect(page.get_by_text("電子郵件或密碼不正確")).to_be_visible()
    page.get_by_role("button", name="用通行金鑰登入").click()
    expect(page.get_by_role("alert")).to_contain_text("/executive")


def test_an_expired_password_is_replaced_before_one_is_in(house: House, page: Page) -> None:
    house.manage("shell", "-c", _EXPIRED)
    give_password(page, GUS)
    expect(page.get_by_role("heading", name="換一個新密碼")).to_be_visible()
    page.get_by_label("新密碼").fill("Password-2026!")
    page.get_by_label("再輸入一次").fill("Password-2026!")
    page.get_by_role("button", name="換密碼並登入").click()
    expect(page.get_by_text("太容易猜到")).to_be_visible()
    page.get_by_label("新密碼").fill(NEW)
    page.get_by_label("再輸入一次").fill(NEW)
    page.get_by_role("button", name="換密碼並登入").click()
    expect_inside(page)


def test_the_admin_sends_people_to_the_one_door_and_gets_them_back(house: House, page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("電子郵件").fill("ana@kefu.demo")
    page.get_by_label("密碼", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登入", exact=True).click()
    expect(page.get_by_role("heading", name="總覽")).to_be_visible()
    page.goto("/inbox/mine")
    expect_inside(page)
