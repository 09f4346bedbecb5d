"""Nodes of numbers and accounts, health, tokens, quotas."""

import json
from typing import Any

import pytest

from inbox.simulator.accounts.health import APP_ID
from tests.inbox.simulator.callback import SECRET
from tests.inbox.simulator.conftest import NUMBER, WABA, put_number
from tests.inbox.simulator.running import TOKEN, Running

NUMBER_FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,quality_score,status,code_verification_status,name_status,"
    "new_display_name,new_name_status,throughput,platform_type,account_mode,is_official_business_account,"
    "is_pin_enabled,is_on_biz_app,last_onboarded_time,health_status,webhook_configuration,"
    "whatsapp_business_manager_messaging_limit,messaging_limit_tier,username,search_visibility,certificate,"
    "country_code,conversational_automation,official_business_account"
)
ACCOUNT_FIELDS = (
    "id,name,currency,timezone_id,message_template_namespace,account_review_status,business_verification_status,"
    "country,ownership_type,primary_business_location,status,health_status,is_enabled_for_insights,"
    "marketing_messages_onboarding_status,whatsapp_business_manager_messaging_limit"
)


def get(running: Running, path: str, **query: Any) -> dict[str, Any]:
    return running.call("GET", path, params=query).json()


def health(running: Running, path: str) -> dict[str, Any]:
    return get(running, path, fields="health_status")["health_status"]


def worth(found: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(entity for entity in found["entities"] if entity["entity_type"] == kind)


@pytest.fixture
def house(bare: Running) -> Running:
    put_number(bare, None)
    return bare


def test_a_number_has_every_documented_field(house: Running) -> None:
    node = get(house, NUMBER, fields=NUMBER_FIELDS)
    absent = {"new_display_name", "new_name_status", "username"}  # unset: absent, not null
    assert set(node) == set(NUMBER_FIELDS.split(",")) - absent
    assert (node["status"], node["throughput"], node["platform_type"]) == (
        "CONNECTED", {"level": "STANDARD"}, "CLOUD_API")  # fmt: skip
    assert get(house, NUMBER, fields="throughput{level}, quality_score{score}") == {
        "throughput": {"level": "STANDARD"}, "quality_score": {"score": "GREEN"}, "id": NUMBER}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"), [("colour", 100), ("throughput{colour}", 100), ("status{x}", 100), ("throughput{level", 2500)]
)
def test_odd_fields_are_refused(house: Running, fields: str, code: int) -> None:
    assert get(house, NUMBER, fields=fields)["error"]["code"] == code


def test_some_fields_come_only_when_asked_for(house: Running) -> None:
    assert not {"health_status", "whatsapp_business_manager_messaging_limit"} & set(get(house, NUMBER))


def test_an_account_has_every_documented_field(house: Running) -> None:
    node = get(house, WABA, fields=ACCOUNT_FIELDS)
    assert set(node) == set(ACCOUNT_FIELDS.split(","))
    assert set(get(house, WABA)) == {"id", "name", "timezone_id", "message_template_namespace"}


def test_insights_cannot_be_switched_off_again(house: Running) -> None:
    assert house.call("POST", WABA, params={"is_enabled_for_insights": "true"}).json() == {"success": True}
    assert get(house, WABA, fields="is_enabled_for_insights")["is_enabled_for_insights"] is True
    answer = house.call("POST", WABA, json={"is_enabled_for_insights": False}).json()
    assert answer["error"]["code"] == 200006


def test_the_list_of_numbers_is_filtered_and_gives_asked_fields(house: Running) -> None:
    put_number(house, None, phone_number_id="100000000000002")
    house.sim("PATCH", "numbers/100000000000002/account", {"number": {"account_mode": "SANDBOX"}})
    rule = json.dumps([{"field": "account_mode", "operator": "EQUAL", "value": "SANDBOX"}])
    rows = get(house, f"{WABA}/phone_numbers", filtering=rule, fields="account_mode")["data"]
    assert rows == [{"account_mode": "SANDBOX", "id": "100000000000002"}]
    assert get(house, f"{WABA}/phone_numbers", filtering="[{}]")["error"]["code"] == 100
    rows = get(house, f"{WABA}/phone_numbers", sort="id_descending", fields="id")["data"]
    assert [row["id"] for row in rows] == ["100000000000002", NUMBER]
    assert get(house, f"{WABA}/phone_numbers", sort="colour")["error"]["code"] == 100


def test_a_test_number_writes_to_listed_people_only(house: Running) -> None:
    person = house.sim("POST", "customers", {"name": "Listed"})
    hello = {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}}
    house.sim("PATCH", f"numbers/{NUMBER}/account", {"number": {"account_mode": "SANDBOX"}})
    assert house.send(person["phone"], **hello).json()["error"]["code"] == 131030
    listed = {"allowed_recipients": [person["wa_id"]]}
    house.sim("PATCH", f"numbers/{NUMBER}/account", {"number": listed})
    assert house.send(person["phone"], **hello).status_code == 200


