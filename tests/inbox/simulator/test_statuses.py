"""Statuses follow the customer: offline, reading, receipts, blocks; which ids they carry; prices."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, customer_who_wrote
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_sending import wamid_of

pytestmark = pytest.mark.usefixtures("conforming")
Customer = dict[str, Any]


def names(callback: Callback, wamid: str) -> list[str]:
    return [row["status"] for row in callback.statuses(wamid)]


def value_of(callback: Callback, wamid: str, status: str) -> dict[str, Any]:
    def found() -> Any:
        for value in callback.values():
            if any(row["id"] == wamid and row["status"] == status for row in value.get("statuses", [])):
                return value
        return None

    return until(found)


def send_to_bsuid(simulator: Running, bsuid: str) -> str:
    body = {"messaging_product": "whatsapp", "recipient": bsuid, "type": "text", "text": {"body": "Hi"}}
    return wamid_of(simulator.call("POST", f"{NUMBER}/messages", json=body))


def test_an_offline_customer_gets_it_when_back(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("PATCH", f"customers/{mei['id']}", {"online": False})
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: names(callback, wamid) == ["sent"])
    simulator.sim("POST", "clock", {"advance": 3600})
    simulator.sim("PATCH", f"customers/{mei['id']}", {"online": True})
    until(lambda: names(callback, wamid) == ["sent", "delivered"])


def test_reading_reports_every_unread_message(simulator: Running, callback: Callback, mei: Customer) -> None:
    wamids = [wamid_of(simulator.send(mei["phone"])) for _ in range(2)]
    until(lambda: all(names(callback, wamid) == ["sent", "delivered"] for wamid in wamids))
    assert simulator.sim("POST", f"customers/{mei['id']}/read", {"number": NUMBER}) == {"read": 2}
    until(lambda: all(names(callback, wamid)[-1] == "read" for wamid in wamids))


def test_without_read_receipts_nobody_learns_of_it(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("PATCH", f"customers/{mei['id']}", {"read_receipts": False})
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: names(callback, wamid) == ["sent", "delivered"])
    assert simulator.sim("POST", f"customers/{mei['id']}/read", {"number": NUMBER}) == {"read": 0}


def test_a_blocked_business_stays_at_sent(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("PATCH", f"customers/{mei['id']}", {"blocks": [NUMBER]})
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: names(callback, wamid) == ["sent"])
    until(lambda: simulator.sim("GET", "state")["counts"]["timer"] == 0)
    assert names(callback, wamid) == ["sent"]
    simulator.sim("PATCH", f"customers/{mei['id']}", {"blocks": []})
    until(lambda: names(callback, wamid) == ["sent", "delivered"])


def test_a_reaction_reports_sent_only_and_shows_on_its_target(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    reaction = {"type": "reaction", "reaction": {"message_id": mei["first"], "emoji": "❤️"}}
    wamid = wamid_of(simulator.send(mei["phone"], **reaction))
    until(lambda: simulator.sim("GET", "state")["counts"]["timer"] == 0)
    until(lambda: names(callback, wamid) == ["sent"])
    assert "pricing" not in callback.statuses(wamid)[0]
    chat = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"]
    assert [row["reactions"] for row in chat] == [[{"emoji": "❤️", "side": "business"}]]


def test_an_empty_emoji_takes_the_reaction_back(simulator: Running, mei: Customer) -> None:
    for emoji in ("❤️", ""):
        wamid_of(simulator.send(mei["phone"], type="reaction", reaction={"message_id": mei["first"], "emoji": emoji}))
        until(lambda: simulator.sim("GET", "state")["counts"]["timer"] == 0)
    assert simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][0]["reactions"] == []


def test_a_reaction_to_nothing_fails_with_131009(simulator: Running, callback: Callback, mei: Customer) -> None:
    wamid = wamid_of(
        simulator.send(mei["phone"], type="reaction", reaction={"message_id": "wamid.unknown", "emoji": "👍"})
    )
    assert until(lambda: callback.statuses(wamid))[0]["errors"][0]["code"] == 131009


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("by_phone", [True, False])
def test_ids_in_statuses_follow_the_presence_table(
    simulator: Running, callback: Callback, hidden: bool, by_phone: bool
) -> None:
    customer = customer_who_wrote(simulator, name="Nora", hide_phone=hidden)
    wamid = wamid_of(simulator.send(customer["phone"])) if by_phone else send_to_bsuid(simulator, customer["bsuid"])
    shares = by_phone or not hidden
    for status in ("sent", "delivered"):
        value = value_of(callback, wamid, status)
        entry, contact = value["statuses"][0], value["contacts"][0]
        assert entry["recipient_user_id"] == contact["user_id"] == customer["bsuid"]
        assert entry.get("recipient_id") == contact.get("wa_id") == (customer["wa_id"] if shares else None)
        assert contact["profile"]["name"] == "Nora"
        assert ("username" in contact["profile"]) == (hidden and status == "delivered")


@pytest.mark.parametrize("by_phone", [True, False])
def test_ids_in_failures_follow_the_presence_table(simulator: Running, callback: Callback, by_phone: bool) -> None:
    customer = simulator.sim("POST", "customers", {"name": "Leo"})  # never wrote: the window is closed
    wamid = wamid_of(simulator.send(customer["phone"])) if by_phone else send_to_bsuid(simulator, customer["bsuid"])
    value = value_of(callback, wamid, "failed")
    entry = value["statuses"][0]
    assert "contacts" not in value
    assert ("recipient_id" in entry, "recipient_user_id" in entry) == (by_phone, not by_phone)


def test_older_webhooks_carry_a_conversation(simulator: Running, callback: Callback, mei: Customer) -> None:
    plain = wamid_of(simulator.send(mei["phone"]))
    assert "conversation" not in value_of(callback, plain, "sent")["statuses"][0]
    simulator.sim("PATCH", "settings", {"webhook_version": "v23.0"})
    old = value_of(callback, wamid_of(simulator.send(mei["phone"])), "sent")["statuses"][0]
    assert old["conversation"]["origin"]["type"] == "service"
    assert "expiration_timestamp" in old["conversation"]


def test_after_the_free_thousand_service_messages_are_charged(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    month = 0.0
    with simulator.world.database.transaction():
        simulator.world.free_used.clear()
        for _ in range(999):
            wamid = simulator.world.add_message(
                customer=mei["id"],
                number=NUMBER,
                direction="out",
                kind="text",
                content={"body": "x"},
                at=simulator.world.clock.now() - month,
            )
            simulator.world.database.run(
                'UPDATE message SET pricing = \'{"type": "free_customer_service"}\' WHERE wamid = ?', wamid
            )
    types = []
    for _ in range(2):
        wamid = wamid_of(simulator.send(mei["phone"]))
        types.append(value_of(callback, wamid, "sent")["statuses"][0]["pricing"]["type"])
    assert types == ["free_customer_service", "regular"]


def test_the_price_may_ride_on_delivered_instead(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"pricing_on": "delivered"})
    wamid = wamid_of(simulator.send(mei["phone"]))
    assert "pricing" in value_of(callback, wamid, "delivered")["statuses"][0]
    assert "pricing" not in value_of(callback, wamid, "sent")["statuses"][0]


def test_who_has_the_chat_open_reads_without_delivered(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"chat_open_probability": 1, "pricing_on": "delivered"})
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: names(callback, wamid) == ["sent", "read"])
    assert [("pricing" in row) for row in callback.statuses(wamid)] == [False, True]
