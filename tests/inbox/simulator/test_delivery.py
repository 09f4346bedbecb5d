"""The webhook queue: handshake, signature, order, retries, duplicates, disorder."""

import json
from typing import Any

import pytest

from tests.inbox.simulator.callback import VERIFY_TOKEN, Callback, signature_is_right, until
from tests.inbox.simulator.conftest import NUMBER, WABA, put_number, verified
from tests.inbox.simulator.running import Running

pytestmark = pytest.mark.usefixtures("conforming")
Customer = dict[str, Any]


def write(simulator: Running, customer: Customer, text: str) -> str:
    body = {"number": NUMBER, "type": "text", "text": text}
    return str(simulator.sim("POST", f"customers/{customer['id']}/messages", body)["wamid"])


def log_of(simulator: Running) -> list[dict[str, Any]]:
    return list(reversed(simulator.sim("GET", "webhooks")["results"]))


def test_the_handshake_uses_dotted_parameters(bare: Running, callback: Callback) -> None:
    put_number(bare, callback)
    until(lambda: verified(bare))
    asked = callback.gets[0]
    assert (
        asked["hub.mode"] == "subscribe"
        and asked["hub.verify_token"] == VERIFY_TOKEN
        and asked["hub.challenge"].isdigit()
    )


def test_a_refused_handshake_is_tried_again_and_nothing_is_lost(bare: Running, callback: Callback) -> None:
    callback.accepts = False
    put_number(bare, callback)
    customer = bare.sim("POST", "customers", {"name": "Mei"})
    wamid = write(bare, customer, "Early")
    until(lambda: callback.gets)
    until(lambda: "403" in str(bare.sim("GET", "numbers")["results"][0]["handshake_error"]))
    assert callback.posts == []
    callback.accepts = True
    bare.sim("POST", "clock", {"advance": 60})
    until(lambda: [message["id"] for message in callback.messages()] == [wamid])


def test_an_inbox_which_is_not_up_yet_is_waited_for(bare: Running, callback: Callback) -> None:
    callback.close()
    put_number(bare, callback)
    until(lambda: bare.sim("GET", "numbers")["results"][0]["handshake_error"])
    late = Callback()
    put_number(bare, late)
    until(lambda: verified(bare))
    late.close()


def test_every_post_is_signed_over_its_own_bytes(simulator: Running, callback: Callback, mei: Customer) -> None:
    for index in range(20):
        write(simulator, mei, f"訊息 {index} 😀 https://example.com/a")
    until(lambda: len(callback.messages()) == 21)
    assert all(signature_is_right(post) for post in callback.posts)
    assert {post["headers"]["Content-Type"] for post in callback.posts} == {"application/json"}
    bodies = [post["body"] for post in callback.posts]
    assert any(b'": ' in body for body in bodies) and any(b'":"' in body for body in bodies)


def test_messages_of_one_customer_arrive_in_order(simulator: Running, callback: Callback, mei: Customer) -> None:
    sent = [mei["first"], *(write(simulator, mei, f"{index}") for index in range(30))]
    until(lambda: len(callback.messages()) == 31)
    assert [message["id"] for message in callback.messages()] == sent