HEALTH: dict[str, tuple[dict[str, Any], str, str, int]] = {
    # what happens: (incident, the part it shows on, what is left, its code)
    "deregistered": ({"kind": "number_deregistered"}, "PHONE_NUMBER", "BLOCKED", 133010),
    "name rejected": ({"kind": "name_decided", "decision": "REJECTED"}, "PHONE_NUMBER", "LIMITED", 131037),
    "locked": ({"kind": "locked"}, "WABA", "BLOCKED", 141014),
    "disabled": ({"kind": "disabled_update", "state": "DISABLE"}, "WABA", "BLOCKED", 141014),
    "no templates": ({"kind": "restriction"}, "WABA", "LIMITED", 141014),
    "nothing at all": ({"kind": "restriction", "types": ["RESTRICTED_CUSTOMER_INITIATED_MESSAGING"]},
                       "WABA", "BLOCKED", 141014),
    "unpaid": ({"kind": "payment_failed"}, "WABA", "LIMITED", 141006),
    "unverified": ({"kind": "verification_lost"}, "BUSINESS", "LIMITED", 141010),
}  # fmt: skip


@pytest.mark.parametrize("name", HEALTH)
def test_health_follows_the_state_of_the_account(house: Running, name: str) -> None:
    incident, part, left, code = HEALTH[name]
    before = health(house, NUMBER)
    assert {entity["can_send_message"] for entity in before["entities"]} == {"AVAILABLE"}
    house.sim("POST", "incidents", {"number": NUMBER, **incident})
    found = health(house, NUMBER)
    assert (found["can_send_message"], worth(found, part)["can_send_message"]) == (left, left)
    assert [error["error_code"] for error in worth(found, part)["errors"]] == [code]
    if part != "PHONE_NUMBER":
        assert health(house, WABA)["can_send_message"] == left


def test_a_restriction_ends_by_itself_in_health_too(house: Running) -> None:
    house.sim("POST", "incidents", {"kind": "restriction", "number": NUMBER, "seconds": 3600})
    assert health(house, WABA)["can_send_message"] == "LIMITED"
    house.sim("POST", "clock", {"advance": 3601})
    assert health(house, WABA)["can_send_message"] == "AVAILABLE"


@pytest.mark.parametrize(
    ("state", "valid", "scopes"), [("valid", True, 2), ("expired", False, 2), ("revoked", False, 2),
                                   ("no_permission", True, 1)]
)  # fmt: skip
def test_debug_token_tells_what_a_token_is(house: Running, state: str, valid: bool, scopes: int) -> None:
    put_number(house, None, token_state=state)
    answer = house.call("GET", "debug_token", token=f"{APP_ID}|{SECRET}", params={"input_token": TOKEN})
    data = answer.json()["data"]
    assert (data["is_valid"], len(data["scopes"]), data["app_id"]) == (valid, scopes, APP_ID)
    assert {target for row in data["granular_scopes"] for target in row["target_ids"]} == {WABA}
    assert ("error" in data) is not valid
    assert (data["expires_at"] > 0) == (state == "expired")


