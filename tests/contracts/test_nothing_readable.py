"""After a rich day everything that was written, by customers and by the team about them, stands readable nowhere: in no
column of any table, in no file of the data folder, in no line of the process's log (SE-7).

What may be readable is named in ``docs/encryption.md``: the team's own names, canned replies, macros, settings, and the
reasons for rights that colleagues ask for and give each other.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contacts.actions.consent import record_consent
from contacts.actions.edit import add_note, edit_contact
from contacts.actions.exporting import ask_for_export, make_export
from contacts.actions.holds import hold_contact
from inbox.actions.assignments import assign_conversation
from inbox.actions.bin import delete_conversation
from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.drafts import save_draft
from inbox.actions.files import keep_upload
from inbox.actions.handovers import hand_over
from inbox.actions.held_decisions import reject_held
from inbox.actions.holding import comment_held, revise_held
from inbox.actions.internal_notes import edit_note, write_note
from inbox.actions.keyword_days import count_due
from inbox.actions.keyword_words import add_term, choose_term
from inbox.actions.locks import break_lock, lock_conversation
from inbox.actions.macro_runs import run_macro
from inbox.actions.macros import add_macro
from inbox.actions.qa_choosing import choose_case
from inbox.actions.qa_reviews import score_case
from inbox.actions.replies import react, send_text
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.actions.risks import close_risk, flag_risk
from inbox.actions.scheduled import schedule_reply
from inbox.actions.snoozes import snooze_conversation
from inbox.models import Channel, Conversation, HeldReply, KeywordTerm
from security.access import access_of
from security.actions.people import add_person
from security.actions.traineeships import start_traineeship
from security.models import Operation, StreamEvent
from tests.conftest import BY, PASSWORD, Cast
from tests.inbox.keywords.conftest import write_on
from tests.security.encryption.test_at_rest import rows
from tests.worlds.answers import send_location, send_media, send_template
from tests.worlds.channels import SECRET, VERIFY_TOKEN, channel
from tests.worlds.customers import Customer, customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import messages, thread
from tests.worlds.webhooks import arrive, message, says, status, store, value

KLARA = customer("Klara Quellstein", bsuid="DE.99887766554433", username="klara.quellstein")
_WHY = "the test"
TERM, FOLLOWED, ALONE, NAMED = "quellglanz", "spätquell", "einquell", "Lottequell"


class Words:
    """Every word that is written bears a mark of its own; all of them are looked for afterwards."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, what: str) -> str:
        word = f"zq{len(self.said):03d}-{what}-quelltopas"
        self.said.append(word)
        return word


@pytest.fixture
def day(cast: Cast, caplog: pytest.LogCaptureFixture) -> Words:
    caplog.set_level(logging.DEBUG)
    words, shop = Words(), channel(cast.asia)
    talk = thread(shop, KLARA, words("question"))
    _customer_writes(words, shop, talk)
    _agents_answer(words, cast, talk)
    _colleagues_speak(words, cast, talk)
    _things_wait(words, cast, talk)
    _trainee_writes(words, cast, shop)
    _case_is_judged(words, cast, talk)
    _privacy(words, cast, talk)
    _searched(words, cast, talk)
    _counted(words, cast, shop)
    gone = thread(shop, Customer("Klara Quellstein", "886900777111"), words("spam"))
    delete_conversation(by=fresh_access(cast, "dee"), conversation_id=gone.pk, reason=words("why-deleted"))
    return words


def _customer_writes(words: Words, shop: Channel, talk: Conversation) -> None:
    file = {"id": "700001", "mime_type": "application/pdf", "filename": f"{words('file')}.pdf"}
    card = {"name": {"formatted_name": words("card")}, "phones": [{"phone": "0900555444"}]}
    says(
        shop,
        KLARA,
        message(KLARA, "document", {**file, "caption": words("caption")}),
        message(KLARA, "contacts", [card]),
        message(KLARA, "location", {"latitude": 1.0, "longitude": 2.0, "name": words("place")}),
        message(KLARA, "hologram", {"x": words("unknown-kind")}),
    )
    question = messages(talk)[0]
    says(shop, KLARA, message(KLARA, "reaction", {"message_id": question.provider_ref, "emoji": "🦔"}))
    arrive(shop, value(shop, people=[KLARA], statuses=[status("wamid.unknown", "sent", recipient_id=KLARA.wa_id)]))
    store(shop, words("broken-body").encode())
    arrive(shop)


