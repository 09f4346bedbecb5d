"""What may befall a business: the refusals it meets and the webhook that tells it."""

from typing import Any

import pytest

from inbox.simulator import pictures
from tests.inbox.simulator.callback import SECRET, Callback, signature_is_right, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_media import fetch, upload
from tests.inbox.simulator.test_template_life import told, values_of

Customer = dict[str, Any]
DAY = 86400
HELLO = {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}}
# Another incident takes each of these back.
SENDING: dict[str, tuple[dict[str, Any], int, int | None, str]] = {
    "token revoked": ({"kind": "token_revoked"}, 190, 467, "token_restored"),
    "token expired": ({"kind": "token_expired"}, 190, 463, "token_restored"),
    "permission removed": ({"kind": "permission_removed"}, 10, None, "token_restored"),
    "locked": ({"kind": "locked"}, 131031, None, "unlocked"),
    "policy": ({"kind": "policy_blocked"}, 368, None, "policy_unblocked"),
}  # fmt: skip


def happen(simulator: Running, kind: str, **detail: Any) -> dict[str, Any]:
    return simulator.sim("POST", "incidents", {"kind": kind, "number": NUMBER, **detail})["changed"]


def code(answer: Any) -> int:
    return int(answer.json()["error"]["code"]) if answer.status_code != 200 else 0


@pytest.mark.parametrize("name", SENDING)
def test_sending_stops_and_goes_on(simulator: Running, mei: Customer, name: str) -> None:
    incident, wanted, subcode, end = SENDING[name]
    assert code(simulator.send(mei["phone"])) == 0
    happen(simulator, **incident)
    error = simulator.send(mei["phone"]).json()["error"]
    assert (error["code"], error.get("error_subcode")) == (wanted, subcode)
    happen(simulator, end)
    assert code(simulator.send(mei["phone"])) == 0


def test_a_deleted_number_is_33_and_its_node_is_gone(simulator: Running, mei: Customer) -> None:
    happen(simulator, "number_deleted")
    assert code(simulator.send(mei["phone"])) == 33
    assert simulator.call("GET", NUMBER).json()["error"]["error_subcode"] == 33
    assert simulator.call("GET", f"{WABA}/phone_numbers").json()["data"] == []


def test_a_new_secret_signs_everything_later(simulator: Running, callback: Callback, mei: Customer) -> None:
    secret = happen(simulator, "secret_rotated")["app_secret"]
    body = {"number": NUMBER, "type": "text", "text": "After"}
    simulator.sim("POST", f"customers/{mei['id']}/messages", body)
    until(lambda: any(b"After" in post["body"] for post in callback.posts))
    post = next(post for post in callback.posts if b"After" in post["body"])
    assert signature_is_right(post, secret) and not signature_is_right(post, SECRET)


def test_an_unsubscribed_app_hears_nothing(simulator: Running, mei: Customer) -> None:
    happen(simulator, "app_unsubscribed")
    before = len(simulator.sim("GET", "webhooks")["results"])
    body = {"number": NUMBER, "type": "text", "text": "Anyone?"}
    simulator.sim("POST", f"customers/{mei['id']}/messages", body)
    assert len(simulator.sim("GET", "webhooks")["results"]) == before
    assert simulator.call("GET", f"{WABA}/subscribed_apps").json() == {"data": []}


def test_a_red_number_is_flagged_and_later_not(simulator: Running, callback: Callback) -> None:
    happen(simulator, "number_quality", rating="RED")
    value = told(callback, "phone_number_quality_update", event="FLAGGED")
    assert value["display_phone_number"] == "15550100001" and value["current_limit"] == "TIER_250"
    node = simulator.call("GET", NUMBER, params={"fields": "status,quality_rating"}).json()
    assert (node["status"], node["quality_rating"]) == ("FLAGGED", "RED")
    happen(simulator, "number_quality", rating="GREEN")
    told(callback, "phone_number_quality_update", event="UNFLAGGED")
    assert simulator.call("GET", NUMBER, params={"fields": "status"}).json()["status"] == "CONNECTED"


def test_an_upgrade_takes_a_minute_and_is_told(simulator: Running, callback: Callback, mei: Customer) -> None:
    happen(simulator, "throughput_upgrade")
    assert code(simulator.send(mei["phone"])) == 131057
    simulator.sim("POST", "clock", {"advance": 61})
    told(callback, "phone_number_quality_update", event="THROUGHPUT_UPGRADE")
    assert code(simulator.send(mei["phone"])) == 0
    fields = {"fields": "throughput{level}"}
    assert simulator.call("GET", NUMBER, params=fields).json()["throughput"] == {"level": "HIGH"}


@pytest.mark.parametrize(
    ("kind", "text", "template"),
    [
        ("RESTRICTED_BIZ_INITIATED_MESSAGING", 0, 368),
        ("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", 368, 368),
        ("RESTRICTED_UTILITY_TEMPLATES", 0, 131064),
        ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", 0, 0),
    ],
)
def test_a_restriction_stops_what_it_names_until_it_ends(
    simulator: Running, callback: Callback, mei: Customer, kind: str, text: int, template: int
) -> None:
    rows = happen(simulator, "restriction", types=[kind], seconds=3600)["restrictions"]
    value = told(callback, "account_update", event="ACCOUNT_RESTRICTION")
    assert value["restriction_info"] == rows and isinstance(rows[0]["expiration"], int)
    assert (code(simulator.send(mei["phone"])), code(simulator.send(mei["phone"], **HELLO))) == (text, template)
    simulator.sim("POST", "clock", {"advance": 3601})
    assert (code(simulator.send(mei["phone"])), code(simulator.send(mei["phone"], **HELLO))) == (0, 0)