def test_a_failed_delivery_is_repeated_at_once_with_the_same_bytes(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    until(lambda: callback.messages())
    callback.answers = [500]
    wamid = write(simulator, mei, "Again")
    until(lambda: wamid in [message["id"] for message in callback.messages()])
    failed, again = callback.posts[-2:]
    assert (failed["status"], again["status"], failed["body"]) == (500, 200, again["body"])
    entry = until(lambda: [row for row in log_of(simulator) if row["wamid"] == wamid and row["state"] == "delivered"])[
        0
    ]
    assert [attempt["answered"] for attempt in entry["tries"]] == [500, 200]


@pytest.mark.parametrize("status", [201, 204, 302, 401, 503])
def test_anything_but_200_counts_as_failure(simulator: Running, callback: Callback, mei: Customer, status: int) -> None:
    until(lambda: callback.messages())
    callback.answers = [status]
    wamid = write(simulator, mei, "Once more")
    until(lambda: wamid in [message["id"] for message in callback.messages()])
    assert [post["status"] for post in callback.posts[-2:]] == [status, 200]


def test_pauses_grow_and_after_seven_days_it_is_dropped(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    callback.answers = [500] * 1000
    wamid = write(simulator, mei, "Nobody listens")

    def entry() -> dict[str, Any]:
        return next(row for row in log_of(simulator) if row["wamid"] == wamid)

    until(lambda: entry()["attempts"] >= 3)
    for _ in range(5):
        before = entry()["attempts"]
        simulator.sim("POST", "clock", {"advance": 4 * 3600})
        until(lambda seen=before: entry()["attempts"] > seen)
    assert entry()["state"] == "pending"
    simulator.sim("POST", "clock", {"advance": 7 * 86400})
    until(lambda: entry()["state"] == "dropped")


def test_waiting_deliveries_can_be_hastened(simulator: Running, callback: Callback, mei: Customer) -> None:
    callback.answers = [500] * 4
    wamid = write(simulator, mei, "Soon")
    until(lambda: any(row["attempts"] >= 3 for row in log_of(simulator)))
    simulator.sim("POST", "webhooks/flush")
    until(lambda: wamid in [message["id"] for message in callback.messages()])


def test_duplicates_and_disorder_are_switches(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim(
        "PATCH", "settings", {"duplicate_probability": 1.0, "disorder_probability": 1.0, "disorder_seconds": 0.3}
    )
    sent = [write(simulator, mei, f"{index}") for index in range(20)]
    until(lambda: len(callback.messages()) == 41)
    order = [message["id"] for message in callback.messages()][1:]
    assert sorted(order) == sorted(sent * 2)
    assert list(dict.fromkeys(order)) != sent
    # Some repetitions are the same bytes and some are not.
    assert 21 < len({post["body"] for post in callback.posts}) < 41


def test_an_unsubscribed_account_sends_nothing(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    assert simulator.call("GET", f"{WABA}/subscribed_apps").json()["data"][0]["whatsapp_business_api_data"]["id"]
    assert simulator.call("DELETE", f"{WABA}/subscribed_apps").json() == {"success": True}
    assert simulator.call("GET", f"{WABA}/subscribed_apps").json() == {"data": []}
    write(simulator, mei, "Silence")
    assert simulator.call("POST", f"{WABA}/subscribed_apps").json() == {"success": True}
    heard = write(simulator, mei, "Heard")
    until(lambda: len(callback.messages()) == 2)
    assert callback.messages()[-1]["id"] == heard


def test_an_override_receives_instead_after_its_own_handshake(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    other = Callback()
    refused = {"override_callback_uri": other.url, "verify_token": "wrong"}
    assert simulator.call("POST", f"{WABA}/subscribed_apps", json=refused).status_code == 400
    assert (
        simulator.call("POST", f"{WABA}/subscribed_apps", json={**refused, "verify_token": VERIFY_TOKEN}).status_code
        == 200
    )
    wamid = write(simulator, mei, "Elsewhere")
    until(lambda: wamid in [message["id"] for message in other.messages()])
    other.close()


def test_an_override_outside_the_allow_list_is_not_asked(simulator: Running) -> None:
    body = {"override_callback_uri": "http://192.0.2.1/hook", "verify_token": "x"}
    error = simulator.call("POST", f"{WABA}/subscribed_apps", json=body).json()["error"]
    assert "neither loopback" in error["error_data"]["details"]


def test_the_log_measures_how_quickly_the_inbox_answers(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: simulator.sim("GET", "webhooks")["counts"].get("delivered"))
    found = simulator.sim("GET", "webhooks")
    assert 0 < found["latency"]["median_ms"] <= found["latency"]["p99_ms"] < 5000
    assert json.loads(found["results"][0]["body"])["object"] == "whatsapp_business_account"


def test_an_answer_that_takes_too_long_counts_as_none(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    simulator.sim("PATCH", "settings", {"webhook_late_seconds": 0.000001, "retry_first": 3600})
    wamid = write(simulator, mei, "late")
    until(lambda: [row for row in log_of(simulator) if row["wamid"] == wamid and row["attempts"] == 1])
    row = next(row for row in log_of(simulator) if row["wamid"] == wamid)
    assert (row["state"], row["answered"]) == ("pending", 200)
    simulator.sim("PATCH", "settings", {"webhook_late_seconds": 0})
    simulator.sim("POST", "webhooks/flush")
    until(lambda: [message["id"] for message in callback.messages()].count(wamid) == 2)
