"""Replies for later: at their time, by the rules of that time, once (PM-11)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.discards import discard_unsent_uploads
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.actions.locks import lock_conversation
from inbox.actions.pauses import pause, resume_channel
from inbox.actions.replies import send_text
from inbox.actions.resolutions import resolve_conversation
from inbox.actions.scheduled_due import send_due_replies
from inbox.models import Channel, Conversation, Media, Notification, ScheduledReply
from inbox.sweeping import sweep
from security.models import User
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call, listed
from tests.worlds.asia import photo
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import fresh, logged, messages, thread
from tests.worlds.webhooks import message, says

HOUR = timedelta(hours=1)


def later(cast: Cast, talk: Conversation, name: str = "ben", hours: float = 2, ref: str = "1", **more: Any) -> Any:
    body = {
        "type": "text", "text": "Any news?", "client_ref": ref,
        "send_at": (timezone.now() + timedelta(hours=hours)).isoformat(), **more,
    }  # fmt: skip
    return call(cast.browser(name), "post", f"conversations/{talk.pk}/scheduled-replies", body)


def row() -> ScheduledReply:
    found: ScheduledReply = ScheduledReply.objects.for_system("the test").get()
    return found


def said(talk: Conversation) -> list[str]:
    return [str(one.content.get("text")) for one in messages(talk, direction="out")]


@contextmanager
def at_its_time(hours: float = 3) -> Iterator[None]:
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        sweep()
        yield


@pytest.fixture
def mei() -> Customer:
    return customer("Mei Lin")


@pytest.fixture
def talk(shop: Channel, mei: Customer) -> Conversation:
    return thread(shop, mei, "Where is my parcel?")


def test_it_leaves_at_its_time_as_its_author_and_once(cast: Cast, talk: Conversation):
    made = later(cast, talk)
    assert (made.status_code, made.json()["state"], made.json()["author"]["name"]) == (201, "waiting", "Ben")
    assert send_due_replies() == 0 and said(talk) == []
    with at_its_time():
        sweep()
        assert said(talk) == ["Any news?"] and send_due_replies() == 0
    sent = messages(talk, direction="out")[0]
    assert (row().state, row().message_id, sent.author_id) == ("sent", sent.pk, cast.ben.pk)
    assert fresh(talk).scheduled_at is None and fresh(talk).assignee_id == cast.ben.pk
    (line,) = logged("reply.scheduled_sent")
    assert (line.actor_kind, line.actor_id) == ("person", str(cast.ben.pk))


def test_its_words_are_sealed_and_told_to_whoever_sees_the_conversation(cast: Cast, talk: Conversation):
    later(cast, talk)
    kept = ScheduledReply.objects.for_system("the test").values_list("content", flat=True)[0]
    assert b"news" not in bytes(kept)
    path = f"/api/v1/conversations/{talk.pk}/scheduled-replies"
    (shown,) = cast.browser("eli").get(path).json()["results"]
    assert shown["content"]["text"] == "Any news?"
    assert cast.browser("cho").get(path).status_code == 404


def test_the_list_shows_it_and_mine_are_a_view(cast: Cast, shop: Channel, talk: Conversation):
    thread(shop)
    later(cast, talk)
    assert listed(cast.browser("ben"), "?view=scheduled") == [str(talk.pk)]
    assert listed(cast.browser("fay"), "?view=scheduled") == []
    assert cast.browser("ben").get("/api/v1/conversations/counts").json()["scheduled"] == 1
    shown = cast.browser("fay").get(f"/api/v1/conversations/{talk.pk}").json()["scheduled"]
    assert (shown["authors"], shown["troubled"]) == ([cast.ben.pk], False)


def test_a_repeated_request_keeps_one(cast: Cast, talk: Conversation):
    first, again = later(cast, talk).json(), later(cast, talk).json()
    assert first["id"] == again["id"]
    assert later(cast, talk, "fay").status_code == 404


@pytest.mark.parametrize(("choice", "state"), [("ask", "asking"), ("cancel", "cancelled"), ("send", "sent")])
def test_when_the_customer_writes_meanwhile_its_author_has_decided(
    cast: Cast, shop: Channel, talk: Conversation, mei: Customer, choice: str, state: str
):
    later(cast, talk, meanwhile=choice)
    says(shop, mei, message(mei, "text", "It has come, thanks"))
    with at_its_time():
        assert (row().state, len(said(talk))) == (state, int(choice == "send"))
        assert row().error_code == ("" if choice == "send" else "customer_wrote")


@pytest.mark.parametrize(("choice", "state"), [("ask", "asking"), ("cancel", "cancelled"), ("send", "sent")])
def test_the_same_when_somebody_answers(cast: Cast, talk: Conversation, choice: str, state: str):
    later(cast, talk, meanwhile=choice)
    send_text(by=cast.access("fay"), conversation_id=talk.pk, client_ref="f", text="Tomorrow")
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    with at_its_time():
        assert (row().state, len(said(talk))) == (state, 1 + int(choice == "send"))


def test_the_same_when_the_case_is_closed_and_sending_reopens_it(cast: Cast, talk: Conversation):
    later(cast, talk)
    later(cast, talk, ref="2", meanwhile="send", text="How was it?")
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    with at_its_time():
        rows = ScheduledReply.objects.for_system("the test").order_by("created_at")
        assert [(one.state, one.error_code) for one in rows] == [("asking", "resolved"), ("sent", "")]
        assert said(talk) == ["How was it?"] and fresh(talk).state == "open"


def test_several_of_one_author_do_not_hold_each_other_up(cast: Cast, talk: Conversation):
    for ref in ("1", "2", "3"):
        later(cast, talk, ref=ref, text=ref)
    with at_its_time():
        assert said(talk) == ["1", "2", "3"]


def test_one_that_asks_waits_for_its_author(cast: Cast, shop: Channel, talk: Conversation, mei: Customer):
    made = later(cast, talk).json()
    says(shop, mei, message(mei, "text", "Hello?"))
    with at_its_time():
        shown = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()["scheduled"]
        assert shown["troubled"] is True
        body = {"send_at": (timezone.now() + HOUR).isoformat()}
        assert call(cast.browser("fay"), "patch", f"scheduled-replies/{made['id']}", body).status_code == 403
        again = call(cast.browser("ben"), "patch", f"scheduled-replies/{made['id']}", body).json()
        assert (again["state"], again["reason"]) == ("waiting", "")
        with at_its_time(2):
            assert (row().state, said(talk)) == ("sent", ["Any news?"])


def test_with_the_window_closed_it_is_not_sent_and_says_so(cast: Cast, talk: Conversation):
    later(cast, talk, hours=30)
    with at_its_time(31):
        assert (row().state, row().error_code, said(talk)) == ("failed", "window_closed", [])
        assert fresh(talk).scheduled_at is not None and row().ended_at is None
        sweep()
        assert len(logged("reply.scheduled_failed")) == 1
        (told,) = Notification.objects.visible_to(cast.access("ben"))
        assert (told.kind, told.conversation_id, told.data["reason"]) == ("scheduled.failed", talk.pk, "window_closed")


def test_a_template_leaves_with_the_window_closed(cast: Cast, talk: Conversation):
    template = {"name": "hello_world", "language": "en", "components": [], "text": "Hi"}
    assert later(cast, talk, hours=30, type="template", template=template).status_code == 201
    with at_its_time(31):
        assert row().state == "sent" and messages(talk, direction="out")[0].kind == "template"


def test_while_locked_it_waits_for_the_lock(cast: Cast, talk: Conversation):
    later(cast, talk)
    with time_machine.travel(timezone.now() + 1.9 * HOUR):
        lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="Refund")
        with at_its_time(0.2):
            assert (row().state, said(talk)) == ("waiting", []) and row().due_at > row().send_at
        with at_its_time(1):
            assert (row().state, said(talk)) == ("sent", ["Any news?"])


def test_while_the_number_is_paused_it_waits(cast: Cast, shop: Channel, talk: Conversation):
    later(cast, talk)
    pause(by=BY, channel_id=shop.pk, kind="person", code="paused_by_hand")
    with at_its_time():
        assert row().state == "waiting"
        resume_channel(by=BY, channel=shop)
        with at_its_time(0.1):
            assert row().state == "sent"


def test_what_its_author_may_no_longer_answer_fails(cast: Cast, talk: Conversation):
    later(cast, talk)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    with at_its_time():
        assert (row().state, row().error_code, said(talk)) == ("failed", "not_allowed", [])


def test_who_left_sends_nothing(cast: Cast, talk: Conversation):
    later(cast, talk)
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    with at_its_time():
        assert (row().state, row().error_code, said(talk)) == ("failed", "author_gone", [])
        for name in ("ana", "dee"):  # nobody has it, so those who lead there decide
            (told,) = Notification.objects.visible_to(cast.access(name))
            assert (told.conversation_id, told.data["colleague"]) == (talk.pk, cast.ben.pk)


def test_it_is_sent_at_once_or_cancelled(cast: Cast, talk: Conversation):
    one, two = later(cast, talk).json()["id"], later(cast, talk, ref="2").json()["id"]
    assert call(cast.browser("fay"), "post", f"scheduled-replies/{one}/send").status_code == 403
    assert call(cast.browser("ben"), "post", f"scheduled-replies/{one}/send").json()["state"] == "sent"
    assert call(cast.browser("eli"), "delete", f"scheduled-replies/{two}").status_code == 403
    assert call(cast.browser("fay"), "delete", f"scheduled-replies/{two}").json()["state"] == "cancelled"
    gone = call(cast.browser("ben"), "post", f"scheduled-replies/{two}/send")
    assert (gone.status_code, gone.json()["code"]) == (409, "not_waiting")
    with at_its_time():
        assert said(talk) == ["Any news?"]


def test_a_file_is_kept_until_its_time(cast: Cast, talk: Conversation):
    file = keep_upload(by=cast.access("ben"), conversation_id=talk.pk, file=photo())
    made = later(cast, talk, hours=20, type="image", upload=str(file.pk), text="Look")
    assert made.status_code == 201 and made.json()["content"]["media"]["id"] == str(file.pk)
    Media.objects.for_system("the test").update(created_at="2020-01-01T00:00:00Z")
    assert discard_unsent_uploads() == 0
    with at_its_time(21):
        assert (row().state, messages(talk, direction="out")[0].kind) == ("sent", "image")


def test_a_file_that_was_sent_meanwhile_fails_and_leaves_no_half(cast: Cast, talk: Conversation):
    file = keep_upload(by=cast.access("ben"), conversation_id=talk.pk, file=photo())
    later(cast, talk, type="image", upload=str(file.pk), meanwhile="send")
    body = {"type": "image", "upload": str(file.pk), "client_ref": "now"}
    call(cast.browser("ben"), "post", f"conversations/{talk.pk}/messages", body)
    with at_its_time():
        assert (row().state, row().error_code, len(messages(talk, direction="out"))) == ("failed", "invalid", 1)


def test_a_notes_file_is_not_sent(cast: Cast, talk: Conversation):
    ben = cast.access("ben")
    file = keep_upload(by=ben, conversation_id=talk.pk, file=photo(), for_note=True)
    write_note(by=ben, conversation_id=talk.pk, client_ref="n", text="Look", uploads=[file.pk])
    refused = later(cast, talk, type="image", upload=str(file.pk), text="Look")
    assert (refused.status_code, refused.json()["field"]) == (400, "upload")


WRONG = [
    ({"send_at": "2020-01-01T00:00:00Z"}, "send_at"),
    ({"send_at": "2099-01-01T00:00:00Z"}, "send_at"),
    ({"meanwhile": "perhaps"}, "meanwhile"),
    ({"text": ""}, "text"),
    ({"text": "Order {order.number}"}, "text"),
    ({"type": "reaction", "message": "00000000-0000-0000-0000-000000000000", "emoji": "👍"}, "type"),
    ({"type": "image", "upload": "00000000-0000-0000-0000-000000000000"}, "upload"),
]


@pytest.mark.parametrize(("fields", "field"), WRONG)
def test_what_is_odd_is_refused_at_its_field(cast: Cast, talk: Conversation, fields: dict[str, Any], field: str):
    answer = later(cast, talk, **fields)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_who_may_not_answer_schedules_nothing(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    assert later(cast, talk).status_code == 403
    assert later(cast, talk, "eli").status_code == 403
    assert later(cast, talk, "cho").status_code == 404
    assert later(cast, talk, "fay").status_code == 201


def test_its_words_and_choice_can_be_changed(cast: Cast, talk: Conversation):
    made = later(cast, talk).json()
    body = {"text": "How are you?", "meanwhile": "cancel"}
    changed = call(cast.browser("ben"), "patch", f"scheduled-replies/{made['id']}", body).json()
    assert (changed["content"]["text"], changed["meanwhile"], changed["version"]) == ("How are you?", "cancel", 2)