def _agents_answer(words: Words, cast: Cast, talk: Conversation) -> None:
    ben = cast.access("ben")
    send_text(by=ben, conversation_id=talk.pk, client_ref="1", text=words("answer"))
    send_location(by=ben, conversation_id=talk.pk, client_ref="2", latitude=1.0, longitude=2.0, name=words("harbour"))
    template = {"name": "hello_world", "language": "en_US", "text": words("template")}
    send_template(by=ben, conversation_id=talk.pk, client_ref="3", template=template)
    upload = SimpleUploadedFile(f"{words('upload')}.txt", words("upload-content").encode())
    attached = keep_upload(by=ben, conversation_id=talk.pk, file=upload)
    send_media(by=ben, conversation_id=talk.pk, client_ref="4", upload=attached.pk, text=words("media-caption"))
    react(by=ben, conversation_id=talk.pk, client_ref="5", message_id=messages(talk)[0].pk, emoji="🦔")
    reply = add_canned_reply(by=cast.access("fay"), shortcut="hi", title="Hi", text="Hello {contact.name}")
    send_text(by=ben, conversation_id=talk.pk, client_ref="6", text=f"Hello {words('canned-in-use')} {reply.shortcut}")


def _colleagues_speak(words: Words, cast: Cast, talk: Conversation) -> None:
    ben, fay, dee = (cast.access(name) for name in ("ben", "fay", "dee"))
    edit_contact(by=ben, contact_id=talk.contact_id, name=words("renamed"))
    add_note(by=ben, contact_id=talk.contact_id, text=words("note"))
    told = f"<@person:{cast.dee.pk}> {words('internal-note')}"  # who is named gets a notification with it
    note = write_note(by=ben, conversation_id=talk.pk, client_ref="n1", text=told)
    edit_note(by=ben, note_id=note.pk, text=words("edited-note"))
    summary = {"asked": words("asked"), "done": words("done"), "open": words("open")}
    hand_over(by=fay, conversation_id=talk.pk, person=cast.dee.pk, summary=summary)
    lock_conversation(by=dee, conversation_id=talk.pk, reason=words("why-locked"))
    break_lock(by=cast.access("ana"), conversation_id=talk.pk, reason=words("why-broken"))
    flag_risk(by=fay, conversation_id=talk.pk, kind="threat", reason=words("why-risky"))
    close_risk(by=dee, conversation_id=talk.pk, reason=words("why-closed"), false_alarm=True)


def _things_wait(words: Words, cast: Cast, talk: Conversation) -> None:
    fay, tomorrow = cast.access("fay"), timezone.now() + timedelta(days=1)
    save_draft(by=fay, kind="reply", place_id=talk.pk, text=words("draft"), revision=0)
    save_draft(by=fay, kind="note", place_id=talk.contact_id, text=words("note-draft"), revision=0)
    later = {"text": words("scheduled")}
    schedule_reply(
        by=fay, conversation_id=talk.pk, client_ref="s1", send_at=tomorrow, kind="text", content=later, meanwhile="send"
    )
    macro = add_macro(by=fay, name="Close it", steps=[{"kind": "priority", "priority": "high"}])
    run_macro(by=fay, conversation_id=talk.pk, macro_id=macro.pk, client_ref="m1", values={})


def _trainee_writes(words: Words, cast: Cast, shop: Channel) -> None:
    gil = add_person(by=BY, email="gil@kefu.test", name="Gil", password=PASSWORD, level="agent", regions=[cast.asia])
    start_traineeship(by=BY, user=gil, holds_replies=True)
    talk = thread(shop, Customer("Klara Quellstein", "886900777222"), words("to-a-trainee"))
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=gil.pk)
    said = send_text(by=access_of(gil), conversation_id=talk.pk, client_ref="h1", text=words("held"))
    held = HeldReply.objects.for_system(_WHY).get(message=said)
    comment_held(by=cast.access("dee"), held_id=held.pk, text=words("mentor"))
    revise_held(by=access_of(gil), held_id=held.pk, revision=1, text=words("held-again"))
    reject_held(by=cast.access("dee"), held_id=held.pk, revision=2, comment=words("why-rejected"))


def _case_is_judged(words: Words, cast: Cast, talk: Conversation) -> None:
    Conversation.objects.for_system(_WHY).filter(pk=talk.pk).update(assignee=cast.ben)
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    review = choose_case(by=cast.access("dee"), conversation_id=talk.pk)
    marks = {"correctness": 5, "tone": 5, "speed": 5, "policy": 1}
    answer = next(row for row in messages(talk) if row.author_id == cast.ben.pk)
    score_case(
        by=cast.access("dee"), review_id=review.pk, marks=marks, summary=words("summary"),
        remarks=[(answer.pk, words("remark"))],
    )  # fmt: skip
    reopen_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    until = timezone.now() + timedelta(hours=1)
    snooze_conversation(by=cast.access("ben"), conversation_id=talk.pk, until=until, reason=words("why-snoozed"))


