"""Programs of the shop: an API key and a signed webhook, made in the browser, and the client that uses them."""

import importlib.util
from typing import Any

from tests.browser.people import Agent
from tests.house.house import ROOT


def example_client() -> Any:
    """``docs/examples/exchange_client.py``, as somebody would copy it."""
    spec = importlib.util.spec_from_file_location("exchange_client", ROOT / "docs/examples/exchange_client.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_key(agent: Agent, name: str, *, region: str, may: str) -> str:
    """The key, which is shown once."""
    page = agent.page
    page.goto(f"{agent.house.url}/settings/keys")
    page.get_by_role("button", name="新增金鑰").click()
    page.get_by_role("textbox", name="名稱").fill(name)
    page.get_by_role("checkbox", name=region).check()
    page.get_by_role("checkbox", name=may).check()
    page.get_by_role("button", name="產生金鑰").click()
    return kept_secret(agent, "API 金鑰")


def connect_webhook(agent: Agent, name: str, code: str, *, region: str) -> tuple[str, str]:
    """Where the system posts to, and the secret it signs with."""
    page = agent.page
    page.goto(f"{agent.house.url}/settings/exchange")
    page.get_by_role("button", name="連接系統").click()
    form = page.get_by_role("dialog", name="連接系統")
    form.get_by_label("種類").select_option("webhook")
    form.get_by_label("區域").select_option(label=region)
    form.get_by_label("名稱").fill(name)
    form.get_by_label("簡稱").fill(code)
    form.get_by_role("button", name="連接", exact=True).click()
    secret = kept_secret(agent, f"「{name}」的簽章密鑰")
    return page.get_by_role("listitem").filter(has_text=name).get_by_text("/webhooks/exchange/").inner_text(), secret


def kept_secret(agent: Agent, label: str) -> str:
    """What is shown once under ``label``; saved, so the page says, and gone."""
    secret = agent.page.locator("output").and_(agent.page.get_by_label(label, exact=True)).inner_text()
    agent.page.get_by_role("button", name="我已保存").click()
    return secret