def test_a_ban_is_announced_begins_and_is_lifted(simulator: Running, callback: Callback, mei: Customer) -> None:
    happen(simulator, "disabled_update", state="SCHEDULE_FOR_DISABLE", seconds=5 * DAY)
    value = told(callback, "account_update", event="DISABLED_UPDATE")
    assert value["ban_info"]["waba_ban_state"] == "SCHEDULE_FOR_DISABLE"
    assert value["ban_info"]["waba_ban_date"].split(" ")[0].isalpha()
    assert code(simulator.send(mei["phone"], **HELLO)) == 0
    simulator.sim("POST", "clock", {"advance": 5 * DAY + 1})
    states = lambda: [row["ban_info"]["waba_ban_state"] for row in values_of(callback, "account_update")]  # noqa: E731
    until(lambda: "DISABLE" in states())
    assert code(simulator.send(mei["phone"], **HELLO)) == 131031
    happen(simulator, "disabled_update", state="REINSTATE")
    until(lambda: "REINSTATE" in states())
    assert code(simulator.send(mei["phone"], **HELLO)) == 0


def test_a_violation_is_told(simulator: Running, callback: Callback) -> None:
    happen(simulator, "violation", violation_type="ALCOHOL")
    assert told(callback, "account_update", event="ACCOUNT_VIOLATION")["violation_info"] == {
        "violation_type": "ALCOHOL"}  # fmt: skip


def test_a_rejected_name_is_told_and_shown(simulator: Running, callback: Callback) -> None:
    happen(simulator, "name_decided", decision="REJECTED", reason="NAME_NOT_CONSISTENT")
    assert told(callback, "phone_number_name_update") == {
        "display_phone_number": "15550100001", "decision": "REJECTED", "requested_verified_name": "Tea Shop",
        "rejection_reason": "NAME_NOT_CONSISTENT"}  # fmt: skip
    assert simulator.call("GET", NUMBER, params={"fields": "name_status"}).json()["name_status"] == "DECLINED"


def test_a_number_supplied_by_whatsapp_needs_its_name_first(simulator: Running, mei: Customer) -> None:
    simulator.sim("PATCH", f"numbers/{NUMBER}/account", {"number": {"name_required": True}})
    happen(simulator, "name_decided", decision="REJECTED")
    assert code(simulator.send(mei["phone"])) == 131037
    happen(simulator, "name_decided", decision="APPROVED")
    assert code(simulator.send(mei["phone"])) == 0


def test_a_country_can_be_blocked(simulator: Running, mei: Customer) -> None:
    happen(simulator, "countries_blocked", countries=["TW"])
    assert code(simulator.send(mei["phone"])) == 130497
    british = simulator.sim("POST", "customers", {"country": "GB"})
    assert code(simulator.send(british["phone"], **HELLO)) == 0


def test_misused_categories_stop_utility_templates_for_a_week(simulator: Running, mei: Customer) -> None:
    happen(simulator, "template_misuse")
    assert code(simulator.send(mei["phone"], **HELLO)) == 131064
    assert code(simulator.send(mei["phone"])) == 0
    simulator.sim("POST", "clock", {"advance": 7 * DAY + 1})
    assert code(simulator.send(mei["phone"], **HELLO)) == 0


def test_a_platform_incident_hits_its_share_of_calls_and_ends(simulator: Running, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"pair_rate": False})
    happen(simulator, "platform", rate=1, minutes=10, codes=[131000, 503])
    answers = [simulator.send(mei["phone"]) for _ in range(30)]
    kinds = {answer.headers["content-type"].split(";")[0] for answer in answers}
    assert kinds == {"application/json", "text/html"}
    assert {code(answer) for answer in answers if "json" in answer.headers["content-type"]} == {131000}
    happen(simulator, "platform", rate=0.5, minutes=10, codes=[2])
    codes = [code(simulator.send(mei["phone"])) for _ in range(40)]
    assert 5 < codes.count(2) < 35 and set(codes) == {0, 2}
    simulator.sim("POST", "clock", {"advance": 601})
    assert {code(simulator.send(mei["phone"])) for _ in range(10)} == {0}


def test_the_media_host_alone_may_be_down(simulator: Running, mei: Customer) -> None:
    url = simulator.call("GET", upload(simulator, pictures.draw("mug", 64)).json()["id"]).json()["url"]
    happen(simulator, "media_host_down", minutes=1)
    assert fetch(simulator, url).status_code == 503
    assert code(simulator.send(mei["phone"])) == 0
    simulator.sim("POST", "clock", {"advance": 61})
    assert fetch(simulator, url).status_code == 200


ODD: list[dict[str, Any]] = [
    {"kind": "flood"},
    {"kind": "restriction", "types": ["NOTHING"]},
    {"kind": "number_quality", "rating": "X"},
    {"kind": "name_decided", "decision": "MAYBE"},
    {"kind": "disabled_update", "state": "X"},
]


@pytest.mark.parametrize("body", ODD)
def test_an_odd_incident_is_refused(simulator: Running, body: dict[str, Any]) -> None:
    answer = simulator.session.post(f"{simulator.url}/__sim/incidents", json={"number": NUMBER, **body}, timeout=5)
    assert answer.status_code == 400 and answer.json()["field"]
