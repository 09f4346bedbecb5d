"""The forms in which an agent puts a message together."""

from playwright.sync_api import Locator, expect

from tests.browser.people import Agent


def open_form(agent: Agent, kind: str) -> Locator:
    agent.page.get_by_role("button", name="傳送更多內容").click()
    agent.page.get_by_role("menuitem", name=kind, exact=True).click()
    form = agent.page.get_by_role("dialog", name=kind)
    expect(form).to_be_visible()
    return form


def send(form: Locator) -> None:
    form.get_by_role("button", name="傳送", exact=True).click()
    expect(form).to_be_hidden()


def fill(form: Locator, **values: str) -> Locator:
    """By label; a number after ``__`` says which of several."""
    for label, value in values.items():
        name, _, place = label.partition("__")
        form.get_by_label(name).nth(int(place or 0)).fill(value)
    return form
