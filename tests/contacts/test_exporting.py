"""All there is of a contact, in a file for whoever asked and for nobody else (CM-8)."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from contacts.actions.consent import record_consent
from contacts.actions.edit import add_note
from contacts.actions.exporting import ask_for_export, download_export, expire_exports, make_export
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.errors import ExportGone, ExportRunning
from contacts.models import ContactExport, PrivacyPolicy
from contacts.privacy.archive import safe_name
from contacts.privacy.words import word
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.actions.locks import lock_conversation
from inbox.actions.replies import send_text
from inbox.actions.snoozes import snooze_conversation, wake_conversation
from inbox.models import Conversation
from security.account_errors import FactorMissing
from security.actions.duties import give_duty
from security.errors import NotAllowed, NotFound
from security.models import DataKey
from tests.conftest import BY, Cast
from tests.worlds.answers import send_media
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access, fresh_browser
from tests.worlds.threads import fresh, logged, thread

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    ben = cast.access("ben")
    talk = thread(channel(cast.asia), customer(f"Mei {HOSTILE}"), f"Is it blue? {HOSTILE}")
    file = keep_upload(by=ben, conversation_id=talk.pk, file=SimpleUploadedFile("../../plan.txt", b"the plan"))
    send_media(by=ben, conversation_id=talk.pk, client_ref="1", upload=file.pk, text="Here it is")
    send_text(by=ben, conversation_id=talk.pk, client_ref="2", text="It is")
    write_note(by=ben, conversation_id=talk.pk, client_ref="3", text="Ask the warehouse")
    add_note(by=ben, contact_id=talk.contact_id, text="Prefers mornings")
    record_consent(
        by=ben, contact_id=talk.contact_id, purpose="storage", given=True, source="paper", at=timezone.now(),
        evidence="Form 12",
    )  # fmt: skip
    return talk


def made(cast: Cast, talk: Conversation) -> ContactExport:
    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    assert make_export(row.pk)
    return fresh(row)


def content(cast: Cast, row: ContactExport) -> zipfile.ZipFile:
    _row, pieces = download_export(by=fresh_access(cast, "ana"), export_id=row.pk)
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_it_holds_everything_for_machines(cast: Cast, talk: Conversation):
    archive = content(cast, made(cast, talk))
    told = json.loads(archive.read("contact.json"))
    assert told["contact"]["id"] == str(talk.contact_id) and told["contact"]["identities"]
    (conversation,) = told["conversations"]
    texts = [one["text"] for one in conversation["messages"]]
    assert texts == [f"Is it blue? {HOSTILE}", "Here it is", "It is"]
    assert [one["text"] for one in conversation["internal_notes"]] == ["Ask the warehouse"]
    assert [one["text"] for one in told["notes"]] == ["Prefers mornings"]
    assert [one["evidence"] for one in told["consents"]] == ["Form 12"]
    assert "contact.note_added" in [line["deed"] for line in told["log"]]


def test_files_are_in_it_under_names_that_lead_nowhere(cast: Cast, talk: Conversation):
    archive = content(cast, made(cast, talk))
    told = json.loads(archive.read("contact.json"))
    (file,) = told["conversations"][0]["messages"][1]["files"]
    assert archive.read(file["file"]) == b"the plan"
    assert all(".." not in name and not name.startswith("/") for name in archive.namelist())


def test_pages_in_both_languages_show_everything_and_run_nothing(cast: Cast, talk: Conversation):
    archive = content(cast, made(cast, talk))
    for language, title in (("en", "Notes of the team"), ("zh-hant", "團隊備註")):
        page = archive.read(f"contact.{language}.html").decode()
        assert title in page and "Prefers mornings" in page and "Ask the warehouse" in page
        assert "<script" not in page and "&lt;script&gt;" in page
        assert "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")


def test_on_the_disk_it_is_sealed_and_with_its_key_gone_unreadable(cast: Cast, talk: Conversation):
    row = made(cast, talk)
    stored = Path(settings.KEFU_DATA, "media", row.file).read_bytes()
    assert not [word for word in (b"Is it blue", b"the plan", b"contact.json", b"PK\x03\x04") if word in stored]


def test_after_its_hours_it_is_destroyed_with_its_key(
    cast: Cast, talk: Conversation, django_capture_on_commit_callbacks: Any
):
    PrivacyPolicy.objects.create(pk=1, export_hours=2)
    row = made(cast, talk)
    assert row.expires_at is not None
    left = row.expires_at - timezone.now()
    assert timedelta(hours=1.9) < left <= timedelta(hours=2)
    ContactExport.objects.for_system("the test").update(expires_at=timezone.now())
    with pytest.raises(ExportGone):
        content(cast, row)
    with django_capture_on_commit_callbacks(execute=True):
        assert expire_exports() == 1 and expire_exports() == 0
    assert fresh(row).state == "gone" and not DataKey.objects.filter(pk=row.key_id).exists()
    assert not Path(settings.KEFU_DATA, "media", row.file).exists()
    with pytest.raises(ExportGone):
        content(cast, row)


def test_only_who_asked_has_it(cast: Cast, talk: Conversation):
    row = made(cast, talk)
    give_duty(by=BY, user=cast.ben, duty="data_protection")
    with pytest.raises(NotFound):
        download_export(by=fresh_access(cast, "ben"), export_id=row.pk)


def test_it_needs_the_permission_a_factor_and_sight_of_the_contact(cast: Cast, talk: Conversation):
    with pytest.raises(NotAllowed):
        ask_for_export(by=fresh_access(cast, "dee"), contact_id=talk.contact_id)
    with pytest.raises(FactorMissing):
        ask_for_export(by=cast.access("ana"), contact_id=talk.contact_id)
    give_duty(by=BY, user=cast.cho, duty="data_protection")
    with pytest.raises(NotFound):
        ask_for_export(by=fresh_access(cast, "cho"), contact_id=talk.contact_id)


def test_one_at_a_time(cast: Cast, talk: Conversation):
    ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    with pytest.raises(ExportRunning):
        ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)


def test_what_a_dead_worker_left_is_made_by_the_next(cast: Cast, talk: Conversation):
    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    ContactExport.objects.for_system("the test").update(lease=timezone.now() - timedelta(seconds=1))
    expire_exports()
    assert fresh(row).state == "ready" and not make_export(row.pk)


def test_one_that_fails_again_and_again_says_so(cast: Cast, talk: Conversation, monkeypatch: Any):
    from contacts.actions import exporting

    def fails(*_arguments: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(exporting, "write_out", fails)
    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    for _ in range(3):
        assert not make_export(row.pk)
    assert fresh(row).state == "failed" and not DataKey.objects.filter(pk=row.key_id).exists()


def test_over_the_api_it_is_asked_for_looked_at_and_downloaded(cast: Cast, talk: Conversation):
    ana: Client = fresh_browser(cast, "ana")
    asked = ana.post(f"/api/v1/contacts/{talk.contact_id}/exports")
    assert asked.status_code == 202 and asked.json()["state"] == "making"
    path = f"/api/v1/contact-exports/{asked.json()['id']}"
    assert ana.post(f"{path}/file").status_code == 404
    make_export(ContactExport.objects.for_system("the test").get().pk)
    told = ana.get(path).json()
    assert (told["state"], told["done"], told["total"]) == ("ready", 3, 3)
    assert ana.get(f"/api/v1/contacts/{talk.contact_id}/exports").json()["results"] == [told]
    answer = ana.post(f"{path}/file")
    body = async_to_sync(_joined)(answer)
    assert answer["Content-Disposition"].startswith("attachment") and len(body) == told["size"]
    assert "contact.json" in zipfile.ZipFile(io.BytesIO(body)).namelist()


async def _joined(answer: Any) -> bytes:
    return b"".join([piece async for piece in answer])


def test_each_step_is_in_the_log(cast: Cast, talk: Conversation):
    content(cast, made(cast, talk))
    for deed in ("contact.export_asked", "contact.exported", "contact.export_downloaded"):
        assert len(logged(deed)) == 1, deed


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\\b:c.txt", "a_b_c.txt"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("多 字.png", "多 字.png"),
        ("a\u202etxt.exe", "a_txt.exe"),
    ],
)
def test_a_name_leads_nowhere(given: str, safe: str):
    assert safe_name(given) == safe


def test_it_holds_what_colleagues_wrote_of_it_and_the_log_of_who_became_it(cast: Cast, talk: Conversation):
    ben = cast.access("ben")
    snooze_conversation(by=ben, conversation_id=talk.pk, until=timezone.now() + timedelta(hours=1), reason="On holiday")
    wake_conversation(by=ben, conversation_id=talk.pk)
    lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="I know them")
    other = thread(talk.channel, customer("Somebody"))
    add_note(by=ben, contact_id=other.contact_id, text="The same person")
    merge_contacts(by=fresh_access(cast, "dee"), kept_id=talk.contact_id, merged_id=other.contact_id)
    while carry_on_merging() == 0:
        pass
    told = json.loads(content(cast, made(cast, talk)).read("contact.json"))
    (conversation,) = told["conversations"]
    assert [one["reason"] for one in conversation["snoozes"]] == ["On holiday"]
    assert [one["reason"] for one in conversation["locks"]] == ["I know them"]
    assert {"held", "reviews", "macro_runs", "deletions"} <= set(conversation)
    assert [line["deed"] for line in told["log"]].count("contact.note_added") == 2


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_page_for_people_speaks_in_words_and_not_in_codes(cast: Cast, talk: Conversation, language: str):
    page = content(cast, made(cast, talk)).read(f"contact.{language}.html").decode()
    with translation.override(language):
        told = [
            word("purpose", "storage"),
            word("source", "paper"),
            word("identity", "wa_id"),
            word("status", "queued"),
        ]
    assert [one for one in told if one not in page] == []
    assert not re.search(r"wa_id|bsuid|profile_name|queued|>storage:|\(paper\)", page.replace("(on paper)", ""))


def test_it_says_that_it_is_still_made_by_time_and_not_by_a_number_of_messages(
    cast: Cast, talk: Conversation, monkeypatch: Any
):
    """However few messages a conversation has, and for a file as well."""
    from contacts.actions import exporting

    monkeypatch.setattr(exporting, "_TOLD_EVERY", 0.0)
    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    leases: list[Any] = []
    whole = exporting._Telling.__call__

    def watched(self: Any, done: int) -> None:
        whole(self, done)
        leases.append((fresh(row).done, fresh(row).lease))

    monkeypatch.setattr(exporting._Telling, "__call__", watched)
    assert make_export(row.pk)
    assert len({lease for _done, lease in leases}) == len(leases) >= 2, "renewed with a file as well"
    assert [done for done, _lease in leases][-1] == 3


def test_a_lease_that_was_lost_is_an_attempt(cast: Cast, talk: Conversation):
    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    rows = ContactExport.objects.for_system("the test").filter(pk=row.pk)
    rows.update(attempts=2, lease=timezone.now() - timedelta(seconds=1))
    assert not make_export(row.pk)
    assert fresh(row).state == "failed"


def test_whoever_was_too_slow_does_not_end_what_the_next_one_makes(cast: Cast, talk: Conversation, monkeypatch: Any):
    from contacts.actions import exporting
    from contacts.privacy import writing_out

    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    whole = writing_out.write_out
    theirs = timezone.now() + timedelta(minutes=4)

    def taken_meanwhile(*arguments: Any) -> None:
        ContactExport.objects.for_system("the test").filter(pk=row.pk).update(lease=theirs)
        whole(*arguments)

    monkeypatch.setattr(exporting, "write_out", taken_meanwhile)
    assert not make_export(row.pk)
    assert (fresh(row).state, fresh(row).attempts, fresh(row).lease) == ("making", 0, theirs)
