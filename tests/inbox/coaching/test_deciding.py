"""A mentor decides on a held reply: it leaves once, with the words that were read, and by all the rules."""

from datetime import timedelta

import pytest

from inbox.actions.assignments import assign_conversation
from inbox.actions.held_decisions import approve_held, reject_held
from inbox.actions.holding import revise_held
from inbox.actions.locks import lock_conversation
from inbox.actions.pauses import pause
from inbox.actions.replies import send
from inbox.actions.resolutions import resolve_conversation
from inbox.coaching.errors import DecidedMeanwhile, NoTextToEdit, RevisedMeanwhile
from inbox.errors import ChannelPaused, Locked, TextMissing, WindowClosed
from inbox.models import Case, HeldReply, Notification
from security.actions.traineeships import end_traineeship, set_mentors, start_traineeship
from security.errors import Missing, NotAllowed, NotFound
from security.log.lines import words_of
from tests.conftest import BY
from tests.inbox.coaching.conftest import Learning
from tests.worlds.threads import delivered, fresh, logged, messages
from tests.worlds.webhooks import message, says


def test_approved_it_leaves_now_in_its_authors_name(learning: Learning):
    held = learning.writes()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    said = learning.message(held)
    assert (said.status, said.author_id, said.client_ref) == ("queued", learning.cast.ben.pk, "1")
    assert delivered(learning.talk) == 1 and delivered(learning.talk) == 0
    (body,) = learning.bodies()
    assert body["text"]["body"] == "It is on its way"
    (line,) = logged("reply.approved")
    assert line.actor_id == str(learning.cast.fay.pk) and line.details["author"] == learning.cast.ben.pk


def test_only_then_the_customer_was_answered(learning: Learning, time_machine):
    held = learning.writes()
    time_machine.shift(600)
    approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)
    talk = learning.now()
    assert talk.waiting_since is None and talk.held_count == 0 and talk.last_message_id == held.message_id
    case = Case.objects.for_system("the test").get(conversation=talk)
    assert case.first_reply_at == fresh(held).decided_at > held.held_at


def test_what_the_customer_wrote_meanwhile_still_waits_for_an_answer(learning: Learning, time_machine):
    held = learning.writes()
    time_machine.shift(60)
    says(learning.shop, learning.mei, message(learning.mei, "text", "Hello?"))
    time_machine.shift(60)
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    talk, later = learning.now(), messages(learning.talk)[-1]
    assert later.content["text"] == "Hello?" and talk.waiting_since == later.at and talk.last_message_id == later.pk
    assert delivered(talk) == 1


def test_with_other_words_the_trainee_and_the_log_have_both(learning: Learning):
    held = learning.writes()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1, text="It arrives on Monday")
    row = fresh(held)
    assert (row.edited, row.before) == (True, "It is on its way")
    delivered(learning.talk)
    assert learning.bodies()[0]["text"]["body"] == "It arrives on Monday"
    (line,) = logged("reply.edited")
    assert words_of(line) == {"text": ("It is on its way", "It arrives on Monday")}


def test_the_same_words_are_no_edit(learning: Learning):
    held = learning.writes()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1, text="It is on its way")
    assert fresh(held).edited is False and not logged("reply.edited")


def test_nobody_approves_another_text_than_they_read(learning: Learning):
    held = learning.writes()
    revise_held(by=learning.by("ben"), held_id=held.pk, revision=1, text="Never mind")
    with pytest.raises(RevisedMeanwhile):
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    assert delivered(learning.talk) == 0


def test_rejected_nothing_is_sent_and_the_comment_stays(learning: Learning):
    held = learning.writes()
    with pytest.raises(Missing):
        reject_held(by=learning.by("fay"), held_id=held.pk, revision=1, comment=" ")
    reject_held(by=learning.by("fay"), held_id=held.pk, revision=1, comment="Look up the number first")
    assert learning.message(held).status == "rejected" and learning.now().held_count == 0
    assert delivered(learning.talk) == 0 and learning.now().waiting_since is not None
    with pytest.raises(DecidedMeanwhile):
        approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)


def test_whoever_comes_second_is_told_who_decided(learning: Learning):
    held = learning.writes()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    with pytest.raises(DecidedMeanwhile) as refused:
        reject_held(by=learning.by("dee"), held_id=held.pk, revision=1, comment="No")
    assert "Fay" in str(refused.value.message)
    assert delivered(learning.talk) == 1


