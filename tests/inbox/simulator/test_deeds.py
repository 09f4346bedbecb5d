"""What customers do besides writing, and what the business hears of it."""

import json
from typing import Any

import pytest

from inbox.simulator.acting.voice_notes import silence
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.playing import Customer, arrived, changes, delivered, do, of_kind, refused, write
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_sending import wamid_of

pytestmark = pytest.mark.usefixtures("conforming")
BUTTONS = {
    "type": "button",
    "body": {"text": "Shall we deliver today?"},
    "action": {
        "buttons": [{"type": "reply", "reply": {"id": f"b{n}", "title": t}} for n, t in enumerate(["Yes", "No"])]
    },
}
LIST = {
    "type": "list",
    "body": {"text": "Which tea?"},
    "action": {
        "button": "Teas",
        "sections": [{"title": "Green", "rows": [{"id": "t1", "title": "Oolong", "description": "200 g"}]}],
    },
}
FLOW = {
    "type": "flow",
    "body": {"text": "Book a table"},
    "action": {
        "name": "flow",
        "parameters": {
            "flow_message_version": "3", "flow_token": "table-7", "flow_id": "500000000000001", "flow_cta": "Book",
        },
    },
}  # fmt: skip


def offer(simulator: Running, customer: Customer, content: dict[str, Any]) -> str:
    wamid = wamid_of(simulator.send(customer["phone"], type="interactive", interactive=content))
    delivered(simulator, customer, wamid)
    return wamid


def offer_form(simulator: Running, customer: Customer) -> str:
    """A form which the business has published."""
    simulator.sim("POST", "flows", {"waba_id": WABA, "name": "booking", "id": "500000000000001"})
    return offer(simulator, customer, FLOW)


def answer_to(callback: Callback, wamid: str) -> dict[str, Any]:
    return until(lambda: [row for row in callback.messages() if row.get("context", {}).get("id") == wamid])[0]


def test_a_tapped_button_names_what_it_answers(simulator: Running, callback: Callback, mei: Customer) -> None:
    asked = offer(simulator, mei, BUTTONS)
    do(simulator, mei, "tap", choice="No")
    answer = answer_to(callback, asked)
    assert answer["interactive"] == {"type": "button_reply", "button_reply": {"id": "b1", "title": "No"}}


def test_a_chosen_row_carries_its_description(simulator: Running, callback: Callback, mei: Customer) -> None:
    asked = offer(simulator, mei, LIST)
    do(simulator, mei, "tap", choice="t1", message=asked)
    reply = answer_to(callback, asked)["interactive"]["list_reply"]
    assert reply == {"id": "t1", "title": "Oolong", "description": "200 g"}


def test_a_form_comes_back_as_text_with_its_token(simulator: Running, callback: Callback, mei: Customer) -> None:
    asked = offer_form(simulator, mei)
    do(simulator, mei, "submit_flow", answers={"day": "Monday", "guests": 2})
    reply = answer_to(callback, asked)["interactive"]["nfm_reply"]
    assert (reply["name"], reply["body"]) == ("flow", "Sent")
    assert json.loads(reply["response_json"]) == {"day": "Monday", "guests": 2, "flow_token": "table-7"}


