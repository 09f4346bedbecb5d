"""POST /{phone_number_id}/messages as Meta answers it."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, put_number
from tests.inbox.simulator.running import Running

pytestmark = pytest.mark.usefixtures("conforming")
Customer = dict[str, Any]


def wamid_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.json()["messages"][0]["id"])


def error_of(answer: Any) -> tuple[int, int]:
    error = answer.json()["error"]
    assert {"message", "type", "code", "fbtrace_id"} <= set(error)
    return answer.status_code, error["code"]


def test_a_text_is_accepted_then_sent_then_delivered(simulator: Running, callback: Callback, mei: Customer) -> None:
    answer = simulator.send(mei["phone"], type="text", text={"body": "您好 👋"}, biz_opaque_callback_data="our-1")
    assert answer.headers["facebook-api-version"] == "v24.0"
    assert answer.json()["contacts"] == [{"input": mei["phone"], "wa_id": mei["wa_id"], "user_id": mei["bsuid"]}]
    wamid = wamid_of(answer)
    assert wamid.startswith("wamid.") and 50 <= len(wamid) <= 120
    until(lambda: len(callback.statuses(wamid)) == 2)
    sent, delivered = callback.statuses(wamid)
    assert [sent["status"], delivered["status"]] == ["sent", "delivered"]
    assert {sent["biz_opaque_callback_data"], delivered["biz_opaque_callback_data"]} == {"our-1"}
    assert sent["pricing"] == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_customer_service",
        "category": "service",
    }
    assert "pricing" not in delivered


def test_the_same_body_twice_is_two_messages(simulator: Running, mei: Customer) -> None:
    first, second = (wamid_of(simulator.send(mei["phone"])) for _ in range(2))
    assert first != second


@pytest.mark.parametrize("spelling", ["+{0}", "{0}", "+{0[0]}{0[1]}{0[2]} 900-000 {0[9]}{0[10]}{0[11]}", "({0})"])
def test_a_number_is_found_in_every_spelling(simulator: Running, mei: Customer, spelling: str) -> None:
    answer = simulator.send(spelling.format(mei["wa_id"]))
    assert wamid_of(answer)
    assert answer.json()["contacts"][0]["wa_id"] == mei["wa_id"]


def test_a_bsuid_reaches_the_customer_and_no_wa_id_is_told(simulator: Running, mei: Customer) -> None:
    body = {"messaging_product": "whatsapp", "recipient": mei["bsuid"], "type": "text", "text": {"body": "Hi"}}
    answer = simulator.call("POST", f"{NUMBER}/messages", json=body)
    assert wamid_of(answer)
    assert answer.json()["contacts"] == [{"input": mei["bsuid"], "user_id": mei["bsuid"]}]


def test_with_both_fields_the_phone_wins(simulator: Running, mei: Customer) -> None:
    other = simulator.sim("POST", "customers", {"name": "Other", "country": "GB"})
    answer = simulator.send(mei["phone"], recipient=other["bsuid"], type="text", text={"body": "Hi"})
    assert answer.json()["contacts"][0]["user_id"] == mei["bsuid"]


def test_a_wa_id_may_differ_from_the_phone(simulator: Running) -> None:
    simulator.sim(
        "POST", "customers", {"name": "Bia", "country": "BR", "phone": "+5511990000001", "wa_id": "551190000001"}
    )
    answer = simulator.send("+5511990000001")
    assert answer.json()["contacts"][0] | {"user_id": ""} == {
        "input": "+5511990000001",
        "wa_id": "551190000001",
        "user_id": "",
    }


def test_somebody_not_on_the_platform_fails_later_with_131026(simulator: Running, callback: Callback) -> None:
    wamid = wamid_of(simulator.send("+447700900999"))
    failed = until(lambda: callback.statuses(wamid))[0]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131026)
    assert failed["recipient_id"] == "447700900999"
    assert "recipient_user_id" not in failed


def test_a_closed_window_fails_later_with_131047(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("POST", "clock", {"advance": 24 * 3600 + 1})
    wamid = wamid_of(simulator.send(mei["phone"]))
    failed = until(lambda: callback.statuses(wamid))[0]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131047)
    assert failed["errors"][0]["title"] == failed["errors"][0]["message"]
    assert not [value for value in callback.values() if value.get("contacts") and failed in value.get("statuses", [])]
    assert simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][-1]["visible"] is False


def test_the_window_is_still_open_a_moment_before_its_end(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    simulator.sim("POST", "clock", {"advance": 24 * 3600 - 60})
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])


def test_a_closed_window_can_be_refused_at_once(simulator: Running, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"closed_window": "synchronous"})
    simulator.sim("POST", "clock", {"advance": 24 * 3600 + 1})
    assert error_of(simulator.send(mei["phone"])) == (400, 131047)


def test_the_pair_rate_refuses_the_46th_message_in_a_burst(simulator: Running, mei: Customer) -> None:
    codes = [simulator.send(mei["phone"]).status_code for _ in range(45)]
    assert set(codes) == {200}
    assert error_of(simulator.send(mei["phone"])) == (400, 131056)
    simulator.sim("POST", "clock", {"advance": 6})
    assert simulator.send(mei["phone"]).status_code == 200


def test_more_messages_a_second_than_the_number_may_is_130429(
    simulator: Running, mei: Customer, callback: Callback
) -> None:
    put_number(simulator, callback, throughput_mps=3)
    simulator.sim("PATCH", "settings", {"pair_rate": False})
    answers = [simulator.send(mei["phone"]) for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert refused and {error_of(answer) for answer in refused} == {(400, 130429)}
    assert refused[0].json()["error"]["is_transient"] is True


def test_a_quote_is_kept_and_an_unknown_one_left_out(simulator: Running, mei: Customer) -> None:
    text = {"type": "text", "text": {"body": "Yes"}}
    wamid_of(simulator.send(mei["phone"], context={"message_id": mei["first"]}, **text))
    wamid_of(simulator.send(mei["phone"], context={"message_id": "wamid.unknown"}, **text))
    first, second = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][-2:]
    assert first["quoted"]["wamid"] == mei["first"]
    assert second["quoted"] is None


def test_reading_and_typing_are_one_call(simulator: Running, mei: Customer) -> None:
    again = simulator.sim(
        "POST", f"customers/{mei['id']}/messages", {"number": NUMBER, "type": "text", "text": "Anyone?"}
    )
    body = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": again["wamid"],
        "typing_indicator": {"type": "text"},
    }
    answer = simulator.call("POST", f"{NUMBER}/messages", json=body)
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    chat = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"]
    assert [row["status"] for row in chat] == ["read", "read"]


@pytest.mark.parametrize(
    "change", [{"message_id": "wamid.unknown"}, {"status": "seen"}, {"typing_indicator": {"type": "audio"}}]
)
def test_a_wrong_read_receipt_is_131009(simulator: Running, mei: Customer, change: dict[str, Any]) -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": mei["first"], **change}
    assert error_of(simulator.call("POST", f"{NUMBER}/messages", json=body)) == (400, 131009)


def test_an_outgoing_message_cannot_be_marked_read(simulator: Running, mei: Customer) -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid_of(simulator.send(mei["phone"]))}
    assert error_of(simulator.call("POST", f"{NUMBER}/messages", json=body)) == (400, 131009)


def test_a_number_cannot_write_to_itself(simulator: Running) -> None:
    assert error_of(simulator.send("+15550100001")) == (400, 131021)


def test_an_unknown_number_may_be_created_on_the_fly(simulator: Running, callback: Callback) -> None:
    simulator.sim("PATCH", "settings", {"unknown_recipients": "create"})
    assert simulator.send("+447700900998").json()["contacts"][0]["user_id"].count(".") == 1