def test_debug_token_knows_strangers(house: Running) -> None:
    app = f"{APP_ID}|{SECRET}"
    stranger = house.call("GET", "debug_token", token=app, params={"input_token": "garbage"}).json()["data"]
    assert (stranger["is_valid"], stranger["error"]["code"]) == (False, 190)
    for asker in (f"1|{SECRET}", f"{APP_ID}|wrong", "garbage"):
        answer = house.call("GET", "debug_token", token=asker, params={"input_token": TOKEN})
        assert answer.json()["error"]["code"] == 190, asker
    assert house.call("GET", "debug_token", token=app).json()["error"]["code"] == 100


def test_the_app_sees_its_own_callback(house: Running) -> None:
    put_number(house, None, webhook_url="http://127.0.0.1:9/hook")
    answer = house.call("GET", f"{APP_ID}/subscriptions", token=f"{APP_ID}|{SECRET}").json()
    assert [(row["callback_url"], row["active"]) for row in answer["data"]] == [("http://127.0.0.1:9/hook", False)]
    assert "messages" in [field["name"] for field in answer["data"][0]["fields"]]
    assert house.call("GET", f"{APP_ID}/subscriptions", token="garbage").json()["error"]["code"] == 190


def usage(answer: Any) -> dict[str, Any]:
    return json.loads(answer.headers["x-business-use-case-usage"])[WABA][0]


def test_usage_rises_to_the_quota_of_an_account_without_a_registered_number(house: Running) -> None:
    house.sim("PATCH", f"numbers/{NUMBER}/account", {"number": {"registered": False}})
    answers = [house.call("GET", f"{WABA}/phone_numbers", params={"limit": 1}) for _ in range(201)]
    assert [usage(answer)["call_count"] for answer in answers[19:200:60]] == [10, 40, 70, 100]
    last = answers[200]
    assert last.json()["error"]["code"] == 80007
    assert 1 <= usage(last)["estimated_time_to_regain_access"] <= 60
    assert "call_count" in json.loads(last.headers["x-app-usage"])
    house.sim("POST", "clock", {"advance": 3601})
    assert house.call("GET", f"{WABA}/phone_numbers").status_code == 200


def test_an_account_with_a_registered_number_has_more_and_messages_do_not_count(house: Running) -> None:
    assert usage(house.call("GET", NUMBER))["call_count"] == 0
    assert "x-business-use-case-usage" not in house.send("+447700900123").headers


def test_the_app_has_a_limit_of_its_own(house: Running) -> None:
    house.sim("PATCH", "settings", {"app_calls_per_hour": 2})
    codes = [house.call("GET", NUMBER).json().get("error", {}).get("code") for _ in range(3)]
    assert codes == [None, None, 4]
    error = house.call("GET", NUMBER).json()["error"]
    assert error["error_subcode"] == 2446079


def test_uploads_become_handles_piece_by_piece(house: Running) -> None:
    given = {"file_name": "a.png", "file_length": 10, "file_type": "image/png"}
    session = house.call("POST", f"{APP_ID}/uploads", params=given).json()["id"]
    assert session.startswith("upload:")
    first = house.call("POST", session, data=b"12345", headers={"file_offset": "0"}).json()
    assert first["file_offset"] == house.call("GET", session).json()["file_offset"] == 5
    wrong = house.call("POST", session, data=b"12345", headers={"file_offset": "0"})
    assert wrong.json()["error"]["code"] == 100
    last = house.call("POST", session, data=b"67890", headers={"file_offset": "5", "Authorization": f"OAuth {TOKEN}"})
    assert last.json()["h"].startswith("4::")
    assert house.call("POST", f"{APP_ID}/uploads", params={**given, "file_type": "text/html"}).status_code == 400
    assert house.call("GET", "upload:unknown").json()["error"]["error_subcode"] == 33
