"""Review, edits, quality, pauses, categories, deletion: what happens to a template and which webhook tells it."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA, put_number
from tests.inbox.simulator.running import Running

HOUR, DAY = 3600, 86400
BODY = {"type": "BODY", "text": "Dear {{1}}, your order is ready.", "example": {"body_text": [["Mei"]]}}
OTHER = {"type": "BODY", "text": "Dear {{1}}, your tea is on its way.", "example": {"body_text": [["Mei"]]}}


@pytest.fixture
def house(simulator: Running) -> Running:
    simulator.sim("PATCH", "settings", {"review_after": [0.0, 0.0]})
    return simulator


def told(callback: Callback, field: str, **wanted: Any) -> dict[str, Any]:
    """The value of the first account webhook of `field` that holds `wanted`."""

    def found() -> Any:
        return [value for value in values_of(callback, field) if wanted.items() <= value.items()]

    return until(found)[0]


def values_of(callback: Callback, field: str) -> list[dict[str, Any]]:
    changes = [change for body in callback.taken() for entry in body["entry"] for change in entry["changes"]]
    return [change["value"] for change in changes if change["field"] == field]


def create(running: Running, name: str = "order_ready", **changes: Any) -> dict[str, Any]:
    given = {"name": name, "language": "en_US", "category": "UTILITY", "components": [BODY], **changes}
    answer = running.call("POST", f"{WABA}/message_templates", json=given)
    assert answer.status_code == 200, answer.text
    return answer.json()


def approved(running: Running, name: str = "order_ready", **changes: Any) -> str:
    made = create(running, name, **changes)
    until(lambda: node(running, made["id"])["status"] == "APPROVED")
    return str(made["id"])


def node(running: Running, template_id: str, fields: str | None = None) -> dict[str, Any]:
    return running.call("GET", template_id, params={"fields": fields} if fields else {}).json()


def refused(answer: Any) -> int | None:
    error = answer.json()["error"]
    assert error["code"] == 100, error
    return error.get("error_subcode")


def advance(running: Running, seconds: float) -> None:
    running.sim("POST", "clock", {"advance": seconds})


def test_a_new_template_is_pending_then_approved(house: Running, callback: Callback) -> None:
    made = create(house)
    assert made["status"] == "PENDING"
    value = told(callback, "message_template_status_update", event="APPROVED")
    assert value == {
        "event": "APPROVED", "message_template_id": int(made["id"]), "message_template_name": "order_ready",
        "message_template_language": "en_US", "reason": "NONE", "message_template_category": "UTILITY",
    }  # fmt: skip
    body = next(body for body in callback.taken() if body["entry"][0]["changes"][0]["value"] == value)
    assert isinstance(body["entry"][0]["time"], int) and body["entry"][0]["id"] == WABA
    assert node(house, made["id"])["status"] == "APPROVED"


def test_the_verdict_may_come_with_the_answer(house: Running) -> None:
    house.sim("PATCH", "settings", {"template_review": "instant"})
    assert create(house)["status"] == "APPROVED"
    assert create(house, "sim_reject_scam_now")["status"] == "REJECTED"


@pytest.mark.parametrize(
    ("word", "reason"), [("sim_reject_promotional", "PROMOTIONAL"), ("sim_reject_format", "INVALID_FORMAT")]
)
def test_a_trigger_word_is_rejected_with_a_reason(house: Running, callback: Callback, word: str, reason: str) -> None:
    made = create(house, f"{word}_1")
    value = told(callback, "message_template_status_update", event="REJECTED")
    assert value["reason"] == value["rejection_info"]["reason"] == reason
    assert value["rejection_info"]["recommendation"]
    assert node(house, made["id"], "rejected_reason")["rejected_reason"] == reason


def test_the_review_can_be_decided_by_hand(house: Running) -> None:
    made = create(house, "sim_stay_pending_1")
    assert node(house, made["id"])["status"] == "PENDING"
    house.sim("POST", f"templates/{made['id']}/review", {"verdict": "REJECTED", "reason": "TAG_CONTENT_MISMATCH"})
    assert node(house, made["id"])["status"] == "REJECTED"


def test_a_copy_of_an_approved_template_is_rejected(house: Running, callback: Callback) -> None:
    approved(house)
    create(house, "the_same_again")
    assert told(callback, "message_template_status_update", event="REJECTED")["reason"] == "INVALID_FORMAT"


def test_an_edit_is_reviewed_again_and_told(house: Running, callback: Callback) -> None:
    template = approved(house)
    house.sim("PATCH", "settings", {"review_after": [HOUR, HOUR]})
    answer = house.call("POST", template, json={"components": [OTHER]})
    assert answer.json() == {"success": True, "id": template, "name": "order_ready", "category": "UTILITY"}
    assert node(house, template)["status"] == "PENDING"
    value = told(callback, "message_template_components_update")
    assert value["message_template_element"] == OTHER["text"]
    assert refused(house.call("POST", template, json={"components": [BODY]})) == 2388039


def test_an_approved_template_is_edited_once_a_day_and_ten_times_a_month(house: Running) -> None:
    template = approved(house)

    def edit(index: int) -> Any:
        text = {**BODY, "text": f"Dear {{{{1}}}}, your order {index} is ready."}
        answer = house.call("POST", template, json={"components": [text]})
        until(lambda: node(house, template)["status"] == "APPROVED")
        return answer

    assert edit(0).status_code == 200
    assert refused(edit(1)) == 2388039
    for index in range(1, 10):
        advance(house, DAY + 1)
        assert edit(index).status_code == 200, index
    advance(house, DAY + 1)
    assert refused(edit(10)) == 2388039


@pytest.mark.parametrize("change", [{"name": "another"}, {"language": "de"}, {"category": "MARKETING"}])
def test_name_language_and_an_approved_category_stay(house: Running, change: dict[str, Any]) -> None:
    refused(house.call("POST", approved(house), json={"components": [OTHER], **change}))


def test_an_edited_template_may_keep_sending_its_old_content(house: Running) -> None:
    template = approved(house)
    house.sim("PATCH", "settings", {"review_after": [HOUR, HOUR], "edit_keeps_sending": True})
    house.call("POST", template, json={"components": [OTHER]})
    before = node(house, template)
    assert (before["status"], before["components"][0]["text"]) == ("APPROVED", BODY["text"])
    advance(house, HOUR + 1)
    until(lambda: node(house, template)["components"][0]["text"] == OTHER["text"])


def test_bad_feedback_turns_yellow_then_red_and_pauses(house: Running, callback: Callback) -> None:
    template = approved(house)
    for reaction, count in (("reply", 6), ("block", 3), ("report", 3)):
        house.sim("POST", f"templates/{template}/feedback", {"reaction": reaction, "count": count})
    scores = [value["new_quality_score"] for value in values_of_quality(callback, 3)]
    assert scores == ["GREEN", "YELLOW", "RED"]
    paused = told(callback, "message_template_status_update", event="PAUSED")
    assert paused["other_info"]["title"] == "FIRST_PAUSE"
    error = house.send("+447700900123", type="template", template=ready("Mei")).json()["error"]
    assert error["code"] == 132015


def values_of_quality(callback: Callback, count: int) -> list[dict[str, Any]]:
    field = "message_template_quality_update"
    until(lambda: len(values_of(callback, field)) >= count)
    return sorted(values_of(callback, field), key=lambda value: ["UNKNOWN", "GREEN", "YELLOW", "RED"].index(
        value["previous_quality_score"]))  # fmt: skip


def ready(*values: str) -> dict[str, Any]:
    parameters = [{"type": "text", "text": value} for value in values]
    body = {"type": "body", "parameters": parameters}
    return {"name": "order_ready", "language": {"code": "en_US"}, "components": [body]}


def test_pauses_last_three_then_six_hours_and_the_third_is_the_end(house: Running, callback: Callback) -> None:
    template = approved(house)
    for hours in (3, 6):
        house.sim("POST", f"templates/{template}/pause")
        advance(house, hours * HOUR - 60)
        assert node(house, template)["status"] == "PAUSED"
        advance(house, 61)
        until(lambda: node(house, template)["status"] == "APPROVED")
    house.sim("POST", f"templates/{template}/pause")
    until(lambda: len([value for value in values_of(callback, "message_template_status_update")
                       if "other_info" in value]) == 5)  # fmt: skip
    titles = {value["other_info"]["title"] for value in values_of(callback, "message_template_status_update")
              if "other_info" in value}  # fmt: skip
    assert titles == {"FIRST_PAUSE", "SECOND_PAUSE", "UNPAUSE", "DISABLED"}
    assert "disable_info" in told(callback, "message_template_status_update", event="DISABLED")
    error = house.send("+447700900123", type="template", template=ready("Mei")).json()["error"]
    assert error["code"] == 132016
    refused(house.call("DELETE", f"{WABA}/message_templates", params={"name": "order_ready"}))


def test_a_wrong_category_is_announced_and_changed_a_day_later(house: Running, callback: Callback) -> None:
    template = approved(house)
    house.sim("POST", f"templates/{template}/category", {"category": "MARKETING"})
    notice = told(callback, "template_category_update", correct_category="MARKETING")
    assert notice["new_category"] == "UTILITY" and isinstance(notice["category_update_timestamp"], int)
    assert node(house, template)["correct_category"] == "MARKETING"
    advance(house, DAY + 1)
    done = told(callback, "template_category_update", previous_category="UTILITY")
    assert done["new_category"] == "MARKETING"
    after = node(house, template)
    assert (after["category"], after["previous_category"]) == ("MARKETING", "UTILITY")


def test_a_deleted_name_is_blocked_for_thirty_days(house: Running, callback: Callback) -> None:
    approved(house)
    assert house.call("DELETE", f"{WABA}/message_templates", params={"name": "order_ready"}).json() == {"success": True}
    told(callback, "message_template_status_update", event="DELETED")
    again = {"name": "order_ready", "language": "en_US", "category": "UTILITY", "components": [BODY]}
    assert refused(house.call("POST", f"{WABA}/message_templates", json=again)) == 2388023
    advance(house, 30 * DAY + 1)
    assert create(house)["status"] == "PENDING"


def test_deletion_waits_for_messages_on_their_way(house: Running, callback: Callback, mei: dict[str, Any]) -> None:
    approved(house)
    house.sim("PATCH", f"customers/{mei['id']}", {"online": False})
    assert house.send(mei["phone"], type="template", template=ready("Mei")).status_code == 200
    house.call("DELETE", f"{WABA}/message_templates", params={"name": "order_ready"})
    told(callback, "message_template_status_update", event="PENDING_DELETION")
    assert house.send(mei["phone"], type="template", template=ready("Mei")).json()["error"]["code"] == 132001
    advance(house, 30 * DAY + 1)
    told(callback, "message_template_status_update", event="DELETED")


def test_an_archived_template_rests_and_is_deleted_after_28_days(house: Running, callback: Callback) -> None:
    kept, gone = approved(house, "kept"), approved(house, "gone", components=[OTHER])
    ids = {"hsm_ids": f"{kept},{gone},999"}
    answer = house.call("POST", f"{WABA}/message_templates/archive", json=ids).json()
    assert answer["archived_templates"] == [kept, gone] and list(answer["failed_templates"]) == ["999"]
    assert house.call("POST", f"{WABA}/message_templates/unarchive", json={"hsm_ids": kept}).status_code == 200
    advance(house, 28 * DAY + 1)
    told(callback, "message_template_status_update", event="DELETED", message_template_id=int(gone))
    assert node(house, kept)["status"] == "APPROVED"


def test_nobody_subscribed_means_no_webhook(house: Running) -> None:
    house.call("DELETE", f"{WABA}/subscribed_apps")
    approved(house)
    assert [row for row in house.sim("GET", "webhooks")["results"] if row["label"].startswith("account")] == []


def test_every_app_of_the_account_gets_a_copy_under_its_own_secret(house: Running, callback: Callback) -> None:
    other = Callback()
    put_number(house, other, phone_number_id="100000000000002", app_secret="another-secret")
    until(lambda: all(row["handshake"] == "verified" for row in house.sim("GET", "numbers")["results"]))
    approved(house)
    for where in (callback, other):
        told(where, "message_template_status_update", event="APPROVED")
    other.close()


def test_account_webhooks_pass_by_overrides(house: Running, callback: Callback, mei: dict[str, Any]) -> None:
    other = Callback()
    override = {"override_callback_uri": other.url, "verify_token": "verify-me"}
    assert house.call("POST", NUMBER, json={"webhook_configuration": override}).status_code == 200
    approved(house)
    told(callback, "message_template_status_update", event="APPROVED")
    house.sim("POST", f"customers/{mei['id']}/messages", {"number": NUMBER, "type": "text", "text": "Hi"})
    until(other.messages)
    assert values_of(other, "message_template_status_update") == []
    other.close()
