"""Lifetimes, identities, orders, pacing, and what customers think of a template."""

from typing import Any

import pytest

from tests.inbox.simulator import samples
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_message_limits import put
from tests.inbox.simulator.test_messaging_rules import (
    HOUR,
    OFFER,
    Customer,
    outcome,
    person,
    put_template,
)
from tests.inbox.simulator.test_sending import wamid_of
from tests.inbox.simulator.test_template_life import told


@pytest.fixture
def offers(simulator: Running) -> str:
    """The id of a marketing template, approved."""
    return put_template(simulator)


@pytest.mark.parametrize(("category", "hours", "arrives"), [
    ("AUTHENTICATION", 0.1, True), ("AUTHENTICATION", 0.2, False), ("UTILITY", 29 * 24, True),
    ("UTILITY", 31 * 24, False)])  # fmt: skip
def test_a_message_waits_for_its_lifetime_and_is_then_dropped(
    simulator: Running, callback: Callback, category: str, hours: float, arrives: bool
) -> None:
    put_template(simulator, "late", category)
    anna = person(simulator)
    simulator.sim("PATCH", f"customers/{anna['id']}", {"online": False})
    wamid = wamid_of(simulator.send(anna["phone"], type="template", template={
        "name": "late", "language": {"code": "en_US"}}))  # fmt: skip
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent"])
    simulator.sim("POST", "clock", {"advance": hours * HOUR})
    simulator.sim("PATCH", f"customers/{anna['id']}", {"online": True})
    if arrives:
        until(lambda: callback.statuses(wamid)[-1]["status"] == "delivered")
    else:
        chat = simulator.sim("GET", f"customers/{anna['id']}/chats/{NUMBER}")["results"]
        assert [row["status"] for row in chat] == ["sent"]


def test_another_identity_does_not_get_what_was_meant_for_the_former(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    text = {"type": "text", "text": {"body": "For you alone"}}
    right = f"{mei['id']}-first="
    assert outcome(simulator, callback, mei, recipient_identity_key_hash=right, **text) == "delivered"
    assert outcome(simulator, callback, mei, recipient_identity_key_hash="another", **text) == 137000


def test_an_order_moves_forward_only(simulator: Running, callback: Callback, mei: Customer) -> None:
    sent = samples.read("messages")
    details = {key: value for key, value in sent["order details"].items() if key in ("type", "interactive")}
    status = {key: value for key, value in sent["order status"].items() if key in ("type", "interactive")}

    def become(state: str, **more: Any) -> int | str:
        body = put(status, "interactive.action.parameters.order.status", state)
        if more:
            body = put(body, "interactive.action.parameters.payment", more)
        return outcome(simulator, callback, mei, **body)

    assert become("processing") == 2046  # unknown
    details = put(details, "interactive.header", {"type": "text", "text": "Order"})
    assert outcome(simulator, callback, mei, **details) == "delivered"
    assert become("processing", status="captured") == "delivered"
    assert become("canceled") == 2047
    assert become("partially-shipped") == "delivered"
    assert become("processing") == 2046
    assert become("completed") == "delivered"
    assert become("shipped") == 2046


@pytest.mark.parametrize("bad", [False, True])
def test_a_paced_template_is_held_and_released_or_paused(
    simulator: Running, callback: Callback, offers: str, bad: bool
) -> None:
    simulator.sim("POST", f"templates/{offers}/pacing", {"batch": 1, "seconds": 600})
    answers = [simulator.send(person(simulator)["phone"], **OFFER).json()["messages"][0] for _ in range(3)]
    assert [answer["message_status"] for answer in answers] == ["accepted"] + ["held_for_quality_assessment"] * 2
    until(lambda: callback.statuses(answers[0]["id"]))
    assert callback.statuses(answers[1]["id"]) == []
    if bad:
        simulator.sim("POST", f"templates/{offers}/feedback", {"reaction": "block"})
    simulator.sim("POST", "clock", {"advance": 601})
    for answer in answers[1:]:
        first = until(lambda answer=answer: callback.statuses(answer["id"]))[0]
        assert first["status"] == "failed" if bad else first["status"] == "sent"
        assert not bad or first["errors"][0]["code"] == 132015
    if not bad:
        return
    paused = told(callback, "message_template_status_update", event="PAUSED")
    assert paused["other_info"]["title"] == "RATE_LIMITING_PAUSE"
    assert simulator.call("POST", f"{offers}/unpause").json()["success"] is False
    simulator.sim("POST", "clock", {"advance": 301})
    assert simulator.call("POST", f"{offers}/unpause").json() == {"success": True}
    assert simulator.send(person(simulator)["phone"], **OFFER).status_code == 200


def test_customers_reactions_count_for_the_template(
    simulator: Running, callback: Callback, offers: str, mei: Customer
) -> None:
    def heard() -> tuple[int, int]:
        template = simulator.sim("GET", f"templates/{offers}")
        return template["heard"], template["weight"]

    assert outcome(simulator, callback, mei, **OFFER) == "delivered"
    simulator.sim("POST", f"customers/{mei['id']}/read", {"number": NUMBER})
    assert heard() == (1, 1)
    simulator.sim("POST", f"customers/{mei['id']}/messages", {"number": NUMBER, "type": "text", "text": "Nice"})
    assert heard() == (2, 4)
    simulator.sim("PATCH", f"customers/{mei['id']}", {"blocks": [NUMBER]})
    assert heard() == (3, -6)


MONTH = 30 * 24 * HOUR


@pytest.mark.parametrize(("age", "fits"), [(MONTH - 60, True), (MONTH + 60, False)])
def test_quotes_reactions_and_receipts_reach_thirty_days_back(
    simulator: Running, callback: Callback, mei: Customer, age: float, fits: bool
) -> None:
    simulator.sim("POST", "clock", {"advance": age})
    simulator.sim("POST", f"customers/{mei['id']}/messages", {"number": NUMBER, "type": "text", "text": "Again"})
    wamid = wamid_of(simulator.send(mei["phone"], context={"message_id": mei["first"]}, text={"body": "x"}))
    chat = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"]
    assert (next(row for row in chat if row["wamid"] == wamid)["quoted"] is not None) is fits
    reaction = {"type": "reaction", "reaction": {"message_id": mei["first"], "emoji": "🍵"}}
    reacted = wamid_of(simulator.send(mei["phone"], **reaction))
    status = until(lambda: callback.statuses(reacted))[0]
    assert status["status"] == ("sent" if fits else "failed")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": mei["first"]}
    assert (simulator.call("POST", f"{NUMBER}/messages", json=read).status_code == 200) is fits
