"""Listing, reading, deleting templates, and how many there may be."""

import itertools
from typing import Any

import pytest

from tests.inbox.simulator.conftest import WABA, put_number
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.test_template_rules import BODY, HANDLE, body, buttons, code, create, url

ROWS = [
    {"name": "tea_one", "language": "en_US", "category": "UTILITY", "status": "APPROVED"},
    {"name": "tea_one", "language": "zh_TW", "category": "UTILITY", "status": "PENDING"},
    {"name": "tea_two", "language": "en_US", "category": "MARKETING", "status": "PAUSED"},
]


@pytest.fixture(scope="module", autouse=True)
def rows(shop: Running) -> list[str]:
    given = [{**row, "waba_id": WABA, "components": [body(f"Number {i} is ready.")]} for i, row in enumerate(ROWS)]
    return [shop.sim("POST", "templates", row)["id"] for row in given]


def listed(shop: Running, **query: Any) -> list[tuple[str, str]]:
    answer = shop.call("GET", f"{WABA}/message_templates", params=query)
    assert answer.status_code == 200, answer.text
    return [(row["name"], row["language"]) for row in answer.json()["data"] if row["name"].startswith("tea")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1, 2]),
        ({"name": "tea_two"}, [2]),
        ({"status": "APPROVED"}, [0]),
        ({"status": '["APPROVED","PAUSED"]'}, [0, 2]),
        ({"category": "marketing"}, [2]),
        ({"language": "zh_TW"}, [1]),
        ({"content": "number 2"}, [2]),
        ({"name_or_content": "number 1"}, [1]),
        ({"quality_score": "GREEN"}, []),
        ({"quality_score": "UNKNOWN", "status": "PAUSED"}, [2]),
    ],
)
def test_filters(shop: Running, query: dict[str, str], found: list[int]) -> None:
    assert listed(shop, **query) == [(ROWS[i]["name"], ROWS[i]["language"]) for i in found]


def test_paging_survives_additions_and_deletions(shop: Running) -> None:
    for index in range(6):
        create(shop, name=f"page_{index}", components=[body(f"Page {index} is ready.")])
    first = shop.call("GET", f"{WABA}/message_templates", params={"name": "page_", "limit": 2, "fields": "name"}).json()
    create(shop, name="page_00", components=[body("Another page is ready.")])
    second = follow(shop, first["paging"]["next"])
    assert [row["name"] for row in first["data"] + second["data"]] == ["page_0", "page_1", "page_2", "page_3"]
    assert set(second["data"][0]) == {"id", "name"}
    shop.call("DELETE", f"{WABA}/message_templates", params={"name": "page_3"})
    assert follow(shop, second["paging"]["next"])["error"]["code"] == 131059
    back = follow(shop, second["paging"]["previous"])
    assert [row["name"] for row in back["data"]] == ["page_00", "page_1"]


def follow(shop: Running, address: str) -> dict[str, Any]:
    return shop.session.get(address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5).json()


def test_a_summary_counts_when_asked(shop: Running) -> None:
    query = {"name": "tea", "summary": "total_count,message_template_limit", "limit": 1}
    answer = shop.call("GET", f"{WABA}/message_templates", params=query).json()
    assert answer["summary"] == {"total_count": 3, "message_template_limit": 6000}


def test_a_node_gives_the_asked_fields(shop: Running, rows: list[str]) -> None:
    fields = "name,quality_score{score},last_updated_time,health_status{can_send_message}"
    node = shop.call("GET", rows[2], params={"fields": fields}).json()
    assert node["quality_score"] == {"score": "UNKNOWN"} and node["last_updated_time"].endswith("+0000")
    assert node["health_status"] == {"can_send_message": "BLOCKED"}
    assert shop.call("GET", rows[2], params={"fields": "colour"}).json()["error"]["code"] == 100


def test_a_template_of_another_account_looks_unknown(shop: Running) -> None:
    put_number(shop, None, phone_number_id="100000000000008", waba_id="200000000000008", access_token="SIMTOKEN-8")
    answer = shop.call("GET", "200000000000008/message_templates", token="SIMTOKEN-8")
    foreign = answer.json()["data"][0]["id"]
    assert shop.call("GET", foreign).json()["error"]["error_subcode"] == 33
    assert shop.call("POST", foreign, json={"components": [BODY]}).json()["error"]["error_subcode"] == 33
    gone = shop.call("DELETE", f"{WABA}/message_templates", params={"hsm_ids": f'["{foreign}"]'})
    assert gone.json()["error"]["error_subcode"] == 33