def _privacy(words: Words, cast: Cast, talk: Conversation) -> None:
    record_consent(
        by=cast.access("ben"), contact_id=talk.contact_id, purpose="storage", given=True, source="paper",
        at=timezone.now(), evidence=words("evidence"),
    )  # fmt: skip
    hold_contact(by=cast.access("dee"), contact_id=talk.contact_id, reason=words("why-held"))
    assert make_export(ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id).pk)


def _searched(words: Words, cast: Cast, talk: Conversation) -> None:
    """What is looked for, and what is shown, is not left behind either."""
    fay = cast.browser("fay")
    for path in (
        f"conversations/find?q={words.said[0]}", f"conversations/{talk.pk}/messages", f"contacts/{talk.contact_id}",
        "notifications", "drafts", "operations?q=" + words.said[1],
    ):  # fmt: skip
        assert fay.get(f"/api/v1/{path}").status_code in (200, 403)


def _counted(words: Words, cast: Cast, shop: Channel) -> None:
    """What several customers wrote of is known as a term; what one of them said of themselves is none."""
    people = [customer(f"{NAMED} {letter}", wa_id=f"88690000011{place}") for place, letter in enumerate("abcd")]
    write_on(shop, people, 1, [f"{TERM} 0900555444 klara@quellstein.de {words('said')}"])
    write_on(shop, people[:1], 1, [ALONE])
    count_due()
    followed = add_term(by=cast.access("dee"), region_id=cast.asia.pk, text=FOLLOWED)
    choose_term(by=cast.access("dee"), term_id=followed.pk, followed=True)


def test_the_terms_that_are_kept_tell_of_nobody(day: Words, cast: Cast):
    known = {row.text for row in KeywordTerm.objects.for_system(_WHY).filter(region=cast.asia)}
    assert known == {TERM, FOLLOWED}


def secrets(words: Words) -> list[str]:
    return [*words.said, TERM, FOLLOWED, ALONE, NAMED,
            "Quellstein", "quellstein", str(KLARA.wa_id), str(KLARA.bsuid), "0900555444", SECRET,
            VERIFY_TOKEN, "SIMTOKEN-", "🦔"]  # fmt: skip


def test_no_column_of_any_table_holds_a_word_of_the_day(day: Words):
    everything = list(rows())
    found = {(table, name, word) for table, name, text in everything for word in secrets(day) if word in text}
    assert found == set()
    assert len({table for table, _name, _text in everything}) > 40 and len(day.said) >= 40


def test_no_file_of_the_data_folder_holds_a_word_of_the_day(day: Words):
    looked = list(files())
    found = {
        (str(path), word)
        for path in looked
        for word in secrets(day)
        if word.encode() in path.read_bytes() or word in path.name
    }
    assert found == set() and looked


def files() -> Iterator[Path]:
    for path in Path(settings.KEFU_DATA).rglob("*"):
        if path.is_file():
            yield path


def test_no_line_of_the_log_holds_a_word_of_the_day(day: Words, caplog: pytest.LogCaptureFixture):
    lines = [*caplog.get_records("setup"), *caplog.records]
    written = "\n".join(f"{line.getMessage()} {line.args} {line.exc_text}" for line in lines)
    assert [word for word in secrets(day) if word in written] == []
    assert written, "what is looked through is not empty"


def test_the_day_left_traces_everywhere_that_is_looked_through(day: Words):
    """The tests above are worth nothing if nothing was written."""
    told = {table for table, _name, _text in rows()}
    assert {
        "contacts_consententry", "contacts_contactexport", "contacts_legalhold", "contacts_note", "inbox_amendment",
        "inbox_conversationlock", "inbox_deletion", "inbox_draft", "inbox_handover", "inbox_heldcomment",
        "inbox_keywordterm",
        "inbox_heldreply", "inbox_internalnote", "inbox_macrorun", "inbox_media", "inbox_message",
        "inbox_notification", "inbox_qaremark", "inbox_qareview", "inbox_reaction", "inbox_riskcase",
        "inbox_scheduledreply", "inbox_snooze", "inbox_storedwebhook", "security_operation",
    } - {"inbox_amendment"} <= told  # fmt: skip
    assert Operation.objects.exclude(words=None).exists() and StreamEvent.objects.count() > 30


def test_it_would_find_what_is_readable(day: Words, cast: Cast, tmp_path: Any):
    assert any("ben@kefu.test" in text for _table, _name, text in rows())
    assert any("Hello {contact.name}" in text for _table, _name, text in rows()), "canned replies are the team's own"
