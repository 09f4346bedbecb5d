"""Drafts on the server (PM-11): on all devices of their author, nobody else's, nothing lost, gone once sent."""

from typing import Any

import pytest
from django.db import connection

from inbox.actions.discards import discard_unsent_uploads
from inbox.actions.drafts import end_draft, forget_old_drafts, save_draft
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.actions.replies import send, send_text
from inbox.drafts import drafts_of, together
from inbox.models import Conversation, Draft, Media
from security.errors import NotAllowed, NotFound
from security.live.store import events_after
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.inbox.together.test_bin import bin_it
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.threads import messages, thread

API = "/api/v1"


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia))


def put(browser: Any, talk: Conversation, text: str, revision: int = 0, **more: Any) -> Any:
    body = {"text": text, "revision": revision, **more}
    return browser.put(f"{API}/drafts/reply/{talk.pk}", body, content_type="application/json")


def mine(browser: Any) -> list[Any]:
    return browser.get(f"{API}/drafts").json()["results"]


def test_it_is_on_every_device_of_its_author_and_nowhere_else(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    kept = put(ben, talk, "Let me look, 您好").json()
    assert kept["place"] == f"reply/{talk.pk}" and kept["revision"] == 1
    assert [row["text"] for row in mine(cast.browser("ben"))] == ["Let me look, 您好"]
    for name in ("ana", "dee", "fay", "eli", "cho"):
        assert mine(cast.browser(name)) == []
    heard = [event for event in events_after(f"person:{cast.ben.pk}", 0) if event.kind == "draft.changed"]
    assert len(heard) == 1
    assert not [event for event in events_after(f"region:{cast.asia.pk}", 0) if event.kind == "draft.changed"]


def test_it_is_sealed(cast: Cast, talk: Conversation):
    put(cast.browser("ben"), talk, "Quelltopas")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM inbox_draft")
        assert b"Quelltopas" not in bytes(cursor.fetchone()[0])


def test_a_note_has_a_draft_of_its_own(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    put(ben, talk, "To the customer")
    body = {"text": "To the team", "revision": 0}
    ben.put(f"{API}/drafts/note/{talk.contact_id}", body, content_type="application/json")
    assert {row["place"]: row["text"] for row in mine(ben)} == {
        f"reply/{talk.pk}": "To the customer",
        f"note/{talk.contact_id}": "To the team",
    }


def test_what_goes_on_from_the_newest_replaces_it_also_when_it_is_shorter(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    first = put(ben, talk, "A long beginning").json()
    assert put(ben, talk, "Short", first["revision"]).json()["text"] == "Short"


@pytest.mark.parametrize(
    ("theirs", "mine_", "both"),
    [
        ("Hello", "Hello Mei", "Hello Mei"),
        ("Hello Mei", "Hello", "Hello Mei"),
        ("Hello", "Hello", "Hello"),
        ("We ship today", "Your parcel is late", "Your parcel is late\n\nWe ship today"),
        ("", "New", "New"),
        ("Kept", "", "Kept"),
    ],
)
def test_two_tabs_lose_nothing_to_each_other(theirs: str, mine_: str, both: str):
    assert together(theirs, mine_) == both


def test_a_tab_that_did_not_hear_of_the_other_gets_both_texts(cast: Cast, talk: Conversation):
    one, other = cast.browser("ben"), cast.browser("ben")
    put(one, talk, "We ship today")
    merged = put(other, talk, "Your parcel is late").json()
    assert merged["text"] == "Your parcel is late\n\nWe ship today" and merged["revision"] == 2
    assert put(one, talk, "", 1).json()["text"] == merged["text"], "emptied elsewhere, but not by who knew the rest"
    assert put(one, talk, "", 3).status_code == 204 and mine(one) == []


@pytest.mark.django_db(transaction=True)
def test_tabs_that_write_at_the_same_time_lose_nothing(cast: Cast, talk: Conversation):
    ben, words = cast.access("ben"), ["alpha", "bravo", "charlie", "delta"]
    at_once(*[
        lambda word=word: save_draft(by=ben, kind="reply", place_id=talk.pk, text=word, revision=0) for word in words
    ])  # fmt: skip
    (row,) = drafts_of(ben)
    assert all(word in row.content["text"] for word in words) and row.revision == 4


def test_it_goes_with_the_message_in_one_write(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    kept = put(ben, talk, "Yes").json()
    body = {"type": "text", "text": "Yes", "client_ref": "1", "draft": kept["revision"]}
    assert ben.post(f"{API}/conversations/{talk.pk}/messages", body, content_type="application/json").status_code == 201
    assert mine(ben) == [] and len(messages(talk)) == 2
    refused = {**body, "text": "", "client_ref": "2"}
    kept = put(ben, talk, "Again", 2).json()
    ben.post(
        f"{API}/conversations/{talk.pk}/messages",
        {**refused, "draft": kept["revision"]},
        content_type="application/json",
    )
    assert [row["text"] for row in mine(ben)] == ["Again"], "what was refused is a draft still"


def test_what_another_tab_wrote_since_stays(cast: Cast, talk: Conversation):
    ben = cast.access("ben")
    row = save_draft(by=ben, kind="reply", place_id=talk.pk, text="Yes", revision=0)
    assert row is not None
    save_draft(by=ben, kind="reply", place_id=talk.pk, text="Yes, and tomorrow", revision=row.revision)
    end_draft(by=ben, conversation_id=talk.pk, revision=row.revision)
    assert len(drafts_of(ben)) == 1


def sent(by: Any, talk: Conversation, text: str, revision: int) -> None:
    send(
        by=by, conversation_id=talk.pk, client_ref=text, kind="text", content={"text": text}, draft=revision
    )  # fmt: skip


@pytest.mark.parametrize("late", ["Yes, it ships today", "Yes, it", " Yes, it ships today "])
def test_a_save_that_comes_late_does_not_bring_back_what_was_sent(cast: Cast, talk: Conversation, late: str):
    ben, browser = cast.access("ben"), cast.browser("ben")
    kept = put(browser, talk, "Yes, it").json()
    sent(ben, talk, "Yes, it ships today", kept["revision"])
    assert put(browser, talk, late, kept["revision"]).status_code == 204 and mine(browser) == []


def test_other_words_are_a_draft_whatever_was_known_when_they_were_written(cast: Cast, talk: Conversation):
    ben, browser = cast.access("ben"), cast.browser("ben")
    kept = put(browser, talk, "Yes").json()
    sent(ben, talk, "Yes", kept["revision"])
    assert put(browser, talk, "And tomorrow?", kept["revision"]).json()["text"] == "And tomorrow?"
    assert [row["text"] for row in mine(browser)] == ["And tomorrow?"]


def test_the_same_words_begun_anew_are_a_draft(cast: Cast, talk: Conversation):
    ben, browser = cast.access("ben"), cast.browser("ben")
    kept = put(browser, talk, "Thank you").json()
    sent(ben, talk, "Thank you", kept["revision"])
    assert put(browser, talk, "Thank you", kept["revision"] + 1).json()["text"] == "Thank you"


@pytest.mark.django_db(transaction=True)
def test_saving_and_sending_at_once_leaves_nothing_of_what_was_sent(cast: Cast, talk: Conversation):
    ben = cast.access("ben")
    row = save_draft(by=ben, kind="reply", place_id=talk.pk, text="We ship", revision=0)
    assert row is not None
    text, known = "We ship today", row.revision
    save = lambda: save_draft(by=ben, kind="reply", place_id=talk.pk, text=text, revision=known)  # noqa: E731
    at_once(save, lambda: sent(ben, talk, text, known))
    assert drafts_of(ben) == []
    assert len(messages(talk, direction="out")) == 1


def test_a_notes_file_is_no_file_of_a_draft(cast: Cast, talk: Conversation):
    ben = cast.access("ben")
    file = keep_upload(by=ben, conversation_id=talk.pk, file=photo(), for_note=True)
    write_note(by=ben, conversation_id=talk.pk, client_ref="n", text="Look", uploads=[file.pk])
    assert put(cast.browser("ben"), talk, "x", files=[{"upload": str(file.pk)}]).json()["files"] == []


def test_sending_without_a_draft_asks_nothing_more(cast: Cast, talk: Conversation):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    assert not [one for one in asked.captured_queries if "inbox_draft" in one["sql"]]


def test_files_chosen_for_it_come_along_and_are_kept(cast: Cast, talk: Conversation):
    media = keep_upload(by=cast.access("ben"), conversation_id=talk.pk, file=photo())
    stray = keep_upload(by=cast.access("ben"), conversation_id=talk.pk, file=photo())
    foreign = keep_upload(by=cast.access("fay"), conversation_id=talk.pk, file=photo())
    ben = cast.browser("ben")
    files = [{"upload": str(media.pk), "caption": "The blue one"}, {"upload": str(foreign.pk)}]
    put(ben, talk, "", files=files)
    (row,) = mine(ben)
    assert [(one["upload"]["id"], one["caption"]) for one in row["files"]] == [(str(media.pk), "The blue one")]
    Media.objects.for_system("the test").update(created_at="2020-01-01T00:00:00Z")
    discard_unsent_uploads()
    left = set(Media.objects.for_system("the test").values_list("pk", flat=True))
    assert media.pk in left and stray.pk not in left


def test_who_may_not_write_has_none(cast: Cast, talk: Conversation):
    assert put(cast.browser("eli"), talk, "x").status_code == 403
    assert put(cast.browser("cho"), talk, "x").status_code == 404
    with pytest.raises(NotAllowed):
        save_draft(by=cast.access("eli"), kind="note", place_id=talk.contact_id, text="x", revision=0)
    with pytest.raises(NotFound):
        save_draft(by=cast.access("cho"), kind="note", place_id=talk.contact_id, text="x", revision=0)


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x"},
        {"text": "x" * 20_001, "revision": 0},
        {"text": "x", "revision": -1},
        {"text": 1, "revision": 0},
        {"text": "x", "revision": 0, "files": [{"upload": "no"}]},
        {"text": "x", "revision": 0, "reply_to": "no"},
    ],
)
def test_an_odd_draft_is_refused(cast: Cast, talk: Conversation, body: dict[str, Any]):
    answer = cast.browser("ben").put(f"{API}/drafts/reply/{talk.pk}", body, content_type="application/json")
    assert answer.status_code == 400


def test_only_a_message_of_the_same_conversation_is_answered(cast: Cast, talk: Conversation):
    ben, other = cast.browser("ben"), thread(channel(cast.asia))
    (here,), (there,) = messages(talk), messages(other)
    for foreign in (there.pk, talk.pk):
        refused = put(ben, talk, "Yes", reply_to=str(foreign))
        assert (refused.status_code, refused.json()["field"]) == (400, "reply_to")
    note = {"text": "Yes", "revision": 0, "reply_to": str(here.pk)}
    refused = ben.put(f"{API}/drafts/note/{talk.contact_id}", note, content_type="application/json")
    assert (refused.status_code, refused.json()["field"]) == (400, "reply_to")
    assert mine(ben) == []
    assert put(ben, talk, "Yes", reply_to=str(here.pk)).json()["reply_to"] == str(here.pk)


def test_of_what_is_in_the_bin_there_is_none_until_it_comes_back(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    put(ben, talk, "Half a thought")
    row = bin_it(cast, talk)
    assert mine(ben) == [] and put(ben, talk, "more", 1).status_code == 404
    from inbox.actions.bin import restore_conversation

    restore_conversation(by=cast.access("dee"), deletion_id=row.pk)
    assert [one["text"] for one in mine(ben)] == ["Half a thought"]


def test_what_nobody_touched_for_long_is_dropped(cast: Cast, talk: Conversation):
    put(cast.browser("ben"), talk, "Old")
    assert forget_old_drafts() == 0
    Draft.objects.for_system("the test").update(changed_at="2020-01-01T00:00:00Z")
    assert forget_old_drafts() == 1 and not Draft.objects.for_system("the test").exists()
