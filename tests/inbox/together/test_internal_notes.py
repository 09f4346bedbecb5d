"""Colleagues talk inside a conversation; whoever is named hears of it, and the customer nothing (PM-11)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import delete_note, edit_note, write_note
from inbox.actions.locks import lock_conversation
from inbox.actions.replies import send
from inbox.errors import Locked, MentionUnfit, NotYourNote, TextMissing
from inbox.mentions import as_read
from inbox.models import Conversation, InternalNote, Media, Message, Notification
from security.actions.teams import add_team
from security.actions.traineeships import start_traineeship
from security.errors import Invalid, NotAllowed, NotFound
from security.log.lines import words_of
from security.models import StreamEvent
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call
from tests.worlds.asia import photo
from tests.worlds.threads import fresh, logged


def note(
    cast: Cast, talk: Conversation, text: str = "Ask the warehouse", name: str = "fay", **more: Any
) -> InternalNote:
    ref = more.pop("client_ref", text)[:64]
    return write_note(by=cast.access(name), conversation_id=talk.pk, client_ref=ref, text=text, **more)


def listed(cast: Cast, talk: Conversation, name: str = "ben") -> list[dict[str, Any]]:
    return cast.browser(name).get(f"/api/v1/conversations/{talk.pk}/notes").json()["results"]


def notified() -> list[tuple[int, str, str]]:
    rows = Notification.objects.for_system("the test").order_by("to_id")
    return [(row.to_id, row.kind, row.note) for row in rows]


def test_a_note_is_seen_by_colleagues_live_and_never_sent(cast: Cast, talk: Conversation):
    body = {"text": "Refund him, see invoice", "client_ref": "1"}
    answer = call(cast.browser("ben"), "post", f"conversations/{talk.pk}/notes", body)
    assert answer.status_code == 201 and answer.json()["author"]["name"] == "Ben"
    (shown,) = listed(cast, talk, "eli")
    assert shown["text"] == "Refund him, see invoice"
    assert not Message.objects.for_system("the test").filter(direction="out").exists()
    assert [event.stream for event in StreamEvent.objects.filter(kind="internal_note.changed")] == [
        f"region:{cast.asia.pk}"
    ]
    before = fresh(talk)
    assert (before.assignee_id, before.waiting_since) == (None, talk.waiting_since), "a note answers nobody"


def test_what_it_says_is_sealed(cast: Cast, talk: Conversation):
    note(cast, talk, "Owes us much")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM inbox_internalnote")
        assert b"Owes" not in bytes(cursor.fetchone()[0])


def test_a_repeated_reference_writes_nothing_again(cast: Cast, talk: Conversation):
    first = note(cast, talk, f"<@person:{cast.ben.pk}> look", client_ref="same")
    assert note(cast, talk, "Otherwise", client_ref="same").pk == first.pk
    assert len(notified()) == 1
    with pytest.raises(Invalid):
        note(cast, talk, "Guessed", name="ben", client_ref="same")


def test_whoever_is_named_is_notified_alone_or_with_their_team(cast: Cast, talk: Conversation):
    team = add_team(by=BY, region=cast.asia, name="Returns", people=[cast.ben.pk, cast.dee.pk])
    note(cast, talk, f"<@team:{team.pk}> and <@person:{cast.eli.pk}>, please")
    words = "@Returns and @Eli, please"
    people = sorted((cast.ben.pk, cast.dee.pk, cast.eli.pk))
    assert notified() == [(pk, "note.mentioned", words) for pk in people]
    (shown,) = listed(cast, talk)
    assert {(one["kind"], one["name"]) for one in shown["mentions"]} == {("team", "Returns"), ("person", "Eli")}


def test_naming_oneself_tells_nobody(cast: Cast, talk: Conversation):
    note(cast, talk, f"<@person:{cast.fay.pk}> remember")
    assert notified() == []


def test_whoever_cannot_see_it_cannot_be_named_and_strangers_stay_nameless(cast: Cast, talk: Conversation):
    start_traineeship(by=BY, user=cast.ben)
    with pytest.raises(MentionUnfit) as trainee:
        note(cast, talk, f"<@person:{cast.ben.pk}> look")
    assert "Ben" in str(trainee.value.message)
    with pytest.raises(MentionUnfit) as stranger:
        note(cast, talk, f"<@person:{cast.cho.pk}> look")
    assert "Cho" not in str(stranger.value.message)
    foreign = add_team(by=BY, region=cast.europe, name="Elsewhere")
    for text in (f"<@team:{foreign.pk}>", "<@person:999999>", "<@team:999999>"):
        with pytest.raises(MentionUnfit):
            note(cast, talk, text)
    assert notified() == [] and listed(cast, talk, "fay") == []


def test_who_can_be_named_is_who_sees_it(cast: Cast, talk: Conversation):
    team = add_team(by=BY, region=cast.asia, name="退貨組")
    path = f"/api/v1/conversations/{talk.pk}/mentionable"
    names = lambda name: [one["name"] for one in cast.browser(name).get(path).json()["results"]]  # noqa: E731
    assert names("fay") == ["Ana", "Ben", "Dee", "Eli", "退貨組"]
    start_traineeship(by=BY, user=cast.ben)
    assert names("fay") == ["Ana", "Dee", "Eli", team.name]
    assert cast.browser("cho").get(path).status_code == 404
    assert cast.browser("eli").get(path).status_code == 403, "whoever only reads writes no notes"


def test_its_author_edits_it_and_the_log_keeps_what_it_said(cast: Cast, talk: Conversation):
    row = note(cast, talk, f"<@person:{cast.eli.pk}> look")
    edit_note(by=cast.access("fay"), note_id=row.pk, text=f"<@person:{cast.eli.pk}> and <@person:{cast.ben.pk}>")
    assert [(to, kind) for to, kind, _ in notified()] == [
        (pk, "note.mentioned") for pk in sorted((cast.eli.pk, cast.ben.pk))
    ], "whoever was named before is not told again"
    assert listed(cast, talk)[0]["edited_at"] is not None
    (line,) = logged("internal_note.edited")
    assert words_of(line) == {"text": ("@Eli look", "@Eli and @Ben")}
    with pytest.raises(NotYourNote):
        edit_note(by=cast.access("dee"), note_id=row.pk, text="Mine now")


def test_its_author_deletes_it_and_its_files_go(cast: Cast, talk: Conversation):
    fay = cast.access("fay")
    file = keep_upload(by=fay, conversation_id=talk.pk, file=photo(), for_note=True)
    row = note(cast, talk, "See the picture", uploads=[file.pk])
    assert [one["kind"] for one in listed(cast, talk)[0]["files"]] == ["image"]
    with pytest.raises(NotYourNote):
        delete_note(by=cast.access("dee"), note_id=row.pk)
    delete_note(by=fay, note_id=row.pk)
    (shown,) = listed(cast, talk)
    assert (shown["text"], shown["files"]) == ("", []) and shown["deleted_at"] is not None
    assert not Media.objects.for_system("the test").exists()
    assert words_of(logged("internal_note.deleted")[0]) == {"text": ("See the picture", None)}
    with pytest.raises(NotFound):
        edit_note(by=fay, note_id=row.pk, text="Back")


def test_files_are_ones_own_of_this_conversation_and_used_once(cast: Cast, talk: Conversation):
    fay = cast.access("fay")
    file = keep_upload(by=fay, conversation_id=talk.pk, file=photo(), for_note=True)
    with pytest.raises(Invalid):
        note(cast, talk, "Theirs", name="dee", uploads=[file.pk])
    note(cast, talk, "", client_ref="bare", uploads=[file.pk])
    with pytest.raises(Invalid):
        note(cast, talk, "Again", uploads=[file.pk])
    with pytest.raises(Invalid):
        send(by=fay, conversation_id=talk.pk, client_ref="leak", kind="image", content={}, upload=file.pk)
    many = [str(file.pk)] * 51
    body = {"text": "x", "client_ref": "x", "uploads": many}
    assert call(cast.browser("fay"), "post", f"conversations/{talk.pk}/notes", body).status_code == 400


def test_an_agent_writes_a_note_with_a_file_in_somebody_elses_conversation(cast: Cast, talk: Conversation):
    Conversation.objects.for_system("the test").filter(pk=talk.pk).update(assignee=cast.fay)
    ben = cast.access("ben")
    file = keep_upload(by=ben, conversation_id=talk.pk, file=photo(), for_note=True)
    note(cast, talk, "He called me", name="ben", uploads=[file.pk])
    with pytest.raises(NotAllowed):
        keep_upload(by=ben, conversation_id=talk.pk, file=photo())


@pytest.mark.parametrize(("name", "refusal"), [("eli", NotAllowed), ("cho", NotFound)])
def test_others_write_none(cast: Cast, talk: Conversation, name: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        note(cast, talk, name=name)
    with pytest.raises(refusal):
        keep_upload(by=cast.access(name), conversation_id=talk.pk, file=photo(), for_note=True)


def test_nobody_else_writes_in_a_locked_conversation(cast: Cast, talk: Conversation):
    lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="A refund")
    with pytest.raises(Locked):
        note(cast, talk)
    note(cast, talk, name="dee")


@pytest.mark.parametrize(("text", "refusal"), [("", TextMissing), ("  \n", TextMissing), ("x" * 100_000, Invalid)])
def test_odd_words_are_refused(cast: Cast, talk: Conversation, text: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        note(cast, talk, text, client_ref="odd")
    with pytest.raises(Invalid):
        write_note(by=cast.access("fay"), conversation_id=talk.pk, client_ref="", text="Words")


def test_agents_read_notes_as_far_back_as_messages(cast: Cast, talk: Conversation):
    note(cast, talk)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=True):
        assert listed(cast, talk, "ben") == [] and len(listed(cast, talk, "dee")) == 1


def test_names_are_said_as_they_are_now(cast: Cast):
    assert as_read(f"<@person:{cast.ben.pk}> <@person:77> <@nobody:1> @Ben") == "@Ben @… <@nobody:1> @Ben"
