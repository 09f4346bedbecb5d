"""The customer sees somebody typing only where an admin wants it, and only when somebody does."""

import pytest

from inbox.actions.typing import show_typing
from inbox.models import InboxPolicy
from inbox.sending.typing import tell_customer
from security.errors import NotAllowed
from tests.inbox.outgoing.conftest import Desk
from tests.worlds.channels import calls
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, thread
from tests.worlds.webhooks import message, says

pytestmark = pytest.mark.usefixtures("own_cache")


def switch(*, on: bool) -> None:
    policy = InboxPolicy.current()
    policy.send_typing = on
    policy.save()


def types(desk: Desk, by: str = "ben") -> bool:
    return bool(show_typing(by=desk.cast.access(by), conversation_id=desk.talk.pk))


def test_nothing_is_told_unless_an_admin_wants_it(desk: Desk):
    switch(on=False)
    assert types(desk) is False


def test_it_is_told_at_most_every_twenty_seconds(desk: Desk):
    switch(on=True)
    assert [types(desk), types(desk)] == [True, False]


def test_whatsapp_is_asked_on_the_newest_message_of_the_customer(desk: Desk):
    sender = desk.meta.sim("POST", "customers", {"name": "Mei"})
    said = {"number": desk.shop.phone_number_id, "type": "text", "text": "Hi", "announce": False}
    known = desk.meta.sim("POST", f"customers/{sender['id']}/messages", said)
    says(desk.shop, desk.mei, {**message(desk.mei), "id": known["wamid"]})
    tell_customer(desk.talk.pk)
    (call,) = calls(desk.meta, desk.shop)
    assert call["detail"]["body"] == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": known["wamid"],
        "typing_indicator": {"type": "text"},
    }


def test_what_whatsapp_refuses_breaks_nothing(desk: Desk):
    desk.fault("send_error", code=131000)
    tell_customer(desk.talk.pk)
    assert fresh(desk.talk).version == desk.talk.version


def test_nothing_is_told_once_the_window_is_closed(desk: Desk):
    switch(on=True)
    old = thread(desk.shop, customer("Old"), ago=30 * 3600)
    assert show_typing(by=desk.cast.access("ben"), conversation_id=old.pk) is False


def test_whoever_may_not_answer_tells_nothing(desk: Desk):
    switch(on=True)
    with pytest.raises(NotAllowed):
        types(desk, by="eli")
