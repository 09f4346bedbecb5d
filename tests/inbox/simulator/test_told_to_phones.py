"""What an open phone page hears: a reaction shows on its target and is never a message of its own."""

from typing import Any

import pytest

from inbox.simulator.messaging import receiving, statuses
from inbox.simulator.storage import customers, messages, numbers
from inbox.simulator.world import World


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of the messages phones were told of."""
    heard: list[str] = []

    def publish(self: Any, news: dict[str, Any], *, customer: str | None = None) -> None:
        if news["type"] == "message":
            heard.append(news["message"]["kind"])

    monkeypatch.setattr("inbox.simulator.events.EventBus.publish", publish)
    return heard


def said(world: World, customer: dict[str, Any], direction: str, kind: str, content: dict[str, Any]) -> str:
    at = world.clock.now() - 60
    return world.add_message(
        customer=customer["id"], number="1", direction=direction, kind=kind, content=content, at=at
    )


def test_a_reaction_given_delivered_and_read_is_told_as_its_target_only(told: list[str]) -> None:
    world = World(None, seed=1)
    world.add_number(phone_number_id="1", waba_id="2", verified_name="Shop")
    mei = world.add_customer(name="Mei")
    wamid = said(world, mei, "out", "text", {"body": "Hi"})
    customer, number = customers.find(world.database, mei["id"]), numbers.find(world.database, "1")
    assert customer is not None and number is not None
    told.clear()
    given = {"message_id": wamid, "emoji": "👍"}
    reaction = receiving.receive(world, customer, number, "reaction", given, announce=False)
    assert told == ["text"]
    receiving.arrived(world, reaction["wamid"])
    stored = messages.find(world.database, reaction["wamid"])
    assert stored is not None and stored["status"] == "delivered"
    receiving.read_by_business(world, stored)
    assert told == ["text"]


def test_a_reaction_of_the_business_is_told_as_its_target_only(told: list[str]) -> None:
    world = World(None, seed=1)
    world.add_number(phone_number_id="1", waba_id="2", verified_name="Shop")
    mei = world.add_customer(name="Mei")
    asked = said(world, mei, "in", "text", {"body": "Hi"})
    reaction = said(world, mei, "out", "reaction", {"message_id": asked, "emoji": "👍"})
    messages.change(world.database, reaction, status="accepted")
    told.clear()
    assert statuses.apply(world, reaction, "sent")
    assert told == ["text"]
