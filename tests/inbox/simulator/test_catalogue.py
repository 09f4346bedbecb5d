"""Every webhook of the catalogue: its shape against hand-written schemas, an independent reader, and odd content."""

import json
from typing import Any

import pytest
from pywa import WhatsApp
from pywa.types.base_update import RawUpdate

from tests.inbox.simulator.callback import Callback, signature_is_right, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.playing import Customer, refused
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.shapes import complaints, complaints_about, fields

CLIENT = WhatsApp(phone_id=NUMBER, token="SIMTOKEN")
# Where the independent reader wants what Meta does not promise.
NOT_READ = {
    ("message_template_status_update", "LANGUAGE_WITH_DASH"): "it knows languages with an underscore only",
    ("messages", "media_unavailable"): "it wants the object of the missing file",
    ("messages", "status_without_contacts"): "it wants contacts beside a status",
    ("messages", "status_without_recipient"): "it wants contacts beside a status",
    ("messages", "system_customer_identity_changed"): "it wants contacts beside a notice",
    ("messages", "system_user_changed_user_id"): "it wants a phone number",
    ("smb_message_echoes", "text_without_contacts"): "it wants contacts beside an echo",
}


def emit(simulator: Running, field: str, event: str, **more: Any) -> list[dict[str, Any]]:
    return simulator.sim("POST", "webhooks/emit", {"number": NUMBER, "field": field, "event": event, **more})["changes"]


def catalogue(simulator: Running) -> list[tuple[str, str]]:
    return [(row["field"], row["event"]) for row in simulator.sim("GET", "webhooks/catalogue")["results"]]


def emit_all(simulator: Running, callback: Callback) -> list[dict[str, Any]]:
    """Each entry of the catalogue once, through the wire; the bodies in the order of the catalogue."""
    before = len(callback.taken())
    count = 0
    for field, event in catalogue(simulator):
        count += len(emit(simulator, field, event))
    until(lambda: len(callback.taken()) == before + count, seconds=60)
    return callback.taken()[before:]


def test_every_shape_is_what_is_known_of_metas(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.taken())
    bodies = emit_all(simulator, callback)
    wrong = {json.dumps(body)[:300]: found for body in bodies if (found := complaints_about(body))}
    assert wrong == {}
    assert {change["field"] for body in bodies for entry in body["entry"] for change in entry["changes"]} == fields()
    assert {entry["id"] for body in bodies for entry in body["entry"]} == {WABA}


@pytest.mark.filterwarnings("ignore:Unknown")
def test_an_independent_library_reads_every_shape_it_knows(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    until(lambda: callback.taken())
    unread, read = {}, 0
    for field, event in catalogue(simulator):
        for change in emit(simulator, field, event):
            update = as_read(change)
            reader = CLIENT._get_handler_type(update)
            if reader is None:
                continue
            read += 1
            try:
                CLIENT._handlers_to_updates[reader].from_update(client=CLIENT, update=update)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                unread[field, event] = f"{type(error).__name__}: {error}"
    # Nor does it read `failed`: it wants `contacts`, which Meta leaves out there.
    assert {key for key in unread if not key[1].startswith("status_failed_")} == NOT_READ.keys(), unread
    assert read > 100


def as_read(change: dict[str, Any]) -> RawUpdate:
    entry = {"id": WABA, "time": 1767225600, "changes": [change]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    return RawUpdate(body, hmac_header=None, update_hash="")


def test_the_schemas_can_refuse() -> None:
    head = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550100001", "phone_number_id": NUMBER},
    }
    assert complaints("messages", {**head, "messages": []})
    assert complaints(
        "messages", {**head, "statuses": [{"id": "wamid.A", "status": "failed", "timestamp": "1767225600"}]}
    )
    assert complaints("account_update", {"event": "ACCOUNT_RESTRICTION"})
    assert complaints("user_preferences", head)


def test_fields_lay_over_what_is_emitted(simulator: Running, callback: Callback, mei: Customer) -> None:
    emit(simulator, "account_update", "ACCOUNT_VIOLATION", fields={"violation_info": {"violation_type": "WEAPONS"}})
    body = until(lambda: [body for body in callback.taken() if body["entry"][0]["changes"][0]["field"] != "messages"])[
        0
    ]
    assert body["entry"][0]["changes"][0]["value"] == {
        "event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "WEAPONS"},
    }  # fmt: skip
    assert isinstance(body["entry"][0]["time"], int)


STRANGE = {
    "new_field": lambda change: change["field"] == "field_of_tomorrow",
    "new_type": lambda change: change["value"]["messages"][0]["type"] == "hologram",
    "extra_keys": lambda change: change["value"]["messages"][0]["added_later"] == {"by": "Meta"},
    "null_values": lambda change: change["value"]["messages"][0]["from_logical_id"] is None,
    "integers_for_strings": lambda change: isinstance(change["value"]["messages"][0]["timestamp"], int),
    "empty_arrays": lambda change: change["value"]["statuses"] == [],
    "no_contacts": lambda change: "contacts" not in change["value"],
}


@pytest.mark.parametrize("kind", STRANGE)
def test_content_of_tomorrow_can_be_sent_today(
    simulator: Running, callback: Callback, mei: Customer, kind: str
) -> None:
    made = emit(simulator, "messages", "text", strange=[kind])[0]
    assert STRANGE[kind](made)
    until(lambda: any(body["entry"][0]["changes"] == [made] for body in callback.taken()))


def test_a_status_of_tomorrow(simulator: Running, mei: Customer) -> None:
    assert emit(simulator, "messages", "status_sent", strange=["new_status"])[0]["value"]["statuses"][0]["status"] == (
        "admired"
    )


def test_a_history_comes_in_three_phases_out_of_order(simulator: Running, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"webhook_parallel": 1})
    chunks = [change["value"]["history"][0] for change in emit(simulator, "history", "whole", count=900)]
    order = [(row["metadata"]["phase"], row["metadata"]["chunk_order"]) for row in chunks]
    assert sorted(order) == [(phase, chunk) for phase in range(3) for chunk in (1, 2, 3)] and order != sorted(order)
    ids = [message["id"] for row in chunks for message in row["threads"][0]["messages"]]
    assert len(set(ids)) == 900


def test_the_same_bytes_may_come_several_times(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    emit(simulator, "security", "PIN_CHANGED", times=3, signature="good")
    until(lambda: len(callback.posts) == 4)
    assert len({post["body"] for post in callback.posts[1:]}) == 1


def test_an_old_secret_signs_on_demand(simulator: Running, callback: Callback, mei: Customer) -> None:
    until(lambda: callback.messages())
    simulator.sim("POST", "numbers", {"phone_number_id": NUMBER, "app_secret": "a_newer_secret"})
    emit(simulator, "security", "PIN_CHANGED", signature="old")
    emit(simulator, "security", "PIN_CHANGED")
    until(lambda: len(callback.posts) == 3)
    old, new = (signature_is_right(post) for post in callback.posts[1:])
    assert sorted([old, new]) == [False, True]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"field": "nonsense"}, "field"),
        ({"field": "security", "event": "NONSENSE"}, "event"),
        ({"field": "security", "strange": ["nonsense"]}, "strange"),
        ({"field": "security", "times": 0}, "times"),
        ({"field": "security", "signature": "nonsense"}, "signature"),
    ],
)
def test_a_wish_that_cannot_be_names_the_field(
    simulator: Running, mei: Customer, wish: dict[str, Any], field: str
) -> None:
    assert refused(simulator, "webhooks/emit", {"number": NUMBER, **wish})["field"] == field
