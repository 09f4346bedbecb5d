"""Somebody makes a key for a program, in the browser; the program uses it, until it is revoked there."""

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.people import Agent
from tests.browser.programs import kept_secret
from tests.house.house import House

pytestmark = pytest.mark.browser


def test_a_key_is_made_used_rotated_and_revoked(agent: Callable[..., Agent], house: House) -> None:
    ana = agent("ana")
    ana.set_up_factor()
    page = ana.page
    page.goto(f"{house.url}/settings/keys")
    page.get_by_role("button", name="新增金鑰").click()
    page.get_by_role("textbox", name="名稱").fill("收銀機")
    page.get_by_role("checkbox", name="亞洲").check()
    page.get_by_role("checkbox", name="檢視對話").check()
    page.get_by_role("button", name="產生金鑰").click()
    secret = kept_secret(ana, "API 金鑰")

    def status(key: str, path: str = "conversations") -> int:
        headers = {"Authorization": f"Api-Key {key}"}
        return requests.get(f"{house.url}/api/v1/{path}", headers=headers, timeout=20).status_code

    assert (status(secret), status(secret, "contacts")) == (200, 403)
    page.reload()
    row = page.get_by_role("listitem").filter(has_text="收銀機")
    expect(row).to_contain_text("上次使用")
    row.get_by_role("button", name="更換").click()
    page.get_by_role("button", name="產生新金鑰").click()
    after = kept_secret(ana, "API 金鑰")
    assert after != secret and (status(secret), status(after)) == (200, 200)
    old = row.filter(has_text="已更換")
    old.get_by_role("button", name="撤銷").click()
    page.get_by_role("dialog").get_by_role("button", name="撤銷").click()
    expect(row.filter(has_text="已撤銷")).to_be_visible()
    assert (status(secret), status(after)) == (401, 200)
