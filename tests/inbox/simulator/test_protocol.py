"""Versions, tokens, errors, nodes and lists of the Graph surface."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback
from tests.inbox.simulator.conftest import NUMBER, WABA, put_number
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.test_media import upload
from tests.inbox.simulator.test_template_life import told


@pytest.mark.parametrize(
    ("asked", "answered"), [("v26.0", "v26.0"), ("v24.0", "v24.0"), ("v19.0", "v21.0"), ("v2.1", "v21.0")]
)
def test_an_expired_version_is_answered_by_the_oldest_live_one(simulator: Running, asked: str, answered: str) -> None:
    answer = simulator.call("GET", NUMBER, version=asked)
    assert (answer.status_code, answer.headers["facebook-api-version"]) == (200, answered)


def test_a_version_from_the_future_is_refused(simulator: Running) -> None:
    assert simulator.call("GET", NUMBER, version="v99.0").json()["error"]["code"] == 2500


def test_without_a_version_the_current_one_answers(simulator: Running) -> None:
    answer = simulator.session.get(f"{simulator.url}/{NUMBER}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5)
    assert answer.headers["facebook-api-version"] == "v26.0"


def test_a_missing_token_is_104(simulator: Running) -> None:
    answer = simulator.call("GET", NUMBER, token=None)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 104)


def test_garbage_is_190_with_a_fresh_trace_each_time(simulator: Running) -> None:
    errors = [simulator.call("GET", NUMBER, token="garbage").json()["error"] for _ in range(2)]
    assert {error["code"] for error in errors} == {190}
    assert {error["type"] for error in errors} == {"OAuthException"}
    assert errors[0]["fbtrace_id"] != errors[1]["fbtrace_id"]


@pytest.mark.parametrize(
    ("state", "code", "subcode"), [("expired", 190, 463), ("revoked", 190, 467), ("no_permission", 10, None)]
)
def test_token_states(simulator: Running, callback: Any, state: str, code: int, subcode: int | None) -> None:
    put_number(simulator, callback, token_state=state)
    error = simulator.send("+447700900001").json()["error"]
    assert (error["code"], error.get("error_subcode")) == (code, subcode)


def test_an_object_of_another_token_looks_unknown(simulator: Running, callback: Any) -> None:
    put_number(simulator, callback, phone_number_id="100000000000009", waba_id="9", access_token="SIMTOKEN-other")
    for object_id in ("100000000000009", "424242"):
        answer = simulator.call("GET", object_id)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["error_subcode"], error["type"]) == (
            400,
            100,
            33,
            "GraphMethodException",
        )


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        ({"Content-Type": "application/json"}, b"{not json"),
        ({"Content-Type": "application/json"}, b"[]"),
        ({"Content-Type": "application/json"}, b"{}"),
        ({"Content-Type": "text/plain"}, b"hello"),
        ({"Content-Type": "application/json"}, b'{"to": "+447700900001", "text": {"body": "no product"}}'),
    ],
)
def test_a_broken_body_is_100(simulator: Running, headers: dict[str, str], data: bytes) -> None:
    answer = simulator.call("POST", f"{NUMBER}/messages", data=data, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)
    assert answer.json()["error"]["error_data"]["details"]


def test_an_unknown_path_is_an_error_in_metas_envelope(simulator: Running) -> None:
    assert simulator.call("GET", f"{NUMBER}/nonsense/deep").json()["error"]["code"] == 2500


def test_the_number_node_and_its_fields(simulator: Running) -> None:
    node = simulator.call("GET", NUMBER).json()
    assert (
        node["id"] == NUMBER and node["display_phone_number"] == "+1 555-010-0001" and node["quality_rating"] == "GREEN"
    )
    picked = simulator.call("GET", NUMBER, params={"fields": "verified_name,throughput{level},health_status"}).json()
    assert set(picked) == {"id", "verified_name", "throughput", "health_status"}
    assert simulator.call("GET", NUMBER, params={"fields": "nonsense"}).json()["error"]["code"] == 100


def test_lists_are_paged_by_opaque_cursors(simulator: Running, callback: Any) -> None:
    for index in range(2, 6):
        put_number(simulator, callback, phone_number_id=f"10000000000000{index}")
    seen, page = [], simulator.call("GET", f"{WABA}/phone_numbers", params={"limit": 2}).json()
    while True:
        seen += [row["id"] for row in page["data"]]
        if "next" not in page["paging"]:
            break
        page = simulator.session.get(
            page["paging"]["next"], headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5
        ).json()
    assert seen == [f"10000000000000{index}" for index in range(1, 6)]
    assert simulator.call("GET", f"{WABA}/phone_numbers", params={"after": "%%%"}).json()["error"]["code"] == 131059


def test_every_account_has_the_sample_template(simulator: Running) -> None:
    rows = simulator.call("GET", f"{WABA}/message_templates", params={"name": "hello_world"}).json()["data"]
    assert [(row["language"], row["status"]) for row in rows] == [("en_US", "APPROVED")]


def test_calls_are_logged_without_the_token(simulator: Running) -> None:
    simulator.call("GET", NUMBER, params={"access_token": TOKEN})
    text = simulator.session.get(f"{simulator.url}/__sim/calls", timeout=5).text
    assert f"/v24.0/{NUMBER}" in text
    assert TOKEN not in text


def test_a_token_that_looks_real_is_refused(simulator: Running) -> None:
    body = {"phone_number_id": "5", "access_token": "EAA" + "x" * 150}
    answer = simulator.session.post(f"{simulator.url}/__sim/numbers", json=body, timeout=5)
    assert (answer.status_code, answer.json()["field"]) == (400, "access_token")
    assert simulator.sim("POST", "numbers", {**body, "force": True})["phone_number_id"] == "5"


def test_the_published_shapes_differ_where_the_documents_disagree(simulator: Running, callback: Callback) -> None:
    media = upload(simulator).json()["id"]
    profile = {"messaging_product": "whatsapp", "about": "Tea"}
    simulator.call("POST", f"{NUMBER}/whatsapp_business_profile", json=profile)
    simulator.sim("PATCH", "settings", {"shape": "published", "app_calls_per_hour": 3})
    file = simulator.call("GET", media).json()
    assert isinstance(file["file_size"], str) and file["sha256"].endswith("=")
    simulator.sim("POST", f"numbers/{NUMBER}/tier", {"tier": "TIER_2K"})
    assert told(callback, "business_capability_update")["max_daily_conversations_per_business"] == 2000
    missing = simulator.call("GET", "424242")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, 803)
    read = simulator.call("GET", f"{NUMBER}/whatsapp_business_profile", params={"fields": "about"}).json()
    assert read["data"][0]["business_profile"]["about"] == "Tea"
    answers = [simulator.call("GET", NUMBER) for _ in range(3)]
    assert (answers[-1].status_code, answers[-1].json()["error"]["code"]) == (429, 4)
    template = simulator.sim("POST", "templates", {
        "waba_id": WABA, "name": "t", "language": "en_US", "components": [{"type": "BODY", "text": "x"}]})  # fmt: skip
    simulator.sim("POST", f"templates/{template['id']}/pause")
    assert told(callback, "message_template_status_update", event="PAUSED")["message_template_language"] == "en-US"
