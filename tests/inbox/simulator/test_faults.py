"""Faults on demand: what an inbox must survive."""

from typing import Any

import pytest
import requests

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_media import fetch, upload

Customer = dict[str, Any]
TEXT = {"type": "text", "text": {"body": "Hi"}, "biz_opaque_callback_data": "mine"}


def fault(simulator: Running, kind: str, **detail: Any) -> None:
    simulator.sim("POST", "faults", {"kind": kind, **detail})


def outgoing(simulator: Running, customer: Customer) -> list[dict[str, Any]]:
    chat = simulator.sim("GET", f"customers/{customer['id']}/chats/{NUMBER}")["results"]
    return [row for row in chat if row["direction"] == "out"]


def test_the_next_sends_meet_a_gateway_page(simulator: Running, mei: Customer) -> None:
    fault(simulator, "send_status", status=502, count=2)
    answers = [simulator.send(mei["phone"], **TEXT) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [502, 502, 200]
    assert answers[0].headers["content-type"].startswith("text/html")
    assert len(outgoing(simulator, mei)) == 1


@pytest.mark.parametrize(
    ("detail", "status", "code"), [({"code": 131000}, 500, 131000), ({"code": 80007, "status": 429}, 429, 80007)]
)
def test_the_next_send_meets_an_error_of_meta(
    simulator: Running, mei: Customer, detail: dict[str, int], status: int, code: int
) -> None:
    fault(simulator, "send_error", **detail)
    answer = simulator.send(mei["phone"], **TEXT)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_accepted_but_the_connection_drops(simulator: Running, callback: Callback, mei: Customer) -> None:
    fault(simulator, "send_accept_then_drop")
    with pytest.raises(requests.ConnectionError):
        simulator.send(mei["phone"], **TEXT)
    sent = until(lambda: outgoing(simulator, mei))[0]
    until(lambda: len(callback.statuses(sent["wamid"])) == 2)
    assert {row["biz_opaque_callback_data"] for row in callback.statuses(sent["wamid"])} == {"mine"}
    assert simulator.send(mei["phone"], **TEXT).status_code == 200


def test_accepted_but_answered_500(simulator: Running, callback: Callback, mei: Customer) -> None:
    fault(simulator, "send_accept_then_status", status=500)
    assert simulator.send(mei["phone"], **TEXT).status_code == 500
    sent = until(lambda: outgoing(simulator, mei))[0]
    until(lambda: len(callback.statuses(sent["wamid"])) == 2)


def test_a_slow_answer_may_come_after_the_status(simulator: Running, callback: Callback, mei: Customer) -> None:
    fault(simulator, "send_slow", seconds=0.6)
    answer = simulator.send(mei["phone"], **TEXT)
    assert answer.elapsed.total_seconds() >= 0.6
    assert [row["status"] for row in callback.statuses(answer.json()["messages"][0]["id"])] == ["sent", "delivered"]


def test_the_media_side_can_be_down_alone(simulator: Running, mei: Customer) -> None:
    media_id = upload(simulator).json()["id"]
    url = simulator.call("GET", media_id).json()["url"]
    fault(simulator, "media_status", status=503, count=3)
    assert [
        simulator.call("GET", media_id).status_code,
        upload(simulator).status_code,
        fetch(simulator, url).status_code,
    ] == [503] * 3
    assert simulator.send(mei["phone"], **TEXT).status_code == 200
    assert fetch(simulator, url).status_code == 200


def test_a_download_may_break_off(simulator: Running) -> None:
    media_id = upload(simulator).json()["id"]
    node = simulator.call("GET", media_id).json()
    fault(simulator, "download_truncated")
    assert len(fetch(simulator, node["url"]).content) < node["file_size"]


def test_faults_are_listed_and_can_be_forgotten(simulator: Running, mei: Customer) -> None:
    fault(simulator, "send_status", status=500, count=5)
    assert simulator.sim("GET", "faults")["results"] == [{"kind": "send_status", "count": 5, "status": 500}]
    simulator.sim("DELETE", "faults")
    assert simulator.send(mei["phone"], **TEXT).status_code == 200


@pytest.mark.parametrize(
    "body", [{"kind": "nonsense"}, {"kind": "send_status"}, {"kind": "send_status", "status": 500, "count": 0}]
)
def test_a_wrong_fault_is_refused(simulator: Running, body: dict[str, Any]) -> None:
    assert simulator.session.post(f"{simulator.url}/__sim/faults", json=body, timeout=5).status_code == 400
