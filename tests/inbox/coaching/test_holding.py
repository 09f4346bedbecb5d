"""What a trainee writes waits for a mentor: stored, shown, sent to nobody (PM-4)."""

import pytest
from django.utils import timezone

from inbox.actions.files import keep_upload
from inbox.actions.held_decisions import approve_held
from inbox.actions.holding import comment_held, revise_held, withdraw_held
from inbox.actions.replies import react, repeat_message, send, send_text
from inbox.actions.typing import show_typing
from inbox.coaching.errors import DecidedMeanwhile, NoTextToEdit, ReactionsHeld, RepeatsHeld, RevisedMeanwhile
from inbox.errors import TextTooLong, WindowClosed
from inbox.models import Case, Conversation, HeldComment, HeldReply, InboxPolicy, Media
from inbox.sweeping import sweep
from security.actions.traineeships import hold_replies
from security.errors import Missing, NotAllowed, NotFound
from security.models import StreamEvent
from security.policy import Policy
from tests.conftest import BY
from tests.inbox.coaching.conftest import Learning
from tests.security.test_api_keys import key_of, program
from tests.worlds.asia import photo
from tests.worlds.threads import delivered, fresh, logged, messages


def test_it_is_stored_in_the_thread_and_nothing_is_sent(learning: Learning):
    held = learning.writes()
    said = learning.message(held)
    assert (said.status, said.content["text"], said.author_id) == ("held", "It is on its way", learning.cast.ben.pk)
    assert delivered(learning.talk) == 0
    sweep()
    assert learning.bodies() == [] and learning.message(held).status == "held"
    assert logged("reply.held") and not logged("message.queued")


def test_neither_the_list_nor_the_promises_move_before_it_is_approved(learning: Learning):
    before = learning.now()
    learning.writes()
    after = learning.now()
    for name in ("last_message_id", "last_activity_at", "waiting_since", "due_at", "state", "last_inbound_at"):
        assert getattr(after, name) == getattr(before, name)
    assert after.held_count == 1
    assert Case.objects.for_system("the test").get(conversation=learning.talk).first_reply_at is None


def test_a_repeated_client_ref_holds_nothing_twice(learning: Learning):
    first, again = learning.writes(), learning.writes()
    assert first.pk == again.pk and learning.now().held_count == 1
    assert len(messages(learning.talk, direction="out")) == 1


def test_files_and_messages_with_buttons_are_held_too(learning: Learning):
    by, place = learning.by("ben"), learning.talk.pk
    upload = keep_upload(by=by, conversation_id=place, file=photo())
    picture = send(
        by=by, conversation_id=place, client_ref="2", kind="image", content={"text": "Look"}, upload=upload.pk
    )
    buttons = {"type": "button", "text": "Which one?", "buttons": [{"id": "a", "title": "Blue"}]}
    asked = send(by=by, conversation_id=place, client_ref="3", kind="interactive", content=buttons)
    spot = {"latitude": 25.03, "longitude": 121.56}
    place_ = send(by=by, conversation_id=place, client_ref="4", kind="location", content=spot)
    assert [fresh(row).status for row in (picture, asked, place_)] == ["held"] * 3
    assert Media.objects.for_system("the test").get(pk=upload.pk).message_id == picture.pk
    assert delivered(learning.talk) == 0


def test_an_emoji_is_refused_and_typing_is_not_shown(learning: Learning):
    question = messages(learning.talk, direction="in")[0]
    with pytest.raises(ReactionsHeld):
        react(
            by=learning.by("ben"), conversation_id=learning.talk.pk, client_ref="9", message_id=question.pk, emoji="👍"
        )
    InboxPolicy.objects.update_or_create(pk=1, defaults={"send_typing": True})
    Policy.forget()
    assert show_typing(by=learning.by("ben"), conversation_id=learning.talk.pk) is False
    hold_replies(by=BY, user=learning.cast.ben, holds=False)
    assert show_typing(by=learning.by("ben"), conversation_id=learning.talk.pk) is True


def test_what_cannot_be_sent_is_refused_at_once(learning: Learning, time_machine):
    with pytest.raises(TextTooLong):
        learning.writes("x" * 5000)
    time_machine.shift(25 * 3600)
    with pytest.raises(WindowClosed):
        learning.writes()


def test_a_trainees_program_is_held_as_well(learning: Learning):
    robot = program(key_of(learning.cast.ben))
    body = {"type": "text", "client_ref": "7", "text": "From a program"}
    sent = robot.post(f"/api/v1/conversations/{learning.talk.pk}/messages", body, content_type="application/json")
    assert (sent.status_code, sent.json()["status"]) == (201, "held") and delivered(learning.talk) == 0