def test_deleting_one_language_several_ids_and_a_whole_name(shop: Running) -> None:
    made = {}
    for name, language in itertools.product(("del_a", "del_b", "del_c"), ("en_US", "de")):
        parts = [body(f"{name} in {language}.")]
        made[name, language] = create(shop, name=name, language=language, components=parts).json()["id"]

    def left() -> list[tuple[str, str]]:
        answer = shop.call("GET", f"{WABA}/message_templates", params={"name": "del_", "limit": 100}).json()
        return [(row["name"], row["language"]) for row in answer["data"]]

    def delete(**query: str) -> Any:
        return shop.call("DELETE", f"{WABA}/message_templates", params=query)

    assert delete(hsm_id=made["del_a", "de"], name="del_b").status_code == 400
    assert delete(hsm_id=made["del_a", "de"], name="del_a").status_code == 200
    assert ("del_a", "de") not in left() and ("del_a", "en_US") in left()
    assert delete(hsm_ids=f"[{made['del_b', 'de']},{made['del_b', 'en_US']}]").status_code == 200
    assert delete(name="del_c").status_code == 200
    assert left() == [("del_a", "en_US")]
    assert delete(name="del_c").status_code == 400
    assert delete().status_code == 400
    assert delete(hsm_ids=",".join(["1"] * 100)).json()["error"]["error_subcode"] == 33  # read, and unknown
    assert "error_subcode" not in delete(hsm_ids=",".join(["1"] * 101)).json()["error"]
    for count, status in ((100, 200), (101, 400)):
        ids = {"hsm_ids": ",".join(["1"] * count)}
        assert shop.call("POST", f"{WABA}/message_templates/archive", json=ids).status_code == status


def test_a_name_is_unique_per_language(shop: Running) -> None:
    create(shop, name="unique_name")
    error = create(shop, name="unique_name").json()["error"]
    assert (error["code"], error["error_subcode"]) == (100, 2388024)
    assert create(shop, name="unique_name", language="de").status_code == 200


def test_a_code_reads_back_as_a_link(shop: Running) -> None:
    made = create(shop, category="AUTHENTICATION", components=code(text="Copy"), language="zh_TW").json()
    parts = {part["type"]: part for part in shop.call("GET", made["id"]).json()["components"]}
    assert "您的驗證碼" in parts["BODY"]["text"]
    button = parts["BUTTONS"]["buttons"][0]
    assert (button["type"], button["text"]) == ("URL", "Copy") and "{{1}}" in button["url"]


def test_codes_in_several_languages_are_made_or_changed_in_one_call(shop: Running) -> None:
    given = {"name": "login", "category": "AUTHENTICATION", "languages": ["en_US", "de"], "components": code()}
    made = shop.call("POST", f"{WABA}/upsert_message_templates", json=given).json()["data"]
    assert [(row["language"], row["status"]) for row in made] == [("en_US", "PENDING"), ("de", "PENDING")]
    without = {key: value for key, value in given.items() if key != "languages"}
    assert shop.call("POST", f"{WABA}/upsert_message_templates", json=without).status_code == 400


def test_a_sample_reads_back_as_an_address_never_as_its_handle(shop: Running) -> None:
    made = create(shop, components=[{"type": "HEADER", "format": "IMAGE", **HANDLE}, BODY]).json()
    header = shop.call("GET", made["id"]).json()["components"][0]
    assert header["example"]["header_handle"][0].startswith("https://")


def test_a_hundred_creations_an_hour(shop: Running) -> None:
    create(shop)  # begins a new hour
    given = {"language": "en_US", "category": "UTILITY", "components": [BODY, buttons(url())]}
    answers = [shop.call("POST", f"{WABA}/message_templates", json={**given, "name": f"many_{i}"}) for i in range(100)]
    assert {answer.status_code for answer in answers[:99]} == {200}
    assert answers[99].json()["error"]["code"] == 80007


def test_an_unverified_portfolio_holds_250_templates(shop: Running) -> None:
    put_number(shop, None, phone_number_id="100000000000007", waba_id="200000000000007", access_token="SIMTOKEN-7",
               portfolio_id="small")  # fmt: skip
    shop.sim("PATCH", "numbers/100000000000007/account", {"portfolio": {"verified": False}})
    with shop.world.database.transaction():
        for index in range(249):
            row = {"waba_id": "200000000000007", "id": str(5_000_000 + index), "name": f"n_{index}", "language": "de"}
            shop.world.database.insert("template", {**row, "category": "UTILITY", "status": "APPROVED",
                                                    "components": "[]"})  # fmt: skip
    given = {"name": "one_more", "language": "en_US", "category": "UTILITY", "components": [BODY]}
    path = "200000000000007/message_templates"
    error = shop.call("POST", path, json=given, token="SIMTOKEN-7").json()["error"]
    assert error["error_subcode"] == 2388019
    shop.sim("PATCH", "settings", {"template_limit": "accept"})
    assert shop.call("POST", path, json=given, token="SIMTOKEN-7").json()["status"] == "LIMIT_EXCEEDED"
    shop.sim("PATCH", "settings", {"template_limit": "refuse"})