def test_all_rules_are_asked_again(learning: Learning, time_machine):
    held = learning.writes()
    pause(by=BY, channel_id=learning.shop.pk, kind="person", code="paused_by_hand")
    with pytest.raises(ChannelPaused):
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    time_machine.shift(timedelta(hours=25).total_seconds())
    with pytest.raises((WindowClosed, ChannelPaused)):
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1, text="Other words")
    row = fresh(held)
    assert (row.state, row.edited) == ("waiting", False) and learning.message(held).status == "held"
    assert learning.message(held).content["text"] == "It is on its way" and not logged("reply.edited")


def test_the_closed_window_is_told_with_what_to_do(learning: Learning, time_machine):
    held = learning.writes()
    time_machine.shift(timedelta(hours=25).total_seconds())
    with pytest.raises(WindowClosed) as refused:
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    assert refused.value.remedy


def test_a_locked_conversation_keeps_it(learning: Learning):
    held = learning.writes()
    lock_conversation(by=learning.by("dee"), conversation_id=learning.talk.pk, reason="A refund")
    with pytest.raises(Locked):
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)
    assert delivered(learning.talk) == 1


def test_approving_in_a_resolved_conversation_takes_it_up_again(learning: Learning):
    held = learning.writes()
    resolve_conversation(by=learning.by("ben"), conversation_id=learning.talk.pk)
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    assert learning.now().state == "open" and delivered(learning.talk) == 1


def test_nobody_decides_on_their_own_and_colleagues_not_at_all(learning: Learning):
    held = learning.writes()
    with pytest.raises(NotAllowed):
        approve_held(by=learning.by("ben"), held_id=held.pk, revision=1)
    set_mentors(by=BY, user=learning.cast.ben, mentors=[])
    for name in ("fay", "eli", "cho"):  # a senior who mentors nobody, an observer, somebody of another region
        with pytest.raises(NotFound):
            approve_held(by=learning.by(name), held_id=held.pk, revision=1)
    approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)


def test_a_mentor_in_training_decides_on_nothing_of_their_own(learning: Learning):
    """Dee is a trainee as well now: what she leads is taken from her."""
    held = learning.writes()
    start_traineeship(by=BY, user=learning.cast.dee)
    with pytest.raises(NotFound):
        approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)


def test_what_waits_when_the_traineeship_ends_is_neither_sent_nor_lost(learning: Learning):
    held = learning.writes()
    end_traineeship(by=BY, user=learning.cast.ben)
    assert learning.message(held).status == "held" and delivered(learning.talk) == 0
    with pytest.raises(NotFound):
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)
    assert delivered(learning.talk) == 1


def test_given_to_somebody_else_it_is_still_decided_on(learning: Learning):
    held = learning.writes()
    assign_conversation(by=learning.by("dee"), conversation_id=learning.talk.pk, to=learning.cast.fay.pk)
    assert not HeldReply.objects.visible_to(learning.by("ben")).exists()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    assert learning.message(held).author_id == learning.cast.ben.pk and delivered(learning.talk) == 1


def test_odd_words_are_refused_like_any(learning: Learning):
    held = learning.writes()
    with pytest.raises(TextMissing):
        approve_held(by=learning.by("fay"), held_id=held.pk, revision=1, text="   ")
    spot = {"latitude": 25.03, "longitude": 121.56}
    sent = send(by=learning.by("ben"), conversation_id=learning.talk.pk, client_ref="4", kind="location", content=spot)
    other = HeldReply.objects.for_system("the test").get(message=sent)
    with pytest.raises(NoTextToEdit):
        approve_held(by=learning.by("fay"), held_id=other.pk, revision=1, text="Here")
    approve_held(by=learning.by("fay"), held_id=other.pk, revision=1)
    assert delivered(learning.talk) == 1


def test_whoever_lost_the_conversation_hears_of_the_decision_without_it(learning: Learning):
    held = learning.writes()
    assign_conversation(by=learning.by("dee"), conversation_id=learning.talk.pk, to=learning.cast.fay.pk)
    reject_held(by=learning.by("fay"), held_id=held.pk, revision=1, comment="Ask first")
    told = Notification.objects.visible_to(learning.by("ben")).filter(kind="reply.decided")
    assert [(row.conversation_id, row.note) for row in told] == [(None, "Ask first")]


def test_whoever_still_has_the_conversation_hears_of_the_decision_in_it(learning: Learning):
    held = learning.writes()
    reject_held(by=learning.by("fay"), held_id=held.pk, revision=1, comment="Ask first")
    told = Notification.objects.visible_to(learning.by("ben")).filter(kind="reply.decided")
    assert [row.conversation_id for row in told] == [learning.talk.pk]
