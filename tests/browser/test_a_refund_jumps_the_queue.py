"""A message about money back is in front of the others within the tab that is open (CM-1)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def two(house: House, window: Callable[..., BrowserContext]) -> list[Customer]:
    pages: list[Page] = [window(viewport={"width": 900, "height": 860}).new_page() for _ in "12"]
    asia = number_in(house, "亞洲")
    return [
        Customer(page, house).arrive(Customer.fresh_name(name), asia) for name, page in zip("吳何", pages, strict=True)
    ]


def test_it_goes_before_whoever_wrote_later(agent: Callable[..., Agent], two: list[Customer]) -> None:
    upset, other = two
    ben = agent("ben").look_at("unassigned").pressing_first()
    upset.write("請問訂單到哪裡了？")
    expect(ben.line_of(upset.name)).to_be_visible()
    other.write("請問幾點打烊？")
    expect(ben.line_of(other.name)).to_be_visible()

    upset.write("等太久了，我要退款")
    expect(ben.lines.first).to_contain_text(upset.name)
    line = ben.line_of(upset.name)
    expect(line.get_by_role("img", name="緊急")).to_be_visible()
    expect(line).to_contain_text("高風險")

    other.write("那明天呢？")
    expect(ben.line_of(other.name)).to_contain_text("那明天呢？")
    expect(ben.lines.first).to_contain_text(upset.name)
    expect(ben.line_of(other.name)).not_to_contain_text("高風險")
