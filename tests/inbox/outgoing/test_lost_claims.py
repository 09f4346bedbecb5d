"""The worker dies, or is thought dead: what it had claimed is settled, once."""

from datetime import timedelta

from django.utils import timezone

from inbox.actions.outgoing import (
    claim_next,
    give_up_on_stale_claims,
    record_calling,
    record_failure,
    record_sent,
    record_unconfirmed,
)
from inbox.models import InboxPolicy, Message
from tests.inbox.outgoing.conftest import Desk, state


def test_a_claim_that_a_crash_left_behind_becomes_unconfirmed(desk: Desk):
    answer, behind = desk.answers("1"), desk.answers("2")
    claimed = claim_next(conversation_id=desk.talk.pk)
    assert claimed is not None and record_calling(message=claimed)
    assert give_up_on_stale_claims() == 0, "it may still be on its way"
    Message.objects.for_system("time passes").filter(pk=answer.pk).update(
        claimed_at=timezone.now() - timedelta(seconds=InboxPolicy.current().claim_timeout_seconds + 1)
    )
    assert [give_up_on_stale_claims(), give_up_on_stale_claims()] == [1, 0]
    assert state(answer) == ("unconfirmed", "worker_lost")
    assert desk.sends() == 1 and state(behind) == ("accepted", "")


def test_a_claim_that_was_lost_before_the_call_is_simply_sent_later(desk: Desk):
    answer = desk.answers()
    lost = claim_next(conversation_id=desk.talk.pk)
    Message.objects.for_system("time passes").filter(pk=answer.pk).update(
        claimed_at=timezone.now() - timedelta(seconds=InboxPolicy.current().claim_timeout_seconds + 1)
    )
    give_up_on_stale_claims()
    assert state(answer) == ("queued", "")
    assert lost is not None and not record_calling(message=lost), "the lost worker may not call any more"
    assert desk.sends() == 1 and state(answer) == ("accepted", "")


def test_a_claim_from_before_the_clock_was_set_back_is_settled_too(desk: Desk):
    answer = desk.answers()
    assert claim_next(conversation_id=desk.talk.pk) is not None
    Message.objects.for_system("the clock").filter(pk=answer.pk).update(claimed_at=timezone.now() + timedelta(hours=1))
    assert give_up_on_stale_claims() == 1 and state(answer) == ("queued", "")


def test_the_late_word_of_a_worker_that_was_given_up_still_counts(desk: Desk):
    answer = desk.answers()
    sending = claim_next(conversation_id=desk.talk.pk)
    assert sending is not None
    record_unconfirmed(message=sending, code="worker_lost")
    record_failure(message=sending, code="131026")
    assert state(answer) == ("failed", "131026"), "WhatsApp did answer in the end: it refused"


def test_a_late_acceptance_settles_what_was_unconfirmed(desk: Desk):
    answer = desk.answers()
    sending = claim_next(conversation_id=desk.talk.pk)
    assert sending is not None
    record_unconfirmed(message=sending, code="worker_lost")
    record_sent(message=sending, provider_ref="wamid.LATE")
    assert state(answer) == ("accepted", "")
