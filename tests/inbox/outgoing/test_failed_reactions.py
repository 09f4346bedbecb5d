"""An emoji of ours that did not reach the customer is not shown, whichever way WhatsApp refuses it."""

from typing import Any

import pytest

from inbox.actions.outgoing import claim_next, record_sent
from inbox.actions.replies import react
from inbox.models import Message
from tests.inbox.outgoing.conftest import Desk
from tests.worlds.threads import fresh, messages, only_message
from tests.worlds.webhooks import status, status_arrives


@pytest.fixture
def question(desk: Desk) -> Message:
    return only_message(direction="in")


def reacts(desk: Desk, question: Message, emoji: str, *, ref: str) -> Message:
    """The queued sending of our emoji."""
    ben = desk.cast.access("ben")
    react(by=ben, conversation_id=desk.talk.pk, client_ref=ref, message_id=question.pk, emoji=emoji)
    return only_message(client_ref=ref)


def fails(desk: Desk, row: Message, **more: Any) -> None:
    status_arrives(desk.shop, status(fresh(row).provider_ref, "failed", errors=[{"code": 131026}], **more))


def shown(desk: Desk, question: Message) -> list[str]:
    page = desk.cast.browser("ben").get(f"/api/v1/conversations/{desk.talk.pk}/messages").json()["results"]
    return [one["emoji"] for row in page if row["id"] == str(question.pk) for one in row["reactions"]]


def test_a_reaction_refused_by_a_webhook_is_taken_off(desk: Desk, question: Message):
    sent = reacts(desk, question, "👍", ref="1")
    desk.sends()
    assert shown(desk, question) == ["👍"]
    version = fresh(question).version
    fails(desk, sent)
    assert shown(desk, question) == []
    assert fresh(question).version == version + 1, "the thread learns of it"
    fails(desk, sent)
    assert fresh(question).version == version + 1


def test_a_reaction_refused_by_the_call_is_taken_off(desk: Desk, question: Message):
    reacts(desk, question, "👍", ref="1")
    desk.fault("send_error", code=131009)
    desk.sends()
    assert shown(desk, question) == []


def test_a_refusal_that_overtook_the_answer_of_the_call_takes_it_off_too(desk: Desk, question: Message):
    reacts(desk, question, "👍", ref="1")
    sending = claim_next(conversation_id=desk.talk.pk)
    assert sending is not None
    status_arrives(desk.shop, status("wamid.EARLY", "failed", errors=[{"code": 131026}]))
    record_sent(message=sending, provider_ref="wamid.EARLY")
    assert shown(desk, question) == []


def test_the_refusal_of_an_earlier_emoji_leaves_the_newer_one(desk: Desk, question: Message):
    first = reacts(desk, question, "👍", ref="1")
    desk.sends()
    second = reacts(desk, question, "❤️", ref="2")
    fails(desk, first)
    assert shown(desk, question) == ["❤️"], "it is on its way itself"
    desk.sends()
    fails(desk, second)
    assert shown(desk, question) == []


def test_other_failures_and_other_messages_keep_their_emoji(desk: Desk, question: Message):
    reacts(desk, question, "👍", ref="1")
    answer = desk.answers()
    desk.sends()
    fails(desk, answer)
    other = desk.answers("other")
    desk.sends()
    fails(desk, reacts_sent(desk, fresh(other)))
    assert shown(desk, question) == ["👍"]
    assert len(messages(status="failed")) == 2


def reacts_sent(desk: Desk, target: Message) -> Message:
    sent = reacts(desk, target, "🎉", ref="on another")
    desk.sends()
    return sent
