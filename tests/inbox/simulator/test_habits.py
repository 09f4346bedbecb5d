"""People who act by themselves, on the virtual clock."""

from typing import Any

import pytest

from inbox.simulator.storage import timers
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.playing import Customer, delivered
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_deeds import BUTTONS
from tests.inbox.simulator.test_sending import wamid_of

pytestmark = pytest.mark.usefixtures("conforming")


def habits(simulator: Running, customer: Customer, **changes: Any) -> None:
    simulator.sim("PATCH", f"customers/{customer['id']}/habits", changes)


def test_a_message_is_read_after_a_while_and_answered(simulator: Running, callback: Callback, mei: Customer) -> None:
    habits(simulator, mei, read_after=[600, 900], reply_probability=1, reply_after=[60, 61], replies=["Fine"])
    wamid = wamid_of(simulator.send(mei["phone"]))
    delivered(simulator, mei, wamid)
    assert [row["status"] for row in callback.statuses(wamid)][-1:] != ["read"]
    until(lambda: simulator.sim("GET", "state")["counts"]["timer"] == 1)
    simulator.sim("POST", "clock", {"advance": 901})
    until(lambda: [row["status"] for row in callback.statuses(wamid)][-1:] == ["read"])
    simulator.sim("POST", "clock", {"advance": 62})
    until(lambda: [row for row in callback.messages() if row.get("text", {}).get("body") == "Fine"])


def test_where_something_can_be_tapped_it_is(simulator: Running, callback: Callback, mei: Customer) -> None:
    habits(simulator, mei, read_after=[0, 0], reply_probability=1, reply_after=[0, 0])
    wamid = wamid_of(simulator.send(mei["phone"], type="interactive", interactive=BUTTONS))
    answer = until(lambda: [row for row in callback.messages() if row["type"] == "interactive"])[0]
    assert answer["context"]["id"] == wamid and answer["interactive"]["button_reply"]["id"] in ("b0", "b1")


def test_people_sleep_and_messages_wait(simulator: Running, callback: Callback, mei: Customer) -> None:
    hour = int(simulator.sim("GET", "clock")["now"][11:13])
    habits(simulator, mei, hours={"from": (hour + 2) % 24, "to": (hour + 4) % 24})
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent"])
    assert simulator.sim("GET", f"customers/{mei['id']}")["online"] is False
    simulator.sim("POST", "clock", {"advance": 2 * 3600})
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])


def test_an_old_client_cannot_take_buttons(simulator: Running, callback: Callback, mei: Customer) -> None:
    habits(simulator, mei, device="old")
    wamid = wamid_of(simulator.send(mei["phone"], type="interactive", interactive=BUTTONS))
    assert until(lambda: callback.statuses(wamid))[0]["errors"][0]["code"] == 131026


def test_a_crowd_writes_by_itself_for_a_while(simulator: Running, callback: Callback) -> None:
    arrivals = {"per_minute": 60, "minutes": 2, "texts": ["Is it in stock?"]}
    crowd = simulator.sim("POST", "crowd", {"number": NUMBER, "count": 30, "country": "GB", "arrivals": arrivals})
    world = simulator.world
    assert len(crowd["customers"]) == 30
    for _ in range(13):
        simulator.sim("POST", "clock", {"advance": 10})
        until(lambda: not timers.due(world.database, world.clock.now()))
    until(lambda: not simulator.sim("GET", "webhooks?limit=0")["counts"].get("pending"))
    assert 60 <= len(callback.messages()) <= 200  # 120 are due on average
    assert simulator.sim("GET", "state")["counts"]["timer"] == 0


@pytest.mark.parametrize(
    "change",
    [{"device": "abacus"}, {"read_after": 5}, {"reply_probability": 2}, {"hours": {"from": 3, "to": 3}}, {"mood": "x"},
     {"replies": "yes"}],
)  # fmt: skip
def test_an_impossible_habit_names_the_field(simulator: Running, mei: Customer, change: dict[str, Any]) -> None:
    url = f"{simulator.url}/__sim/customers/{mei['id']}/habits"
    answer = simulator.session.patch(url, json=change, timeout=5)
    assert (answer.status_code, answer.json()["field"]) == (400, next(iter(change)))
