"""An independent client library reads every webhook the simulator makes."""

from typing import Any

import pytest
from pywa import WhatsApp
from pywa.types import CallbackButton, CallbackSelection, Message, MessageStatus

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_inbound import KINDS, arrived, write
from tests.inbox.simulator.test_sending import wamid_of

Customer = dict[str, Any]
READ_AS: dict[str, Any] = {"button": CallbackButton, "button_reply": CallbackButton, "list_reply": CallbackSelection}
CLIENT = WhatsApp(phone_id="100000000000001", token="SIMTOKEN")


def body_with(callback: Callback, wamid: str) -> Any:
    def holds(value: dict[str, Any]) -> bool:
        return any(row["id"] == wamid for row in value.get("messages", []) + value.get("statuses", []))

    return until(lambda: [body for body in callback.taken() if holds(body["entry"][0]["changes"][0]["value"])])[0]


@pytest.mark.parametrize("kind", KINDS)
def test_messages_are_read(simulator: Running, callback: Callback, mei: Customer, kind: str) -> None:
    sent = write(simulator, mei, kind, **KINDS[kind][0], reply_to=mei["first"])
    _, wire = arrived(callback, sent["wamid"])
    read = READ_AS.get(kind, Message).from_update(CLIENT, body_with(callback, sent["wamid"]))
    assert (read.id, read.from_user.wa_id, read.from_user.name) == (sent["wamid"], mei["wa_id"], "Mei")
    assert int(read.timestamp.timestamp()) == int(wire["timestamp"])


def test_statuses_are_read(simulator: Running, callback: Callback, mei: Customer) -> None:
    # Not `failed`: that reader wants `contacts`, which Meta leaves out there.
    wamid = wamid_of(simulator.send(mei["phone"], type="text", text={"body": "x"}, biz_opaque_callback_data="our-7"))
    until(lambda: len(callback.statuses(wamid)) == 2)
    read = MessageStatus.from_update(CLIENT, body_with(callback, wamid))
    assert (read.id, read.status.value, read.tracker) == (wamid, "sent", "our-7")
