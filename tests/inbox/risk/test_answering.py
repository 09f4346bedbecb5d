"""Whoever may deal with what is risky and answers the customer has taken it, as by pressing the button (TS-7)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.held_decisions import approve_held
from inbox.actions.replies import react, send, send_text
from inbox.actions.risks import escalate_due, flag_risk, take_risk
from inbox.actions.scheduled import schedule_reply, send_scheduled_now
from inbox.models import Channel, Conversation, HeldReply, Message
from inbox.sweeping import sweep
from security.actions.traineeships import start_traineeship
from tests.conftest import BY, Cast
from tests.inbox.risk.conftest import only_case, settings
from tests.worlds.duty import holder
from tests.worlds.threads import fresh, logged, messages, thread

_TEMPLATE = {"name": "order_update", "language": "zh_TW", "components": []}


@pytest.fixture
def risky(cast: Cast, shop: Channel) -> Conversation:
    settings(cast)
    return thread(shop, text="我不想活了")


def answer(cast: Cast, by: str, talk: Conversation, **more: Any) -> Message:
    return send_text(by=cast.access(by), conversation_id=talk.pk, client_ref="1", text="Hello", **more)


@pytest.mark.parametrize(("kind", "content"), [("text", {"text": "I am here"}), ("template", _TEMPLATE)])
def test_an_answer_takes_it(cast: Cast, risky: Conversation, kind: str, content: dict[str, Any]):
    send(by=cast.access("fay"), conversation_id=risky.pk, client_ref="1", kind=kind, content=content)
    case = only_case()
    assert (case.state, case.taken_by_id, case.due_at, holder(risky)) == ("taken", cast.fay.pk, None, cast.fay.pk)
    assert [line.actor_id for line in logged("risk.taken")] == [str(cast.fay.pk)]
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert escalate_due() == 0
    shown = cast.browser("ben").get(f"/api/v1/conversations/{risky.pk}").json()["risk"]
    assert shown["taken_by"]["name"] == "Fay"


def test_a_senior_who_answers_what_somebody_has_gets_it(cast: Cast, risky: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=risky.pk, to=cast.ben.pk)
    answer(cast, "dee", risky)
    assert (only_case().taken_by_id, holder(risky)) == (cast.dee.pk, cast.dee.pk)


def test_an_answer_of_somebody_who_may_not_deal_with_it_takes_nothing(cast: Cast, risky: Conversation):
    answer(cast, "ben", risky)
    assert (only_case().state, logged("risk.taken")) == ("open", [])


def test_what_somebody_has_taken_stays_theirs(cast: Cast, risky: Conversation):
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    answer(cast, "dee", risky)
    assert (only_case().taken_by_id, holder(risky)) == (cast.fay.pk, cast.fay.pk)


def test_an_emoji_is_no_answer(cast: Cast, risky: Conversation):
    (heard,) = messages(risky, direction="in")
    react(by=cast.access("fay"), conversation_id=risky.pk, client_ref="1", message_id=heard.pk, emoji="❤️")
    assert only_case().state == "open"


def test_whoever_approves_a_held_reply_has_taken_it(cast: Cast, shop: Channel):
    talk = thread(shop)
    start_traineeship(by=BY, user=cast.ben, mentors=[cast.fay], holds_replies=True)
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.ben.pk)
    held = HeldReply.objects.for_system("the test").get(message=answer(cast, "ben", talk))
    flag_risk(by=cast.access("dee"), conversation_id=talk.pk, kind="threat", reason="On the phone")
    approve_held(by=cast.access("fay"), held_id=held.pk, revision=held.revision)
    assert (only_case().taken_by_id, holder(talk)) == (cast.fay.pk, cast.fay.pk)


@pytest.mark.parametrize(("at_once", "state"), [(True, "taken"), (False, "open")])
def test_a_reply_for_later_takes_it_only_when_somebody_sends_it(
    cast: Cast, risky: Conversation, at_once: bool, state: str
):
    row = schedule_reply(
        by=cast.access("fay"), conversation_id=risky.pk, client_ref="1", kind="text", content={"text": "Any news?"},
        send_at=timezone.now() + timedelta(minutes=2),
    )  # fmt: skip
    if at_once:
        send_scheduled_now(by=cast.access("fay"), scheduled_id=row.pk)
    else:
        with time_machine.travel(timezone.now() + timedelta(minutes=3)):
            sweep()
    assert (fresh(row).state, only_case().state) == ("sent", state)


def test_other_answers_ask_nothing_of_it(cast: Cast, shop: Channel):
    talk = thread(shop)
    with CaptureQueriesContext(connection) as asked:
        answer(cast, "fay", talk)
    assert [one["sql"] for one in asked if 'FROM "inbox_risk' in one["sql"]] == []
