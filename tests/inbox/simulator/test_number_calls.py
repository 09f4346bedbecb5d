"""A number's verification, registration, profile, settings, block list, name and override."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_template_life import values_of

WHATSAPP = {"messaging_product": "whatsapp"}
PIN = {**WHATSAPP, "pin": "246810"}


@pytest.fixture
def fresh(bare: Running) -> Running:
    """A simulator with a number that was just added by a call."""
    bare.sim("POST", "numbers", {"phone_number_id": NUMBER, "waba_id": WABA, "access_token": "SIMTOKEN-one",
                                 "display_phone_number": "+1 555-010-0001"})  # fmt: skip
    return bare


def added(running: Running) -> str:
    given = {"cc": "1", "phone_number": "12025550177", "verified_name": "Tea house"}
    return str(running.call("POST", f"{WABA}/phone_numbers", json=given).json()["id"])


def codes(running: Running, path: str, **body: Any) -> int:
    answer = running.call("POST", path, json=body)
    return 0 if answer.status_code == 200 else int(answer.json()["error"]["code"])


def node(running: Running, number: str, fields: str) -> dict[str, Any]:
    return running.call("GET", number, params={"fields": fields}).json()


def remembered(running: Running, number: str) -> dict[str, Any]:
    return running.sim("GET", f"numbers/{number}/account")["number"]


def ask(running: Running, number: str) -> int:
    return codes(running, f"{number}/request_code", code_method="SMS", language="en_US")


def test_a_number_is_added_verified_registered_and_sends(fresh: Running) -> None:
    number = added(fresh)
    assert node(fresh, number, "code_verification_status,status") == {
        "code_verification_status": "NOT_VERIFIED", "status": "DISCONNECTED", "id": number}  # fmt: skip
    text = {**WHATSAPP, "to": "+447700900123", "text": {"body": "x"}}
    assert codes(fresh, f"{number}/messages", **text) == 133010
    assert codes(fresh, f"{number}/register", **PIN) == 133006
    assert ask(fresh, number) == 0
    code = remembered(fresh, number)["code"]
    assert codes(fresh, f"{number}/verify_code", code=str(int(code) ^ 1)) == 136025
    assert codes(fresh, f"{number}/verify_code", code=f"{code[:3]}-{code[3:]}") == 0
    assert ask(fresh, number) == 136024
    assert codes(fresh, f"{number}/register", **PIN) == 0
    assert codes(fresh, f"{number}/messages", **text) == 0
    assert node(fresh, number, "is_pin_enabled,status")["is_pin_enabled"] is True


def test_codes_run_out_and_come_back_after_72_hours(fresh: Running) -> None:
    number = added(fresh)
    assert [ask(fresh, number) for _ in range(11)] == [0] * 10 + [136024]
    fresh.sim("POST", "clock", {"advance": 72 * 3600 + 1})
    assert ask(fresh, number) == 0


def test_the_pin_must_match_and_is_guarded(fresh: Running) -> None:
    def register(pin: Any) -> int:
        return codes(fresh, f"{NUMBER}/register", **WHATSAPP, pin=pin)

    assert [register(pin) for pin in ("12345", "abcdef", 123456)] == [100] * 3
    assert register("111111") == 0
    assert register("222222") == 133005
    assert register("111111") == 133009
    for _ in range(4):
        fresh.sim("POST", "clock", {"advance": 2})
        assert register("222222") == 133005
    fresh.sim("POST", "clock", {"advance": 2})
    assert register("111111") == 133008
    fresh.sim("POST", "clock", {"advance": 72 * 3600})
    assert register("111111") == 0


def test_a_region_for_the_data_is_one_of_the_documented(fresh: Running) -> None:
    assert codes(fresh, f"{NUMBER}/register", **PIN, data_localization_region="CH") == 0
    assert codes(fresh, f"{NUMBER}/register", **PIN, data_localization_region="FR") == 131009
    assert codes(fresh, NUMBER, new_display_name="x" * 75) == 0
    assert codes(fresh, NUMBER, new_display_name="x" * 76) == 100


def test_ten_registrations_in_72_hours(fresh: Running) -> None:
    assert [codes(fresh, f"{NUMBER}/register", **PIN) for _ in range(11)] == [0] * 10 + [133016]


def test_a_deregistered_number_does_not_send(fresh: Running) -> None:
    assert codes(fresh, f"{NUMBER}/deregister", **WHATSAPP) == 0
    error = fresh.send("+447700900123").json()["error"]
    assert error["code"] == 133010
    assert codes(fresh, f"{NUMBER}/deregister", **WHATSAPP) == 133010
    assert node(fresh, NUMBER, "health_status{can_send_message}")["health_status"]["can_send_message"] == "BLOCKED"


def test_a_new_name_shows_after_approval_and_registration(fresh: Running) -> None:
    assert codes(fresh, NUMBER, new_display_name="Tea palace") == 0
    assert node(fresh, NUMBER, "new_display_name,new_name_status")["new_name_status"] == "PENDING_REVIEW"
    fresh.sim("POST", "incidents", {"kind": "name_decided", "number": NUMBER, "decision": "APPROVED"})
    assert node(fresh, NUMBER, "verified_name")["verified_name"] != "Tea palace"
    assert codes(fresh, f"{NUMBER}/register", **PIN) == 0
    assert node(fresh, NUMBER, "verified_name")["verified_name"] == "Tea palace"
    assert [codes(fresh, NUMBER, new_display_name=f"Tea {i}") for i in range(10)] == [0] * 9 + [100]


def test_the_profile_keeps_its_limits(fresh: Running) -> None:
    def profile(**fields: Any) -> int:
        return codes(fresh, f"{NUMBER}/whatsapp_business_profile", **WHATSAPP, **fields)

    edges = {"about": 139, "address": 256, "description": 512, "email": 128}
    for name, most in edges.items():
        text = "@" + "x" * (most - 1)
        assert (profile(**{name: text}), profile(**{name: text + "x"})) == (0, 100), name
    site = "https://x.example/" + "x" * 238
    assert [profile(websites=sites) for sites in ([site] * 2, [site + "x"], [site] * 3, ["x.example"])] == [
        0, 100, 100, 100]  # fmt: skip
    assert (profile(vertical="RETAIL"), profile(vertical="SPACE"), profile(about=" ")) == (0, 131009, 131009)
    assert profile(profile_picture_handle="12345") == 100
    answer = fresh.call("GET", f"{NUMBER}/whatsapp_business_profile", params={"fields": "vertical,websites"}).json()
    assert answer == {"data": [{"vertical": "RETAIL", "websites": [site] * 2, "messaging_product": "whatsapp"}]}
    wrong = fresh.call("GET", f"{NUMBER}/whatsapp_business_profile", params={"fields": "colour"})
    assert wrong.json()["error"]["code"] == 100


def test_settings_change_one_feature_a_call(fresh: Running) -> None:
    def settings(**body: Any) -> int:
        return codes(fresh, f"{NUMBER}/settings", **body)

    assert settings(user_identity_change={"enable_identity_key_check": True}) == 0
    assert settings(payload_encryption={"status": "disabled"}, storage_configuration={"status": "x"}) == 100
    assert settings(colours={}) == 100
    assert settings(calling={"status": "ENABLED"}) == 138015
    fresh.sim("POST", f"numbers/{NUMBER}/tier", {"tier": "TIER_2K"})
    assert settings(calling={"status": "ENABLED"}) == 0
    found = fresh.call("GET", f"{NUMBER}/settings").json()
    assert found["calling"]["status"] == "ENABLED"
    assert found["user_identity_change"] == {"enable_identity_key_check": True}


@pytest.mark.parametrize("name", ["ab", "x" * 36, "Tea", ".tea", "tea.", "te..a", "123456", "www.tea", "tea.com"])
def test_an_odd_username_is_refused(fresh: Running, name: str) -> None:
    assert codes(fresh, f"{NUMBER}/username", username=name) == 147001


def test_a_username_is_on_one_number(fresh: Running) -> None:
    other = added(fresh)
    assert codes(fresh, f"{NUMBER}/username", username="tea.house_1") == 0
    assert codes(fresh, f"{other}/username", username="tea.house_1") == 147005
    assert codes(fresh, f"{other}/username", username="tea.house_1", transfer_action="force_transfer") == 0
    assert fresh.call("GET", f"{NUMBER}/username").json() == {}
    assert fresh.call("GET", f"{other}/username").json() == {"username": "tea.house_1", "status": "approved"}
    assert fresh.call("DELETE", f"{other}/username").json() == {"success": True}


def test_conversational_components_keep_their_limits(fresh: Running) -> None:
    def automation(**body: Any) -> int:
        return codes(fresh, f"{NUMBER}/conversational_automation", **body)

    command = {"command_name": "x" * 32, "command_description": "y" * 256}
    assert automation(prompts=["x" * 80] * 4, commands=[command] * 30, enable_welcome_message=True) == 0
    assert automation(prompts=["x"] * 5) == automation(prompts=["x" * 81]) == 100
    assert automation(commands=[command] * 31) == 131009
    assert automation(commands=[{**command, "command_name": "x" * 33}]) == 100
    found = node(fresh, NUMBER, "conversational_automation{prompts}")
    assert found["conversational_automation"]["prompts"] == ["x" * 80] * 4


def test_a_new_pin_and_a_username_are_told(simulator: Running, callback: Callback) -> None:
    assert codes(simulator, NUMBER, pin="135790") == 0
    told = {"display_phone_number": "15550100001"}
    value = until(lambda: values_of(callback, "security"))[0]
    assert value == {**told, "event": "PIN_CHANGED", "requester": "0"}
    assert codes(simulator, f"{NUMBER}/username", username="teahouse") == 0
    value = until(lambda: values_of(callback, "business_username_updates"))[0]
    assert value == {**told, "username": "teahouse", "status": "approved"}


def test_only_who_wrote_lately_can_be_blocked_and_then_gets_nothing(
    simulator: Running, callback: Callback, mei: dict[str, Any]
) -> None:
    silent = simulator.sim("POST", "customers", {"name": "Silent"})
    until(callback.messages)  # the one she began with

    def change(method: str, *users: dict[str, str]) -> Any:
        return simulator.call(method, f"{NUMBER}/block_users", json={**WHATSAPP, "block_users": list(users)})

    mixed = change("POST", {"user": mei["phone"]}, {"user": silent["phone"]})
    body = mixed.json()
    assert mixed.status_code == 400 and body["error"]["code"] == 139100
    assert body["block_users"]["added_users"] == [{"input": mei["phone"], "wa_id": mei["wa_id"]}]
    assert body["block_users"]["failed_users"][0]["errors"][0]["code"] == 139100
    assert simulator.send(mei["phone"]).json()["error"]["code"] == 130403
    listed = simulator.call("GET", f"{NUMBER}/block_users").json()["data"]
    assert listed == [{"messaging_product": "whatsapp", "wa_id": mei["wa_id"]}]
    write = {"number": NUMBER, "type": "text", "text": "Hello?"}
    simulator.sim("POST", f"customers/{mei['id']}/messages", write)
    assert change("DELETE", {"user_id": mei["bsuid"]}).status_code == 200
    simulator.sim("POST", f"customers/{mei['id']}/messages", {**write, "text": "And now?"})
    until(lambda: callback.messages()[-1].get("text") == {"body": "And now?"})
    assert [row["text"]["body"] for row in callback.messages()] == ["Hi", "And now?"]
    assert change("DELETE", {"user": mei["phone"]}).status_code == 400
    assert change("POST", {"user_id": "US.ENT.123"}).json()["error"]["code"] == 100


def test_an_override_of_the_number_precedes_the_account_and_the_app(
    simulator: Running, callback: Callback, mei: dict[str, Any]
) -> None:
    own, account = Callback(), Callback()
    token = {"verify_token": "verify-me"}
    simulator.call("POST", f"{WABA}/subscribed_apps", json={**token, "override_callback_uri": account.url})
    override = {"webhook_configuration": {**token, "override_callback_uri": own.url}}
    assert codes(simulator, NUMBER, **override) == 0
    found = node(simulator, NUMBER, "webhook_configuration")["webhook_configuration"]
    assert found == {"phone_number": own.url, "whatsapp_business_account": account.url, "application": callback.url}

    def write(text: str) -> None:
        body = {"number": NUMBER, "type": "text", "text": text}
        simulator.sim("POST", f"customers/{mei['id']}/messages", body)

    for text, taker in (("own", own), ("account", account), ("app", callback)):
        write(text)
        until(lambda text=text, taker=taker: [row for row in taker.messages() if row["text"]["body"] == text])
        if text == "own":
            assert codes(simulator, NUMBER, webhook_configuration={"override_callback_uri": ""}) == 0
        elif text == "account":
            simulator.call("POST", f"{WABA}/subscribed_apps", json={})
    for server in (own, account):
        server.close()
