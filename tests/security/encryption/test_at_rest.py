"""After a whole story nothing a customer said, and no way to reach them, stands readable in the database or on disk."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from contacts.actions.edit import add_note, edit_contact
from contacts.models import Contact, Identity, Note
from inbox.actions.files import keep_upload
from inbox.actions.replies import react, send_text
from inbox.models import Channel, Conversation, Media, Message
from security.encryption.keyring import KeyGone, forget_keys
from security.encryption.sealing import Unreadable
from security.models import DataKey, StreamEvent
from tests.conftest import Cast
from tests.worlds.answers import send_location, send_media, send_template
from tests.worlds.channels import SECRET, VERIFY_TOKEN, channel
from tests.worlds.customers import customer
from tests.worlds.threads import contacts, fresh, messages, only_message, thread
from tests.worlds.webhooks import arrive, message, says, status, store, value

MEI = customer("Meilin Questera", bsuid="TW.55667788990011223344", username="meilin.questera")
SAID = "tangerine-question"
READABLE_NOWHERE = [
    "Questera", "questera", MEI.wa_id, MEI.bsuid, SAID, "cobalt-answer", "velvet-note", "Renamed-Person",
    "harbour-place",
    "orchid-caption", "secret-plan.pdf", "quartz-template", "walnut-file", "🦔", "broken-but-private", "Cousin Ferro",
    "0900555444", SECRET, VERIFY_TOKEN, "SIMTOKEN-",
]  # fmt: skip


@pytest.fixture
def story(cast: Cast) -> Conversation:
    """Everything that can hold a customer's data, written once."""
    shop, ben = channel(cast.asia), cast.access("ben")
    talk = thread(shop, MEI, SAID)
    file = {"id": "700001", "mime_type": "application/pdf", "filename": "secret-plan.pdf", "caption": "orchid-caption"}
    card = {"name": {"formatted_name": "Cousin Ferro"}, "phones": [{"phone": "0900555444"}]}
    says(
        shop,
        MEI,
        message(MEI, "document", file),
        message(MEI, "contacts", [card]),
        message(MEI, "hologram", {"x": SAID}),
    )
    question = messages(talk)[0]
    says(shop, MEI, message(MEI, "reaction", {"message_id": question.provider_ref, "emoji": "🦔"}))
    send_text(by=ben, conversation_id=talk.pk, client_ref="1", text="cobalt-answer", reply_to=question.pk)
    send_location(by=ben, conversation_id=talk.pk, client_ref="2", latitude=1.0, longitude=2.0, name="harbour-place")
    template = {"name": "hello_world", "language": "en_US", "text": "quartz-template"}
    send_template(by=ben, conversation_id=talk.pk, client_ref="3", template=template)
    upload = SimpleUploadedFile("walnut-file.txt", b"walnut-file content")
    attached = keep_upload(by=ben, conversation_id=talk.pk, file=upload)
    send_media(by=ben, conversation_id=talk.pk, client_ref="4", upload=attached.pk, text="orchid-caption")
    react(by=ben, conversation_id=talk.pk, client_ref="5", message_id=question.pk, emoji="🦔")
    edit_contact(by=ben, contact_id=talk.contact_id, name="Renamed-Person")
    add_note(by=ben, contact_id=talk.contact_id, text="velvet-note")
    arrive(shop, value(shop, people=[MEI], statuses=[status("wamid.unknown", "sent", recipient_id=MEI.wa_id)]))
    store(shop, b"broken-but-private " + str(MEI.wa_id).encode())
    arrive(shop)
    return talk


