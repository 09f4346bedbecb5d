"""Batches, raw bodies, repeated deliveries and wrong signatures through the control plane."""

import json
from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, signature_is_right, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running

Customer = dict[str, Any]


def test_a_thousand_changes_travel_in_one_post(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    batch = simulator.sim("POST", "webhooks/batch", {"number": NUMBER, "count": 1000, "customers": [mei["id"]]})
    until(lambda: len(callback.messages()) == 1001)
    post = callback.posts[-1]
    assert signature_is_right(post) and len(post["body"]) == batch["bytes"] <= 3 * 1024 * 1024
    assert {message["id"] for message in callback.messages()[1:]} == set(batch["wamids"])


def test_a_batch_may_mix_kinds_customers_and_unknown_fields(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    until(lambda: callback.messages())
    leo = simulator.sim("POST", "customers", {"name": "Leo"})
    messages = [
        {"customer": mei["id"], "type": "text", "text": "a"},
        {"customer": leo["id"], "type": "location", "latitude": 1, "longitude": 2},
    ]
    strange = {"field": "message_template_status_update", "value": {"event": "PAUSED", "message_template_id": 5}}
    simulator.sim("POST", "webhooks/batch", {"number": NUMBER, "messages": messages, "changes": [strange]})
    until(lambda: len(callback.messages()) == 3)
    changes = callback.taken()[-1]["entry"][0]["changes"]
    assert [change["field"] for change in changes] == ["messages", "messages", "message_template_status_update"]


def test_more_than_a_thousand_is_refused(simulator: Running) -> None:
    body = {"number": NUMBER, "count": 1001}
    assert simulator.session.post(f"{simulator.url}/__sim/webhooks/batch", json=body, timeout=5).status_code == 400


@pytest.mark.parametrize("signature", ["wrong", "missing", "truncated", "upper", "good"])
def test_a_raw_body_goes_out_with_the_signature_asked_for(
    simulator: Running, callback: Callback, signature: str
) -> None:
    body = {"number": NUMBER, "text": '{"object": "x",\n"entry":[]}', "signature": signature}
    answer = simulator.sim("POST", "webhooks/raw", body)["answer"]
    assert answer["status"] == 200
    post = callback.posts[-1]
    assert post["body"] == b'{"object": "x",\n"entry":[]}'
    assert signature_is_right(post) == (signature == "good")
    assert ("X-Hub-Signature-256" in post["headers"]) == (signature != "missing")


def test_a_raw_body_may_be_queued(simulator: Running, callback: Callback) -> None:
    callback.answers = [500]
    simulator.sim("POST", "webhooks/raw", {"number": NUMBER, "body": {"object": "future", "entry": []}, "queue": True})
    until(lambda: callback.taken() == [{"object": "future", "entry": []}])


def test_a_raw_body_goes_only_where_the_simulator_may_connect(simulator: Running) -> None:
    body = {"number": NUMBER, "body": {}, "url": "http://192.0.2.1/"}
    assert simulator.session.post(f"{simulator.url}/__sim/webhooks/raw", json=body, timeout=5).status_code == 403


def test_a_delivery_can_be_repeated_on_several_sockets_at_once(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    entry = until(lambda: [row for row in simulator.sim("GET", "webhooks")["results"] if row["state"] == "delivered"])[
        0
    ]
    answers = simulator.sim("POST", f"webhooks/{entry['id']}/redeliver", {"times": 5})["answers"]
    assert [answer["status"] for answer in answers] == [200] * 5
    assert {post["body"] for post in callback.posts} == {entry["body"].encode()}
    simulator.sim("POST", f"webhooks/{entry['id']}/redeliver", {"signature": "wrong"})
    assert not signature_is_right(callback.posts[-1])
    assert json.loads(callback.posts[-1]["body"]) == json.loads(entry["body"])