def test_colleagues_and_trainees_who_are_not_held_answer_as_ever(learning: Learning):
    sent = send_text(by=learning.by("fay"), conversation_id=learning.talk.pk, client_ref="7", text="Hello")
    assert sent.status == "queued"
    hold_replies(by=BY, user=learning.cast.ben, holds=False)
    assert (
        send_text(by=learning.by("ben"), conversation_id=learning.talk.pk, client_ref="8", text="Yes").status
        == "queued"
    )


def test_its_author_writes_it_anew_while_it_waits(learning: Learning):
    held = learning.writes()
    revise_held(by=learning.by("ben"), held_id=held.pk, revision=1, text="It arrives tomorrow")
    assert learning.message(held).content["text"] == "It arrives tomorrow" and fresh(held).revision == 2
    with pytest.raises(RevisedMeanwhile):
        revise_held(by=learning.by("ben"), held_id=held.pk, revision=1, text="In another tab")
    with pytest.raises(NotAllowed):
        revise_held(by=learning.by("fay"), held_id=held.pk, revision=2, text="Not hers")
    (line,) = logged("reply.revised")
    assert line.words is not None, "what it said before is in the log, sealed"


def test_a_message_without_a_text_cannot_be_reworded(learning: Learning):
    spot = {"latitude": 25.03, "longitude": 121.56}
    sent = send(by=learning.by("ben"), conversation_id=learning.talk.pk, client_ref="4", kind="location", content=spot)
    held = HeldReply.objects.for_system("the test").get(message=sent)
    with pytest.raises(NoTextToEdit):
        revise_held(by=learning.by("ben"), held_id=held.pk, revision=1, text="Here")


def test_its_author_takes_it_back(learning: Learning):
    held = learning.writes()
    with pytest.raises(NotAllowed):
        withdraw_held(by=learning.by("dee"), held_id=held.pk)
    withdraw_held(by=learning.by("ben"), held_id=held.pk)
    withdraw_held(by=learning.by("ben"), held_id=held.pk)
    assert learning.message(held).status == "withdrawn" and learning.now().held_count == 0
    with pytest.raises(DecidedMeanwhile):
        revise_held(by=learning.by("ben"), held_id=held.pk, revision=1, text="Again")
    assert delivered(learning.talk) == 0


def test_mentor_and_trainee_talk_about_it_without_deciding(learning: Learning):
    held = learning.writes()
    comment_held(by=learning.by("fay"), held_id=held.pk, text="Say the date")
    comment_held(by=learning.by("ben"), held_id=held.pk, text="I will")
    with pytest.raises(Missing):
        comment_held(by=learning.by("fay"), held_id=held.pk, text="  ")
    said = HeldComment.objects.visible_to(learning.by("dee")).order_by("at")
    assert [row.text for row in said] == ["Say the date", "I will"]
    assert learning.message(held).status == "held"


def test_who_is_not_concerned_sees_the_message_but_not_what_is_said_of_it(learning: Learning):
    """Eli observes Asia, Cho works in Europe."""
    held = learning.writes()
    comment_held(by=learning.by("fay"), held_id=held.pk, text="Say the date")
    assert [row.status for row in messages(learning.talk, direction="out")] == ["held"]
    for name in ("eli", "cho"):
        assert not HeldReply.objects.visible_to(learning.by(name)).exists()
        assert not HeldComment.objects.visible_to(learning.by(name)).exists()
        with pytest.raises(NotFound):
            comment_held(by=learning.by(name), held_id=held.pk, text="Hello")
    assert Conversation.objects.visible_to(learning.by("eli")).exists()


def test_mentors_hear_of_it_live(learning: Learning):
    learning.writes()
    kinds = set(StreamEvent.objects.values_list("kind", flat=True))
    assert {"held.changed", "message.changed", "conversation.changed"} <= kinds


def test_a_failed_message_is_not_sent_again_without_a_mentor(learning: Learning):
    held = learning.writes()
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    said = learning.message(held)
    said.status, said.error_code, said.failed_at = "failed", "131000", timezone.now()
    said.save()
    with pytest.raises(RepeatsHeld):
        repeat_message(by=learning.by("ben"), message_id=said.pk)
    assert delivered(learning.talk) == 0 and fresh(said).status == "failed"
    assert repeat_message(by=learning.by("fay"), message_id=said.pk).status == "queued"