def rows() -> Iterator[tuple[str, str, str]]:
    """``(table, column, everything in it as text)`` for every value of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "security_searchtext":  # cannot be read row by row (SQLite); the tables behind it are
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, stored in zip(names, row, strict=True):
                    yield table, name, spelled(stored)


def spelled(stored: Any) -> str:
    if isinstance(stored, bytes | memoryview):
        raw = bytes(stored)
        return raw.decode("utf-8", "replace") + raw.decode("utf-16", "replace") + raw.decode("latin-1")
    return str(stored)


def test_no_column_of_any_table_holds_what_a_customer_said_or_how_to_reach_them(story: Conversation):
    everything = list(rows())
    assert {"inbox_message", "contacts_identity", "security_streamevent", "inbox_storedwebhook"} <= {
        t for t, _, _ in everything
    }
    found = {
        (table, name, secret) for table, name, text in everything for secret in READABLE_NOWHERE if str(secret) in text
    }
    assert found == set()


def test_what_was_set_aside_keeps_its_error_without_the_number(story: Conversation):
    errors = [text for table, name, text in rows() if (table, name) == ("inbox_storedwebhook", "error") and text]
    assert len(errors) == 1 and errors[0].startswith("Unparsable")


def test_the_search_for_plain_text_would_find_it(story: Conversation):
    """The check above is worth nothing if it cannot see: team data, which is meant to be readable, is seen."""
    assert any("ben@kefu.test" in text for _, _, text in rows())
    raw = SAID.encode()
    assert SAID in spelled(raw) and SAID in spelled(memoryview(raw)) and SAID in spelled(SAID.encode("utf-16"))


def test_no_file_on_disk_says_anything_by_name_or_content(story: Conversation):
    kept = [path for path in Path(settings.KEFU_DATA, "media").rglob("*") if path.is_file()]
    mine = [path for path in kept for row in Media.objects.for_system("the test").all() if str(row.pk) in path.name]
    assert mine
    for path in mine:
        content = path.read_bytes()
        assert b"walnut" not in content and "walnut" not in path.name
        assert base64.b64encode(b"walnut")[:6] not in content


def test_everything_is_readable_with_the_keys(story: Conversation):
    forget_keys()
    (mei,) = contacts()
    assert mei.profile == {"profile_name": "Meilin Questera", "username": "meilin.questera", "name": "Renamed-Person"}
    assert messages(story)[0].content == {"text": SAID}


def test_destroying_a_contacts_key_makes_everything_of_theirs_unreadable_for_ever(story: Conversation):
    (mei,) = contacts()
    DataKey.objects.filter(pk=mei.key_id).delete()
    forget_keys()
    for model, name in (
        (Contact, "profile"),
        (Identity, "value"),
        (Note, "text"),
        (Message, "content"),
        (Media, "name"),
    ):
        for row in model.objects.for_system("the test").all():
            if row.__dict__[name] is not None:
                with pytest.raises(KeyGone):
                    getattr(row, name)
    assert Channel.objects.for_system("the test").get().credentials["verify_token"] == VERIFY_TOKEN


def test_the_stream_leaves_out_what_cannot_be_opened_any_more(story: Conversation):
    from security.live.store import events_after

    (mei,) = contacts()
    stream = f"region:{mei.region_id}"
    assert all(event.payload for event in events_after(stream, 0))
    DataKey.objects.filter(pk=mei.key_id).delete()
    forget_keys()
    events = events_after(stream, 0)
    assert len(events) == StreamEvent.objects.filter(stream=stream).count()
    assert {event.payload for event in events} == {None}


def test_a_ciphertext_moved_to_another_row_does_not_open(cast: Cast):
    """Both rows are under the same key: it is their place that does not fit."""
    talk = thread(channel(cast.asia), text="pay to account 1")
    first = only_message()
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="pay to account 2")
    second = messages(talk)[1]
    assert first.key_id == second.key_id
    table, column = Message._meta.db_table, "content"
    with connection.cursor() as cursor:
        here, there = (Message._meta.pk.get_db_prep_value(row.pk, connection) for row in (first, second))
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [here])
        (sealed,) = cursor.fetchone()
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [sealed, there])
    with pytest.raises(Unreadable):
        _ = fresh(second).content
    assert fresh(first).content == {"text": "pay to account 1"}


def test_a_changed_byte_does_not_open(cast: Cast):
    thread(channel(cast.asia))
    row = only_message()
    sealed = bytearray(row.__dict__["content"])
    sealed[-1] ^= 1
    row.__dict__["content"] = type(row.__dict__["content"])(sealed)
    with pytest.raises(Unreadable):
        _ = row.content


def test_two_equal_texts_look_different(cast: Cast):
    shop = channel(cast.asia)
    thread(shop, text="same")
    thread(shop, text="same")
    one, two = messages()
    assert bytes(one.__dict__["content"]) != bytes(two.__dict__["content"])
