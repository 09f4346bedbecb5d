"""A message that was on its way when its conversation went into the bin, and had not left: it does not leave later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.actions.bin import delete_conversation, restore_conversation
from inbox.actions.outgoing import (
    claim_next,
    give_up_on_stale_claims,
    put_back,
    record_calling,
    record_retry,
    return_unsent,
)
from inbox.models import Deletion, InboxPolicy, Message
from inbox.sweeping import sweep
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.factors import fresh_access
from tests.worlds.threads import fresh


def claimed(desk: Desk) -> Message:
    desk.answers()
    message = claim_next(conversation_id=desk.talk.pk)
    assert message is not None
    return message


def binned(desk: Desk) -> Deletion:
    return delete_conversation(by=fresh_access(desk.cast, "dee"), conversation_id=desk.talk.pk, reason="Spam")


def crashed(message: Message) -> None:
    old = timezone.now() - timedelta(seconds=InboxPolicy.current().claim_timeout_seconds + 1)
    Message.objects.for_system("time passes").filter(pk=message.pk).update(claimed_at=old)
    give_up_on_stale_claims()


@pytest.mark.parametrize(
    "comes_back",
    [
        lambda message: put_back(message=message, due_at=None),
        lambda message: put_back(message=message, due_at=timezone.now() + timedelta(seconds=30)),
        lambda message: return_unsent(message=message),
        lambda message: record_retry(message=message, code="not_uploaded", after=1),
        crashed,
    ],
    ids=["number paused", "no slot", "number down", "upload failed", "worker lost"],
)
def test_what_comes_back_fails_and_never_leaves_by_itself(desk: Desk, comes_back: Callable[[Message], None]):
    message = claimed(desk)
    row = binned(desk)
    assert row.stopped == 0 and state(message) == ("sending", "")
    comes_back(message)
    assert state(message) == ("failed", "binned") and fresh(row).stopped == 1
    sweep()
    assert desk.sends() == 0
    restore_conversation(by=desk.cast.access("dee"), deletion_id=row.pk)
    sweep()
    assert desk.sends() == 0 and desk.sent() == [] and state(message) == ("failed", "binned")


def test_what_has_left_has_left(desk: Desk):
    message = claimed(desk)
    assert record_calling(message=message)
    binned(desk)
    crashed(message)
    assert state(message) == ("unconfirmed", "worker_lost"), "nobody knows, so nobody says that it was stopped"


def test_a_claim_that_is_not_ours_any_more_stops_nothing(desk: Desk):
    message = claimed(desk)
    row = binned(desk)
    put_back(message=message, due_at=None)
    put_back(message=message, due_at=None)
    return_unsent(message=message)
    assert fresh(row).stopped == 1


def test_nothing_queued_is_claimed_or_swept_in_the_bin(desk: Desk):
    message = claimed(desk)
    binned(desk)
    Message.objects.for_system("left from before").filter(pk=message.pk).update(
        status="queued", due_at=timezone.now() - timedelta(minutes=5)
    )
    sweep()
    assert claim_next(conversation_id=desk.talk.pk) is None and state(message) == ("queued", "")
