"""A contact is erased: nothing of it can be read by anybody any more, and a proof says so (CM-8, SE-7)."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from contacts.actions.duplicates import find_duplicates
from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.actions.exporting import ask_for_export, make_export
from contacts.actions.suppression import suppress_contacts
from contacts.models import Identity, MatchKey, Note, Suppression
from contacts.privacy.proof import digest_of_key, proof_of
from inbox.models import Case, Conversation, InternalNote, Media, Message, Reaction, StoredWebhook
from security.actions.sealing import seal_operations
from security.encryption.keyring import KeyGone, forget_keys, open_key
from security.live.store import events_after
from security.log.lines import words_of
from security.models import DataKey, DestroyedKey
from tests.conftest import Cast
from tests.worlds.customers import customer
from tests.worlds.erasing import MEI, SECRETS, erased, everything_of_mei
from tests.worlds.factors import fresh_access
from tests.worlds.threads import contacts, conversations, fresh, logged, messages, thread
from tests.worlds.webhooks import message, says


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return everything_of_mei(cast)


def test_nothing_opens_any_more_and_nothing_of_them_is_left(cast: Cast, talk: Conversation):
    key_id = talk.contact.key_id
    erased(cast, talk)
    forget_keys()
    with pytest.raises(KeyGone):
        open_key(key_id)
    of_talk = {"conversation": talk.pk}
    for model in (InternalNote, Media, Reaction):
        assert not model.objects.for_system("the test").filter(**of_talk).exists()
    assert not Identity.objects.for_system("the test").exists() and not Note.objects.for_system("the test").exists()
    assert fresh(talk.contact).profile == {}
    assert {bytes(row.__dict__["content"]) for row in messages(talk)} == {b""}


def test_the_skeleton_stays_for_the_figures_of_reports(cast: Cast, talk: Conversation):
    before = [(row.direction, row.at, row.status, row.author_id) for row in messages(talk)]
    erased(cast, talk)
    after = [(row.direction, row.at, row.status, row.author_id) for row in messages(talk)]
    assert [one[:2] for one in after] == [one[:2] for one in before] and [row[3] for row in after] == [
        row[3] for row in before
    ]
    assert after[1][2] == "failed", "what waited to leave does not leave"
    assert Case.objects.for_system("the test").filter(conversation=talk).count() == 1
    assert {row.provider_ref for row in messages(talk)} == {None}, "WhatsApp's ids can embed the number"


def test_a_backup_of_the_rows_without_the_key_table_says_nothing(cast: Cast, talk: Conversation):
    """The rows as they were, put back: they are under a key that is nowhere."""
    row = messages(talk)[0]
    sealed = row.__dict__["content"]
    erased(cast, talk)
    forget_keys()
    restored = Message(pk=row.pk, key_id=talk.contact.key_id)
    restored.__dict__["content"] = sealed
    with pytest.raises(KeyGone):
        _ = restored.content


def test_raw_webhooks_that_name_them_go_and_those_of_others_stay(cast: Cast, talk: Conversation):
    thread(talk.channel, customer("Somebody else"))
    assert StoredWebhook.objects.count() == 2
    erased(cast, talk)
    assert StoredWebhook.objects.count() == 1


def test_no_table_and_no_file_holds_a_word_or_a_cipher_of_them(cast: Cast, talk: Conversation):
    stored = [Path(settings.KEFU_DATA, "media", row.file) for row in Media.objects.for_system("the test").all()]
    assert stored and all(path.exists() for path in stored)
    erased(cast, talk)
    assert not any(path.exists() for path in stored)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "security_searchtext":  # keyed hashes that cannot be read row by row (SQLite); its parts are
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str([[bytes(x) if isinstance(x, memoryview) else x for x in row] for row in cursor.fetchall()])
            assert not [secret for secret in SECRETS if secret in text], table


def test_open_screens_lose_it_at_once(cast: Cast, talk: Conversation):
    stream = f"region:{cast.asia.pk}"
    before = events_after(stream, 0)[-1].seq
    erase_contact(
        by=fresh_access(cast, "ana"), contact_id=talk.contact_id, confirm="Ms Questera", reason="Request 4711"
    )
    told = [
        event for event in events_after(stream, before) if event.kind in ("conversation.changed", "contact.changed")
    ]
    assert {event.kind for event in told} == {"conversation.changed", "contact.changed"}
    assert all(event.payload is not None and event.left_scope for event in told), "they hear that it left"
    assert not any(secret in str(event.payload) for event in told for secret in SECRETS)
    ben = cast.browser("ben")
    assert ben.get(f"/api/v1/contacts/{talk.contact_id}").status_code == 404
    assert ben.get(f"/api/v1/conversations/{talk.pk}").status_code == 404
    assert ben.get("/api/v1/conversations?view=any").json()["results"] == []


def test_whoever_writes_from_the_same_number_is_somebody_new(cast: Cast, talk: Conversation):
    erased(cast, talk)
    says(talk.channel, MEI, message(MEI, "text", "Hello again"))
    new = contacts()[-1]
    assert new.pk != talk.contact_id and new.gone == "" and new.profile["profile_name"] == "Meilin Questera"
    (thread_now,) = [row for row in conversations(talk.channel) if row.contact_id == new.pk]
    assert [row.content["text"] for row in messages(thread_now)] == ["Hello again"]


def test_the_proof_says_what_was_destroyed_and_stands_in_the_log(cast: Cast, talk: Conversation):
    key_id = talk.contact.key_id
    row = erased(cast, talk)
    assert row.keys == [digest_of_key(key_id)] == [hashlib.sha256(key_id.bytes).hexdigest()]
    assert row.counts["inbox.message"] == 3 and row.counts["inbox.internalnote"] == 1 and row.files == 1
    wordless = {"inbox.storedwebhook", "inbox.notification"}
    assert row.checked == len(set(row.counts) - wordless) == 5, "one of each kind was really tried"
    (line,) = logged("contact.erased")
    assert line.details["proof"] == row.proof == proof_of(row).digest
    assert DestroyedKey.objects.filter(pk=key_id).exists() and not DataKey.objects.filter(pk=key_id).exists()


def test_the_proof_is_a_file_for_machines_and_a_page_for_people(cast: Cast, talk: Conversation):
    row = erased(cast, talk, reason="<b>Request</b> 4711")
    seal_operations()
    ana = cast.browser("ana")
    told = ana.get(f"/api/v1/erasures/{row.pk}").json()
    assert told["digest"] == row.proof and told["log"]["seal_number"] == 1
    answer = ana.get(f"/api/v1/erasures/{row.pk}/proof")
    spelled = json.dumps(answer.json()["proof"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(spelled.encode()).hexdigest() == answer.json()["digest"] == row.proof
    page = ana.get(f"/api/v1/erasures/{row.pk}/proof?as=html").content.decode()
    assert row.proof in page and "<b>Request" not in page and "<script" not in page
    assert "inbox.message" not in page and "contacts.note" not in page and "internal notes" in page
    assert ana.get("/api/v1/erasures").json()["results"][0]["id"] == str(row.pk)
    assert ana.get(f"/api/v1/erasures/{row.pk}/proof?as=pdf").json()["field"] == "as"


def test_the_numbers_that_were_looked_for_are_unreadable_afterwards_too(cast: Cast, talk: Conversation):
    row = erase_contact(
        by=fresh_access(cast, "ana"), contact_id=talk.contact_id, confirm="Ms Questera", reason="Request 4711"
    )
    assert row.traces is not None and str(MEI.wa_id) in row.traces
    trace_key = row.key_id
    carry_on_erasing()
    assert fresh(row).traces is None and fresh(row).reason == "Request 4711"
    assert not DataKey.objects.filter(pk=trace_key).exists()


def test_a_worker_that_dies_in_the_middle_is_gone_on_from(cast: Cast, talk: Conversation, monkeypatch: Any):
    from contacts.actions import destroying

    row = erase_contact(
        by=fresh_access(cast, "ana"), contact_id=talk.contact_id, confirm="Ms Questera", reason="Request 4711"
    )
    whole, times = destroying._destroy_some, []

    def dies(*arguments: Any) -> int:
        times.append(1)
        if len(times) == 3:
            raise RuntimeError("killed")
        return whole(*arguments)

    monkeypatch.setattr(destroying, "_destroy_some", dies)
    assert carry_on_erasing() == 0
    assert fresh(row).finished_at is None and fresh(row).stuck_at is not None
    assert carry_on_erasing() == 1 and carry_on_erasing() == 0
    assert fresh(row).counts["inbox.message"] == 3


def test_their_words_in_the_log_are_gone_and_its_seals_hold(cast: Cast, talk: Conversation):
    from security.log.verifying import verify

    seal_operations()
    erased(cast, talk)
    seal_operations()
    forget_keys()
    (line,) = logged("contact.edited")
    with pytest.raises(KeyGone):
        words_of(line)
    assert verify()[0] > 0


def test_exports_of_them_are_destroyed_too(cast: Cast, talk: Conversation, django_capture_on_commit_callbacks: Any):
    export = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    make_export(export.pk)
    stored = Path(settings.KEFU_DATA, "media", fresh(export).file)
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):
        erased(cast, talk)
    assert fresh(export).state == "gone" and not stored.exists()
    assert not DataKey.objects.filter(pk=export.key_id).exists()


def test_no_digest_of_their_number_and_no_reason_to_suppress_it_is_left(cast: Cast, talk: Conversation):
    find_duplicates(region_id=cast.asia.pk)
    suppress_contacts(by=cast.access("dee"), contact_ids=[talk.contact_id], why="other", reason="moved away")
    assert MatchKey.objects.for_system("the test").filter(contact=talk.contact_id).exists()
    erased(cast, talk)
    for model in (MatchKey, Suppression):
        assert not model.objects.for_system("the test").filter(contact=talk.contact_id).exists()
