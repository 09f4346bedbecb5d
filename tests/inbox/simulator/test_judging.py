"""Judges: each rule finds its breach, and is content with a business that behaves."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.playing import Customer, arrived, do, refused, write
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.test_inbound import DATA
from tests.inbox.simulator.test_sending import wamid_of

OFFER = {
    "waba_id": WABA, "name": "spring_offer", "language": "en_US", "category": "MARKETING",
    "components": [{"type": "BODY", "text": "The new harvest is here"}],
}  # fmt: skip


def findings(simulator: Running, *rules: str) -> list[str]:
    found = simulator.sim("GET", f"lint?rules={','.join(rules)}")["findings"]
    return [finding["rule"] for finding in found]


def market(simulator: Running, customer: Customer) -> None:
    template = {"name": "spring_offer", "language": {"code": "en_US"}}
    assert simulator.send(customer["phone"], type="template", template=template).ok


def test_a_business_that_behaves_is_left_in_peace(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("POST", "templates", OFFER)
    arrived(callback, mei["first"])
    wamid_of(simulator.send(mei["phone"], type="text", text={"body": "x"}, biz_opaque_callback_data="a"))
    market(simulator, mei)
    sent = write(simulator, mei, "image", data=DATA)
    url = simulator.call("GET", sent["content"]["id"]).json()["url"]
    assert simulator.session.get(url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5).ok
    simulator.sim("POST", "clock", {"advance": 8 * 86400})
    assert simulator.sim("GET", "lint")["findings"] == []


def test_a_number_without_plus(simulator: Running, mei: Customer) -> None:
    simulator.send(mei["wa_id"])
    assert findings(simulator, "missing_plus") == ["missing_plus"]


def test_the_number_somebody_left(simulator: Running, mei: Customer) -> None:
    do(simulator, mei, "change_number")
    simulator.send(mei["phone"])
    assert findings(simulator, "former_number") == ["former_number"]


def test_a_phone_nobody_told(simulator: Running, callback: Callback) -> None:
    nora = simulator.sim("POST", "customers", {"name": "Nora", "hide_phone": True, "username": "nora.q"})
    arrived(callback, write(simulator, nora, "text", text="Hi")["wamid"])
    message = {"messaging_product": "whatsapp", "recipient": nora["bsuid"], "type": "text", "text": {"body": "Hi"}}
    simulator.call("POST", f"{NUMBER}/messages", json=message)
    assert findings(simulator, "untold_phone") == []
    simulator.send(nora["phone"])
    assert findings(simulator, "untold_phone") == ["untold_phone"]


def test_words_after_the_window(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "clock", {"advance": 25 * 3600})
    simulator.send(mei["phone"])
    assert findings(simulator, "after_window") == ["after_window"]


def test_marketing_after_a_stop_and_not_after_a_resume(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "templates", OFFER)
    do(simulator, mei, "stop_marketing")
    market(simulator, mei)
    do(simulator, mei, "resume_marketing")
    market(simulator, mei)
    assert findings(simulator, "after_stop") == ["after_stop"]


def test_marketing_again_within_a_day_of_the_cap(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "templates", OFFER)
    market(simulator, mei)
    database = simulator.world.database
    database.run("UPDATE message SET status = 'failed', error = '{\"code\": 131049}' WHERE kind = 'template'")
    market(simulator, mei)
    simulator.sim("POST", "clock", {"advance": 25 * 3600})
    market(simulator, mei)
    assert findings(simulator, "capped_again") == ["capped_again"]


def test_one_message_accepted_twice(simulator: Running, mei: Customer) -> None:
    for _ in range(2):
        simulator.send(mei["phone"], type="text", text={"body": "x"}, biz_opaque_callback_data="same")
    assert findings(simulator, "doubled") == ["doubled"]


def test_more_in_a_second_than_the_number_may(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "numbers", {"phone_number_id": NUMBER, "throughput_mps": 2})
    for _ in range(6):
        simulator.send(mei["phone"])
    assert "rate" in findings(simulator, "rate")


def test_the_same_call_failing_again_and_again(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "faults", {"kind": "send_error", "code": 131016, "count": 4})
    for _ in range(4):
        simulator.send(mei["phone"])
    assert findings(simulator, "retry_storm") == ["retry_storm"]


def test_going_on_with_a_dead_token(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "numbers", {"phone_number_id": NUMBER, "token_state": "revoked"})
    for _ in range(6):
        simulator.call("GET", NUMBER)
    assert findings(simulator, "dead_token") == ["dead_token"]


def test_asking_for_templates_all_the_time(simulator: Running) -> None:
    for _ in range(31):
        simulator.call("GET", f"{WABA}/message_templates")
    assert findings(simulator, "template_polling") == ["template_polling"]


def test_ticks_by_machine_and_by_a_person(simulator: Running, callback: Callback, mei: Customer) -> None:
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": mei["first"]}
    simulator.call("POST", f"{NUMBER}/messages", json=read)
    assert findings(simulator, "read_by_machine") == ["read_by_machine"]
    simulator.send(mei["phone"])
    assert findings(simulator, "read_by_machine") == []


def test_a_file_nobody_fetched(simulator: Running, mei: Customer) -> None:
    write(simulator, mei, "image", data=DATA)
    assert findings(simulator, "media_lost") == []
    simulator.sim("POST", "clock", {"advance": 8 * 86400})
    assert findings(simulator, "media_lost") == ["media_lost"]


def test_what_is_no_longer_to_be_used(simulator: Running, mei: Customer) -> None:
    simulator.call("GET", NUMBER, version="v12.0")
    simulator.send(mei["phone"], type="text", text={"body": "x"}, paid_messaging_account_id=WABA)
    assert findings(simulator, "deprecated") == ["deprecated", "deprecated"]


def test_a_claim_waits_until_it_holds(simulator: Running, mei: Customer) -> None:
    claim = {"claim": "sent", "customer": mei["id"], "containing": "way", "kind": "text", "exactly": 1}
    assert simulator.sim("POST", "assertions", claim)["holds"] is False
    simulator.send(mei["phone"], type="text", text={"body": "It is on its way"})
    held = simulator.sim("POST", "assertions", {**claim, "within": 0.2})
    assert (held["holds"], held["seen"][0]["content"]["body"]) == (True, "It is on its way")
    none = simulator.sim("POST", "assertions", {**claim, "exactly": 0})
    assert (none["holds"], none["why"]) == (False, "1 of exactly 0 were sent.")


def test_a_claim_that_a_rule_was_kept(simulator: Running, mei: Customer) -> None:
    assert simulator.sim("POST", "assertions", {"claim": "kept", "rule": "missing_plus"})["holds"]
    simulator.send(mei["wa_id"])
    kept = simulator.sim("POST", "assertions", {"claim": "kept", "rule": "missing_plus", "within": 20})
    assert (kept["holds"], len(kept["seen"])) == (False, 1)


@pytest.mark.parametrize(
    ("claim", "field"),
    [
        ({"claim": "danced"}, "claim"),
        ({"claim": "kept", "rule": "none"}, "rule"),
        ({"claim": "sent", "within": -1}, "within"),
    ],
)
def test_a_claim_that_cannot_be_names_the_field(simulator: Running, claim: dict[str, Any], field: str) -> None:
    assert refused(simulator, "assertions", claim)["field"] == field


def test_the_log_can_be_asked(simulator: Running, mei: Customer) -> None:
    simulator.send(mei["phone"])
    simulator.call("GET", "999")
    assert len(simulator.sim("GET", "calls?method=POST&path=/messages")["results"]) == 1
    assert [row["status"] for row in simulator.sim("GET", "calls?status=400")["results"]] == [400]
    until(lambda: simulator.sim("GET", "webhooks")["latency"]["answers"] > 0)
    latency = simulator.sim("GET", "webhooks")["latency"]
    assert (latency["slow"], latency["target_median_ms"], latency["target_p99_ms"]) == (False, 250, 1000)


def test_a_run_can_be_taken_along(simulator: Running, callback: Callback, mei: Customer) -> None:
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: len(callback.statuses(wamid)) == 2)
    until(lambda: not simulator.sim("GET", "webhooks?limit=0")["counts"].get("pending"))
    log = simulator.sim("GET", "export")["log"]
    urls = [entry["request"]["url"] for entry in log["entries"]]
    assert log["version"] == "1.2" and "seed 7" in log["creator"]["comment"]
    assert (urls.count(f"graph:/v24.0/{NUMBER}/messages"), urls.count(f"webhook:{NUMBER}")) == (1, 3)
    assert TOKEN not in str(log)


def test_what_a_run_cost_is_counted(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("POST", "templates", OFFER)
    market(simulator, mei)
    simulator.send(mei["phone"])

    def counted() -> dict[str, int]:
        return {row["category"]: row["messages"] for row in simulator.sim("GET", "costs")["results"]}

    until(lambda: counted() == {"marketing": 1, "service": 1})
