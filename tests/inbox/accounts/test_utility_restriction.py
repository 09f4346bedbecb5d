"""WhatsApp restricts the utility templates of an account: those stop with their reason, and everything else goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.actions.consent import take_word
from inbox.actions.replies import repeat_message
from inbox.errors import UtilityStopped
from inbox.models import ChannelPause, Message
from inbox.sweeping import sweep
from security.access import System
from tests.inbox.accounts.samples import TEMPLATE, ban, restriction
from tests.inbox.outgoing.conftest import Desk, desk, state
from tests.worlds.answers import send_template
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.webhooks import account_news, status, status_arrives

__all__ = ["desk"]  # the fixture
UTILITY = "RESTRICTED_UTILITY_TEMPLATES"


def queue(desk: Desk, ref: str, *, name: str = "hello_world") -> Message:
    given = {"name": name, "language": "en_US"}
    return send_template(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref=ref, template=given)


def known(desk: Desk, category: str, name: str = "hello_world") -> None:
    told = {**TEMPLATE, "message_template_name": name, "message_template_language": "en_US"}
    account_news(desk.shop, "template_category_update", {**told, "previous_category": "", "new_category": category})


def running(desk: Desk) -> ChannelPause:
    found: ChannelPause = ChannelPause.objects.for_system("the test").get(channel=desk.shop, ended_at=None)
    return found


def test_utility_templates_are_refused_until_the_restriction_is_over(desk: Desk):
    known(desk, "UTILITY")
    waiting, answer = queue(desk, "before"), desk.answers()
    account_news(desk.shop, "account_update", restriction(UTILITY, days=7))
    with pytest.raises(UtilityStopped) as refused:
        queue(desk, "after")
    assert refused.value.remedy
    desk.sends()
    assert state(waiting) == ("failed", "utility_stopped"), "waiting it would hold up the answer"
    assert state(answer) == ("accepted", "")
    until = running(desk).until
    assert until is not None and timedelta(days=6) < until - timezone.now() <= timedelta(days=7)
    ChannelPause.objects.for_system("time passes").filter(channel=desk.shop).update(until=timezone.now())
    sweep()
    assert not fresh(desk.shop).utility_stopped and len(logged("channel.templates_resumed")) == 1
    repeat_message(by=desk.cast.access("ben"), message_id=waiting.pk)
    assert desk.sends() == 1 and state(waiting) == ("accepted", "")


@pytest.mark.parametrize("category", ["MARKETING", "AUTHENTICATION"])
def test_templates_of_other_categories_go_on(desk: Desk, category: str):
    known(desk, category)
    if category == "MARKETING":
        take_word(by=System("test"), contact_id=desk.talk.contact_id, way="start", said="START", at=timezone.now())
    account_news(desk.shop, "account_update", restriction(UTILITY))
    sent = queue(desk, "t")
    desk.sends()
    assert fresh(desk.shop).utility_stopped and state(sent) == ("accepted", "")


def test_a_template_of_a_category_nobody_told_is_left_to_whatsapp(desk: Desk):
    account_news(desk.shop, "account_update", restriction(UTILITY))
    assert queue(desk, "t").status == "queued"


@pytest.mark.parametrize("kind", [UTILITY, "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"])
def test_a_reinstated_account_may_send_them_again(desk: Desk, kind: str):
    known(desk, "UTILITY")
    account_news(desk.shop, "account_update", restriction(kind), ago=60)
    assert fresh(desk.shop).utility_stopped
    account_news(desk.shop, "account_update", ban("REINSTATE"), ago=30)
    assert queue(desk, "t").status == "queued"


def test_a_refusal_for_misuse_stops_them_on_every_number_of_the_account(desk: Desk):
    second = channel(desk.cast.asia, desk.meta, waba_id=desk.shop.waba_id)
    stranger = channel(desk.cast.asia, desk.meta)
    known(desk, "UTILITY")
    desk.meta.sim("POST", "incidents", {"kind": "template_misuse", "number": desk.shop.phone_number_id})
    first, answer = queue(desk, "first"), desk.answers()
    desk.sends()
    assert state(first) == ("failed", "131064") and state(answer) == ("accepted", "")
    assert [fresh(one).utility_stopped for one in (desk.shop, second, stranger)] == [True, True, False]
    assert (running(desk).scope, running(desk).code) == ("utility", "131064")
    with pytest.raises(UtilityStopped):
        queue(desk, "second")
    talk = thread(second)
    given = {"name": "hello_world", "language": "en_US"}
    with pytest.raises(UtilityStopped):
        send_template(by=desk.cast.access("ben"), conversation_id=talk.pk, client_ref="x", template=given)


def test_a_late_failure_for_misuse_stops_them_like_an_answer(desk: Desk):
    known(desk, "UTILITY")
    sent = queue(desk, "first")
    desk.sends()
    status_arrives(desk.shop, status(str(fresh(sent).provider_ref), "failed", errors=[{"code": 131064}]))
    assert fresh(desk.shop).utility_stopped and fresh(desk.shop).state == "active"


def test_a_person_may_overrule_it(desk: Desk):
    known(desk, "UTILITY")
    account_news(desk.shop, "account_update", restriction(UTILITY))
    shown = desk.cast.browser("dee").post(f"/api/v1/channels/{desk.shop.pk}/resume").json()
    assert shown["channel"]["pauses"] == [] and queue(desk, "t").status == "queued"
