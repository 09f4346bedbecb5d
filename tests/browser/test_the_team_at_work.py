"""The whole team at the same time, each in a window of their own: two agents, a trainee with a mentor, a supervisor and
a finance person, around one customer each hears of what concerns them and of nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Agent, Customer, number_in
from tests.house.house import House

pytestmark = pytest.mark.browser


@dataclass
class Team:
    ben: Agent
    ana: Agent
    ina: Agent
    fay: Agent
    dee: Agent
    joy: Agent


@pytest.fixture
def customer(house: House, phone: Page) -> Customer:
    return Customer(phone, house).arrive(Customer.fresh_name("江"), number_in(house, "亞洲"))


@pytest.fixture
def team(agent: Callable[..., Agent]) -> Team:
    """Ben and Ana answer, Ina learns and Fay mentors her, Dee supervises at the board, Joy sees payments only."""
    ben, ana, ina, fay, joy = (agent(name).look_at("all") for name in ("ben", "ana", "ina", "fay", "joy"))
    dee = agent("dee")
    dee.page.goto(f"{dee.house.url}/board")
    return Team(ben=ben, ana=ana, ina=ina, fay=fay, dee=dee, joy=joy)


def test_they_work_without_stepping_on_each_other(team: Team, customer: Customer) -> None:
    customer.write("請問禮盒可以今天寄嗎？")
    _two_agents_meet(team, customer)
    _the_supervisor_gives_it_to_the_trainee(team, customer)
    _what_the_trainee_writes_waits_for_the_mentor(team, customer)
    _finance_hears_of_it_once_it_is_about_money(team, customer)
    for text in ("可以的", "今天下午五點前寄出", "款項收到了"):
        expect(customer.bubble(text)).to_have_count(1)


def _two_agents_meet(team: Team, customer: Customer) -> None:
    """Both look, each sees the other; one answers, and nobody twice."""
    ben, ana = team.ben, team.ana
    expect(team.ina.line_of(customer.name)).to_have_count(0)
    ben.open(customer.name)
    ana.open(customer.name)
    expect(ana.page.locator('[data-part="company"]')).to_be_visible()
    ben.answer("可以的")
    expect(ana.bubble("可以的")).to_be_visible()
    expect(customer.bubble("可以的")).to_have_count(1)


def _the_supervisor_gives_it_to_the_trainee(team: Team, customer: Customer) -> None:
    """Whose list it comes into at once; who had it keeps seeing it."""
    _give(team.dee.look_at("all").open(customer.name), "Ina")
    expect(team.ina.line_of(customer.name)).to_be_visible()
    expect(team.ben.page.locator("header").get_by_text("Ina").first).to_be_visible()


def _give(dee: Agent, to: str) -> None:
    dee.page.locator("header").get_by_role("button", name=re.compile("負責人|指派")).first.click()
    dee.page.get_by_role("option").filter(has_text=to).first.click()


def _what_the_trainee_writes_waits_for_the_mentor(team: Team, customer: Customer) -> None:
    ina, fay = team.ina, team.fay
    fay.open(customer.name)
    ina.open(customer.name)
    ina.answer("今天下午五點前寄出")
    expect(ina.bubble("今天下午五點前寄出")).to_contain_text("等待核准")
    expect(customer.bubble("今天下午五點前寄出")).to_have_count(0)
    fay.page.get_by_role("button", name="核准", exact=True).click()
    expect(customer.bubble("今天下午五點前寄出")).to_have_count(1)
    expect(team.ben.bubble("今天下午五點前寄出")).to_be_visible()


def _finance_hears_of_it_once_it_is_about_money(team: Team, customer: Customer) -> None:
    """Marked, it is in Joy's list; given to her it leaves the trainee's; locked, the others read why they have to wait;
    let go, they read it no longer."""
    ben, joy = team.ben, team.joy
    expect(joy.line_of(customer.name)).to_have_count(0)
    customer.write("我要匯款給你們，帳號給我")
    team.dee.page.get_by_role("button", name="更多動作").click()
    team.dee.page.get_by_role("menuitem", name="標記為款項，財務人員也能看到").click()
    expect(joy.line_of(customer.name)).to_be_visible()
    _give(team.dee, "Joy")
    expect(team.ina.line_of(customer.name)).to_have_count(0)
    joy.open(customer.name)
    joy.lock("核對款項")
    expect(ben.page.get_by_text("核對款項").first).to_be_visible()
    expect(ben.composer).to_be_hidden()
    joy.answer("款項收到了")
    expect(ben.bubble("款項收到了")).to_be_visible()
    joy.page.get_by_role("button", name="解除鎖定").first.click()
    expect(ben.page.get_by_text("核對款項")).to_have_count(0)
