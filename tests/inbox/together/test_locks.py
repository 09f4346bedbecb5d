"""A locked conversation is read by all and written in by one (PM-5)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.files import keep_upload
from inbox.actions.locks import break_lock, end_due_locks, lock_conversation, unlock_conversation
from inbox.actions.outgoing import claim_next, record_failure
from inbox.actions.payment_marks import mark_payment, unmark_payment
from inbox.actions.priorities import set_priority
from inbox.actions.replies import react, repeat_message, send, send_text
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.actions.snoozes import snooze_conversation, wake_conversation
from inbox.actions.typing import show_typing
from inbox.models import Conversation, ConversationLock, InboxPolicy, Message, Notification
from inbox.sweeping import sweep
from security.actions.duties import give_duty
from security.errors import NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.inbox.simulator.running import Running
from tests.inbox.together.conftest import call
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.threads import delivered, fresh, logged, messages, thread

REFUND = "A refund is on its way"


@pytest.fixture
def finance(cast: Cast) -> Cast:
    """Fay works in finance too; the conversation of these tests is marked payment."""
    give_duty(by=BY, user=cast.fay, duty="finance")
    return cast


@pytest.fixture
def locked(finance: Cast, talk: Conversation) -> Conversation:
    mark_payment(by=finance.access("dee"), conversation_id=talk.pk)
    return lock_conversation(by=finance.access("fay"), conversation_id=talk.pk, reason=REFUND)


def deeds(cast: Cast, talk: Conversation, name: str) -> dict[str, Any]:
    """Every way in which somebody writes in a conversation, or changes it."""
    by, place = cast.access(name), talk.pk
    question = messages(talk, direction="in")[0]
    failed = Message.objects.for_system("the test").filter(conversation=talk, status="failed").first()
    template = {"name": "hello_world", "language": "en_US", "text": "Hi"}
    until = timezone.now() + timedelta(hours=1)
    return {
        "text": lambda: send_text(by=by, conversation_id=place, client_ref="1", text="Hi"),
        "template": lambda: send(by=by, conversation_id=place, client_ref="2", kind="template", content=template),
        "react": lambda: react(by=by, conversation_id=place, client_ref="3", message_id=question.pk, emoji="👍"),
        "repeat": lambda: repeat_message(by=by, message_id=failed.pk if failed else None),
        "upload": lambda: keep_upload(by=by, conversation_id=place, file=photo()),
        "typing": lambda: show_typing(by=by, conversation_id=place),
        "assign": lambda: assign_conversation(by=by, conversation_id=place, to=cast.ben.pk),
        "take away": lambda: assign_conversation(by=by, conversation_id=place, to=None),
        "resolve": lambda: resolve_conversation(by=by, conversation_id=place),
        "reopen": lambda: reopen_conversation(by=by, conversation_id=place),
        "snooze": lambda: snooze_conversation(by=by, conversation_id=place, until=until),
        "wake": lambda: wake_conversation(by=by, conversation_id=place),
        "priority": lambda: set_priority(by=by, conversation_id=place, priority="low"),
        "unmark": lambda: unmark_payment(by=by, conversation_id=place),
        "mark": lambda: mark_payment(by=by, conversation_id=place),
        "lock": lambda: lock_conversation(by=by, conversation_id=place, reason="Me too"),
        "unlock": lambda: unlock_conversation(by=by, conversation_id=place),
    }


WAYS = (
    "text", "template", "react", "repeat", "upload", "typing", "assign", "take away", "resolve", "reopen",
    "snooze", "wake", "priority", "unmark", "mark", "lock", "unlock",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_writing_passes_the_lock(finance: Cast, talk: Conversation, way: str):
    """Not for the supervisor either, who may break it and then write."""
    send_text(by=finance.access("dee"), conversation_id=talk.pk, client_ref="0", text="One moment")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    record_failure(message=sending, code="attempts_used_up")
    mark_payment(by=finance.access("dee"), conversation_id=talk.pk)
    lock_conversation(by=finance.access("fay"), conversation_id=talk.pk, reason=REFUND)
    before = (len(messages(talk)), fresh(talk).version)
    for name in ("ben", "dee", "ana"):
        with pytest.raises(Exception) as refused:
            deeds(finance, talk, name)[way]()
        expected = ("not_allowed",) if name == "ben" and way in ("lock", "unlock") else ("conversation_locked",)
        assert getattr(refused.value, "code", None) in (*expected, "conversation_locked")
    assert (len(messages(talk)), fresh(talk).version) == before


def test_whoever_locked_it_goes_on_writing_whosever_it_is(finance: Cast, talk: Conversation):
    give_duty(by=BY, user=finance.ben, duty="finance")
    mark_payment(by=finance.access("dee"), conversation_id=talk.pk)
    assign_conversation(by=finance.access("dee"), conversation_id=talk.pk, to=finance.dee.pk)
    with pytest.raises(NotAllowed):
        send_text(by=finance.access("ben"), conversation_id=talk.pk, client_ref="1", text="Hi")
    lock_conversation(by=finance.access("ben"), conversation_id=talk.pk, reason=REFUND)
    send_text(by=finance.access("ben"), conversation_id=talk.pk, client_ref="2", text="Your refund is on its way")
    assert fresh(talk).assignee_id == finance.dee.pk


def test_everybody_reads_who_locked_it_until_when_and_why(finance: Cast, locked: Conversation):
    shown = finance.browser("ben").get(f"/api/v1/conversations/{locked.pk}").json()["lock"]
    assert (shown["by"]["name"], shown["reason"]) == ("Fay", REFUND)
    assert shown["until"] > shown["since"]
    answer = call(finance.browser("dee"), "post", f"conversations/{locked.pk}/resolve")
    assert (answer.status_code, answer.json()["code"]) == (409, "conversation_locked")
    assert finance.browser("ben").get(f"/api/v1/conversations/{locked.pk}/messages").status_code == 200


def test_it_ends_by_itself_told_or_not(finance: Cast, locked: Conversation):
    minutes = InboxPolicy.current().lock_minutes
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes + 1)):
        send_text(by=finance.access("dee"), conversation_id=locked.pk, client_ref="1", text="Hi")
        assert fresh(locked).locked_until is not None, "nobody has swept yet"
        sweep()
        assert (fresh(locked).locked_until, fresh(locked).locked_by_id) == (None, None)
        assert ConversationLock.objects.for_system("the test").get().ended_how == "due"
        assert end_due_locks() == 0
        assert finance.browser("ben").get(f"/api/v1/conversations/{locked.pk}").json()["lock"] is None


def test_locking_again_prolongs_ones_own(finance: Cast, locked: Conversation):
    before = fresh(locked).locked_until
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        lock_conversation(by=finance.access("fay"), conversation_id=locked.pk, reason=REFUND)
    row = ConversationLock.objects.for_system("the test").get()
    assert fresh(locked).locked_until == row.until > before


def test_one_that_is_over_and_not_swept_is_locked_anew(finance: Cast, locked: Conversation):
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        lock_conversation(by=finance.access("dee"), conversation_id=locked.pk, reason="Once more")
    rows = ConversationLock.objects.for_system("the test").order_by("locked_at")
    assert [(row.ended_how, row.locked_by_id) for row in rows] == [("due", finance.fay.pk), ("", finance.dee.pk)]


def test_a_supervisor_breaks_it_with_a_reason_and_the_holder_is_told(finance: Cast, locked: Conversation):
    dee = finance.browser("dee")
    assert call(dee, "post", f"conversations/{locked.pk}/lock/break", {"reason": " "}).status_code == 400
    broken = call(dee, "post", f"conversations/{locked.pk}/lock/break", {"reason": "The customer is on the phone"})
    assert broken.json()["lock"] is None
    row = ConversationLock.objects.for_system("the test").get()
    assert (row.ended_how, row.ended_by_id, row.broken_because) == (
        "broken", finance.dee.pk, "The customer is on the phone"
    )  # fmt: skip
    (told,) = Notification.objects.for_system("the test").filter(kind="lock.broken")
    assert (told.to_id, told.note) == (finance.fay.pk, "The customer is on the phone")
    assert len(logged("conversation.lock_broken")) == 1
    again = call(dee, "post", f"conversations/{locked.pk}/lock/break", {"reason": "Again"})
    assert (again.status_code, again.json()["code"]) == (409, "not_locked")


@pytest.mark.parametrize("deed", [lock_conversation, break_lock])
@pytest.mark.parametrize(("name", "refusal"), [("ben", NotAllowed), ("eli", NotAllowed), ("cho", NotFound)])
def test_others_neither_lock_nor_break(cast: Cast, talk: Conversation, deed: Any, name: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        deed(by=cast.access(name), conversation_id=talk.pk, reason="Because")


def test_what_was_queued_before_the_lock_leaves(finance: Cast, meta: Running):
    talk = thread(channel(finance.asia, meta))
    send_text(by=finance.access("ben"), conversation_id=talk.pk, client_ref="1", text="Wait a moment")
    lock_conversation(by=finance.access("dee"), conversation_id=talk.pk, reason=REFUND)
    assert delivered(talk) == 1
