"""A reply for later and what a trainee wrote meanwhile: only what was said has answered the customer (PM-4, PM-11)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from inbox.actions.held_decisions import approve_held, reject_held
from inbox.actions.scheduled import schedule_reply
from inbox.actions.scheduled_due import send_due_replies
from inbox.models import HeldReply, Message, ScheduledReply
from inbox.scheduling import ANSWERED
from tests.inbox.coaching.conftest import Learning
from tests.worlds.threads import fresh


@pytest.fixture
def later(learning: Learning) -> ScheduledReply:
    return schedule_reply(
        by=learning.by("dee"),
        conversation_id=learning.talk.pk,
        client_ref="later",
        send_at=timezone.now() + timedelta(hours=1),
        kind="text",
        content={"text": "Any news?"},
    )


def waits(learning: Learning, held: HeldReply) -> None:
    pass


def rejected(learning: Learning, held: HeldReply) -> None:
    reject_held(by=learning.by("fay"), held_id=held.pk, revision=held.revision, comment="Not so")


def approved(learning: Learning, held: HeldReply) -> None:
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=held.revision)


def binned(learning: Learning, held: HeldReply) -> None:
    rejected(learning, held)
    said = Message.objects.for_system("as the bin leaves it").filter(pk=held.message_id)
    said.update(status="failed", error_code="binned")


@pytest.mark.parametrize(
    ("becomes", "state", "reason"),
    [(waits, "sent", ""), (rejected, "sent", ""), (binned, "sent", ""), (approved, "asking", ANSWERED)],
)
def test_only_what_was_said_is_an_answer(
    learning: Learning,
    later: ScheduledReply,
    time_machine: TimeMachineFixture,
    becomes: Callable[[Learning, HeldReply], None],
    state: str,
    reason: str,
):
    time_machine.shift(60)
    becomes(learning, learning.writes())
    time_machine.shift(3600)
    send_due_replies()
    row = fresh(later)
    assert (row.state, row.error_code) == (state, reason)