def test_a_form_behind_a_templates_button_carries_the_token_too(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    button = {"type": "FLOW", "text": "Book", "flow_id": "500000000000001"}
    components = [{"type": "BODY", "text": "Book a table"}, {"type": "BUTTONS", "buttons": [button]}]
    made = {"waba_id": WABA, "name": "book_table", "language": "en_US", "components": components}
    simulator.sim("POST", "templates", made)
    action = {"type": "action", "action": {"flow_token": "table-8"}}
    given = [{"type": "button", "sub_type": "flow", "index": "0", "parameters": [action]}]
    template = {"name": "book_table", "language": {"code": "en_US"}, "components": given}
    asked = wamid_of(simulator.send(mei["phone"], type="template", template=template))
    delivered(simulator, mei, asked)
    do(simulator, mei, "submit_flow", answers={"day": "Friday"})
    reply = answer_to(callback, asked)["interactive"]["nfm_reply"]
    assert json.loads(reply["response_json"]) == {"day": "Friday", "flow_token": "table-8"}


def test_what_was_not_offered_cannot_be_tapped(simulator: Running, mei: Customer) -> None:
    offer(simulator, mei, BUTTONS)
    assert refused(simulator, f"customers/{mei['id']}/deeds", {"number": NUMBER, "does": "tap", "choice": "Perhaps"})[
        "field"
    ] == ("choice")
    assert refused(simulator, f"customers/{mei['id']}/deeds", {"does": "dance"})["field"] == "does"


def test_an_edit_is_lost_except_in_coexistence(simulator: Running, callback: Callback, mei: Customer) -> None:
    do(simulator, mei, "edit", message=mei["first"], text="Hello")
    lost = until(lambda: of_kind(callback, "unsupported"))[0]
    assert (lost["unsupported"], "edit" in lost) == ({"type": "edit"}, False)
    simulator.sim("PUT", f"numbers/{NUMBER}/coexistence", {"on": True})
    do(simulator, mei, "edit", message=mei["first"], text="Hello again")
    told = until(lambda: of_kind(callback, "edit"))[0]["edit"]
    assert told == {"original_message_id": mei["first"], "message": {"type": "text", "text": {"body": "Hello again"}}}
    rows = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"]
    shown = [(row["content"]["body"], row["edited"]) for row in rows if row["visible"]]
    assert shown == [("Hello again", True)]


def test_only_coexistence_hears_of_a_deletion(simulator: Running, callback: Callback, mei: Customer) -> None:
    second = write(simulator, mei, "text", text="oh")["wamid"]
    do(simulator, mei, "delete", message=second)
    third = write(simulator, mei, "text", text="no")["wamid"]
    simulator.sim("PUT", f"numbers/{NUMBER}/coexistence", {"on": True})
    do(simulator, mei, "delete", message=third)
    told = until(lambda: of_kind(callback, "revoke"))
    assert [row["revoke"] for row in told] == [{"original_message_id": third}]


def test_what_is_too_old_cannot_be_edited(simulator: Running, mei: Customer) -> None:
    simulator.sim("POST", "clock", {"advance": 16 * 60})
    body = {"does": "edit", "message": mei["first"], "text": "x"}
    assert refused(simulator, f"customers/{mei['id']}/deeds", body)["field"] == "message"


def test_a_new_number_is_told_by_the_old_one(simulator: Running, callback: Callback, mei: Customer) -> None:
    after = do(simulator, mei, "change_number")
    notice = until(lambda: of_kind(callback, "system"))[0]
    assert (notice["from"], notice["from_user_id"]) == (mei["wa_id"], mei["bsuid"])
    told = notice["system"]
    assert (told["type"], told["wa_id"], told["user_id"], told["previous_user_id"]) == (
        "user_changed_number", after["wa_id"], after["bsuid"], mei["bsuid"],
    )  # fmt: skip
    assert after["wa_id"] != mei["wa_id"] and after["bsuid"] != mei["bsuid"]
    assert all("contacts" not in value for value in callback.values() if value["messages"][0]["type"] == "system")
    wamid = wamid_of(simulator.send(after["phone"], type="text", text={"body": "Hi"}))
    failed = until(lambda: [row for row in callback.statuses(wamid) if row["status"] == "failed"])[0]
    assert failed["errors"][0]["code"] == 131047  # a window belongs to one identity
    gone = wamid_of(simulator.send(mei["phone"], type="text", text={"body": "Hi"}))
    assert until(lambda: callback.statuses(gone))[0]["errors"][0]["code"] == 131026


def test_the_older_notice_and_the_other_kinds(simulator: Running, callback: Callback, mei: Customer) -> None:
    moved = do(simulator, mei, "change_number", legacy=True)
    renewed = do(simulator, moved, "change_user_id")
    do(simulator, renewed, "change_device")
    notices = until(lambda: len(of_kind(callback, "system")) == 3 and of_kind(callback, "system"))
    by_type = {row["system"]["type"]: row for row in notices}
    legacy = by_type["customer_changed_number"]["system"]
    assert (legacy["new_wa_id"], legacy["customer"]) == (moved["wa_id"], mei["wa_id"])
    ids = by_type["user_changed_user_id"]
    assert (ids["system"]["previous_user_id"], "from" in ids) == (moved["bsuid"], False)
    assert set(by_type["customer_identity_changed"]["identity"]) == {"acknowledged", "created_timestamp", "hash"}


def test_who_adopts_a_username_loses_the_phone_and_gets_it_back(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    do(simulator, mei, "adopt_username", username="mei.lin")
    value, message = arrived(callback, write(simulator, mei, "text", text="a")["wamid"])
    assert ("from" in message, value["contacts"][0]["profile"]) == (False, {"name": "Mei", "username": "mei.lin"})
    do(simulator, mei, "drop_username")
    value, message = arrived(callback, write(simulator, mei, "text", text="b")["wamid"])
    assert (message["from"], value["contacts"][0]["profile"]) == (mei["wa_id"], {"name": "Mei"})


def test_stopping_marketing_is_told_with_a_number_for_a_time(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    do(simulator, mei, "stop_marketing")
    do(simulator, mei, "resume_marketing")
    told = until(lambda: len(changes(callback, "user_preferences")) == 2 and changes(callback, "user_preferences"))
    rows = [value["user_preferences"][0] for value in told]
    assert [row["value"] for row in rows] == ["stop", "resume"]
    assert all(isinstance(row["timestamp"], int) and row["wa_id"] == mei["wa_id"] for row in rows)


def test_a_missed_call_opens_the_window(simulator: Running, callback: Callback) -> None:
    leo = simulator.sim("POST", "customers", {"name": "Leo"})
    do(simulator, leo, "miss_call")
    told = until(lambda: len(changes(callback, "calls")) == 2 and changes(callback, "calls"))
    calls = [value["calls"][0] for value in told]
    assert [(row["event"], row.get("status")) for row in calls] == [("connect", None), ("terminate", "FAILED")]
    assert calls[0]["id"] == calls[1]["id"] and calls[0]["id"].startswith("wacid.")
    wamid = wamid_of(simulator.send(leo["phone"], type="text", text={"body": "You rang?"}))
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])


def test_a_taken_call_tells_how_long_it_was(simulator: Running, callback: Callback, mei: Customer) -> None:
    do(simulator, mei, "call", duration=42)
    ended = until(lambda: [v["calls"][0] for v in changes(callback, "calls") if v["calls"][0]["event"] == "terminate"])
    assert (ended[0]["status"], ended[0]["duration"]) == ("COMPLETED", 42)


def test_a_blocked_business_hears_nothing_more(simulator: Running, callback: Callback, mei: Customer) -> None:
    do(simulator, mei, "report", block=True)
    wamid = wamid_of(simulator.send(mei["phone"]))
    until(lambda: callback.statuses(wamid))
    do(simulator, mei, "unblock")
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])
    rows = simulator.sim("GET", f"customers/{mei['id']}/deeds")["results"]
    assert [row["kind"] for row in rows] == ["report", "block", "unblock"]


def test_a_voice_note_is_played(simulator: Running, callback: Callback, mei: Customer) -> None:
    files = {"file": ("a.ogg", silence(2), "audio/ogg")}
    data = {"messaging_product": "whatsapp", "type": "audio/ogg"}
    media = simulator.call("POST", f"{NUMBER}/media", files=files, data=data).json()["id"]
    wamid = wamid_of(simulator.send(mei["phone"], type="audio", audio={"id": media}))
    delivered(simulator, mei, wamid)
    do(simulator, mei, "play", message=wamid)
    until(lambda: [row["status"] for row in callback.statuses(wamid)][-1:] == ["played"])


@pytest.mark.parametrize("missing", ["stop_marketing", "block", "miss_call", "report"])
def test_a_deed_towards_nobody_names_the_field(simulator: Running, mei: Customer, missing: str) -> None:
    assert refused(simulator, f"customers/{mei['id']}/deeds", {"does": missing})["field"] == "number"
