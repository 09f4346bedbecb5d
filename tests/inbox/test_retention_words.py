"""What was said outlives its time nowhere: not as an edit, a reply for later, a hand-over or a reason (CM-8)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contacts.actions.holds import hold_contact
from inbox.actions.handovers import acknowledge_handover, hand_over
from inbox.actions.retention import retain
from inbox.actions.risks import close_risk, flag_risk
from inbox.actions.scheduled import cancel_scheduled, schedule_reply
from inbox.actions.snoozes import snooze_conversation, wake_conversation
from inbox.models import (
    Amendment,
    Conversation,
    Handover,
    InternalNote,
    Media,
    Message,
    RetentionRule,
    RiskCase,
    ScheduledReply,
    Snooze,
)
from inbox.note_shapes import handover_shapes
from inbox.retention import overdue
from security.encryption.sealed_rows import OWN, sealed_rows
from security.scoping import every_row
from tests.conftest import Cast
from tests.inbox.ingest.test_amendments import edited
from tests.inbox.test_retention import made_days_ago
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import conversations, messages
from tests.worlds.webhooks import message, says

WHY = "the test"
SUMMARY = {"asked": "a ring", "done": "nothing", "open": "all"}


def rows(model: Any) -> list[Any]:
    return list(every_row(model, WHY))


@pytest.fixture
def rule(cast: Cast) -> RetentionRule:
    return RetentionRule.objects.create(region=cast.asia, message_days=30, active=True)


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """What was said there is in an edit, a reply for later, a hand-over, a snooze and a risk, all of them over."""
    mei, ben = customer("Mei Lin"), cast.access("ben")
    first = message(mei, "text", "Two boxes", ago=60)
    says(channel(cast.asia), mei, first)
    (talk,) = conversations()
    says(talk.channel, mei, edited(mei, first["id"], "Three boxes", ago=30))
    later = timezone.now() + timedelta(hours=3)
    reply = schedule_reply(
        by=ben, conversation_id=talk.pk, client_ref="1", send_at=later, kind="text", content={"text": "Ready"}
    )
    cancel_scheduled(by=ben, scheduled_id=reply.pk)
    row = hand_over(by=cast.access("fay"), conversation_id=talk.pk, person=cast.ben.pk, summary=SUMMARY)
    acknowledge_handover(by=ben, handover_id=row.pk)
    snooze_conversation(by=ben, conversation_id=talk.pk, until=later, reason="Mei is on holiday")
    wake_conversation(by=ben, conversation_id=talk.pk)
    flag_risk(by=ben, conversation_id=talk.pk, kind="legal", reason="She names a lawyer")
    close_risk(by=cast.access("dee"), conversation_id=talk.pk, reason="Mei was joking", false_alarm=True)
    return talk


def age(*models: Any) -> None:
    for model in models:
        for row in rows(model):
            made_days_ago(row, 40)


def test_every_kind_of_words_goes_or_is_emptied(cast: Cast, rule: RetentionRule, talk: Conversation):
    age(Message, Amendment, ScheduledReply, Handover, Snooze, RiskCase)
    told = overdue(rule)
    assert told.messages == 1 and set(told.words) == {
        "inbox.amendment", "inbox.scheduledreply", "inbox.handover", "inbox.snooze", "inbox.riskcase",
    }  # fmt: skip
    retain()
    assert (messages(), rows(Amendment), rows(ScheduledReply)) == ([], [], [])
    ((handover,), (snooze,), (risk,)) = rows(Handover), rows(Snooze), rows(RiskCase)
    assert handover.summary == {"asked": "", "done": "", "open": ""} and handover_shapes([handover])
    assert (snooze.reason, risk.note, risk.reason) == ("", None, None)
    assert retain() == 0 and overdue(rule).rows == 0, "what is empty is not emptied again"


def test_an_edit_goes_with_its_message_however_young_it_is(cast: Cast, rule: RetentionRule, talk: Conversation):
    age(Message)
    assert retain() == 1 and rows(Amendment) == []


def test_what_is_young_or_goes_on_stays(cast: Cast, rule: RetentionRule, talk: Conversation):
    schedule_reply(
        by=cast.access("ben"), conversation_id=talk.pk, client_ref="2", send_at=timezone.now() + timedelta(hours=3),
        kind="text", content={"text": "Still to come"},
    )  # fmt: skip
    assert retain() == 0
    age(ScheduledReply)
    retain()
    (left,) = rows(ScheduledReply)
    assert left.state == "waiting"


def test_what_is_on_hold_keeps_its_words(cast: Cast, rule: RetentionRule, talk: Conversation):
    age(Amendment, ScheduledReply)
    hold_contact(by=cast.access("dee"), contact_id=talk.contact_id, reason="A court asks")
    assert overdue(rule).rows == 0 and retain() == 0 and len(rows(ScheduledReply)) == 1


def test_what_has_a_way_of_its_own_has_one():
    """``actions.retention`` has one for each of these."""
    assert {kind.model for kind in sealed_rows("contact") if kind.aging.how == OWN} == {Message, Media, InternalNote}
