"""The door itself, for whoever has no ``Agent`` yet: in with a password, inside, out again."""

from playwright.sync_api import Page, expect

from tests.house.house import PASSWORD


def give_password(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_label("電子郵件").fill(email)
    page.get_by_label("密碼", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登入", exact=True).click()


def expect_inside(page: Page) -> None:
    expect(page.get_by_role("navigation", name="收件匣")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="帳號選單").click()
    page.get_by_role("menuitem", name="登出").click()
    expect(page.get_by_label("電子郵件")).to_be_visible()
