"""Each kind of message, from the API to WhatsApp."""

from typing import Any

import pytest

from inbox.sending.outbox import deliver
from tests.inbox.outgoing.conftest import Desk
from tests.inbox.outgoing.kinds import KINDS
from tests.worlds.channels import calls
from tests.worlds.threads import messages


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_reaches_whatsapp_as_meta_spells_it(desk: Desk, post: Any, name: str):
    body, spelled = KINDS[name]
    desk.meta.sim("POST", "flows", {"waba_id": desk.shop.waba_id, "name": "book", "id": "123"})
    answered = post(body)
    assert answered.status_code == 201, answered.json()
    assert deliver(desk.talk.pk) == 1
    (call,) = calls(desk.meta, desk.shop)
    assert call["detail"]["body"][body["type"]] == spelled
    sent = messages(desk.talk)[-1]
    assert (sent.status, sent.error_code) == ("accepted", "")
