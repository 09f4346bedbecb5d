"""What a region keeps for a time only: the nights delete exactly what the dry run says (CM-8)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contacts.actions.holds import hold_contact
from inbox.actions import retention
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.actions.replies import send_text
from inbox.actions.retention import retain
from inbox.models import Conversation, InternalNote, Media, Message, RetentionRule, StoredWebhook
from inbox.retention import overdue
from security.ids import first_id_at
from security.scoping import every_row
from tests.conftest import Cast
from tests.worlds.answers import send_media
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, messages, thread

_WHY = "the test"


def made_days_ago(row: Any, days: int) -> None:
    """As if ``row`` had been made so long ago: what is sealed in it does not open any more."""
    at = timezone.now() - timedelta(days=days)
    model = type(row)
    rows = every_row(model, _WHY).filter(pk=row.pk)
    old = first_id_at(at).int + row.pk.int % 2**62
    Conversation.objects.for_system(_WHY).filter(last_message_id=row.pk).update(last_message=None)
    times = {name: at for name in ("at", "created_at") if any(field.name == name for field in model._meta.fields)}
    rows.update(**times, id=type(row.pk)(int=old))


@pytest.fixture
def rule(cast: Cast) -> RetentionRule:
    return RetentionRule.objects.create(region=cast.asia, message_days=30, active=True)


def test_what_is_older_is_deleted_and_what_is_not_stays(cast: Cast, rule: RetentionRule):
    old, new = thread(channel(cast.asia)), thread(channel(cast.asia))
    made_days_ago(messages(old)[0], 31)
    made_days_ago(messages(new)[0], 29)
    assert retain() == 1
    assert (messages(old), len(messages(new))) == ([], 1)
    assert retain() == 0


def test_the_dry_run_says_the_same_and_deletes_nothing(cast: Cast, rule: RetentionRule):
    shop = channel(cast.asia)
    for _ in range(3):
        made_days_ago(messages(thread(shop))[0], 40)
    told = overdue(rule)
    assert (told.messages, told.contacts) == (3, 3) and told.before.messages is not None
    assert len(messages()) == 3
    assert retain() == told.rows


def test_a_rule_that_is_off_deletes_nothing(cast: Cast, rule: RetentionRule):
    RetentionRule.objects.for_system(_WHY).update(active=False)
    made_days_ago(messages(thread(channel(cast.asia)))[0], 40)
    assert retain() == 0 and overdue(fresh(rule)).messages == 1


def test_another_region_keeps_what_it_wants(cast: Cast, rule: RetentionRule):
    made_days_ago(messages(thread(channel(cast.europe)))[0], 400)
    assert retain() == 0 and len(messages()) == 1


def test_a_contact_under_a_legal_hold_is_left_alone(cast: Cast, rule: RetentionRule):
    talk = thread(channel(cast.asia))
    made_days_ago(messages(talk)[0], 40)
    hold_contact(by=cast.access("dee"), contact_id=talk.contact_id, reason="A court asks")
    assert overdue(rule).messages == 0 and retain() == 0
    assert len(messages(talk)) == 1


def test_what_waits_to_leave_stays(cast: Cast, rule: RetentionRule):
    talk = thread(channel(cast.asia))
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="It is")
    made_days_ago(messages(talk)[1], 40)
    assert retain() == 0 and len(messages(talk)) == 2


def test_files_go_with_their_messages_and_notes_too(cast: Cast, rule: RetentionRule):
    ben, talk = cast.access("ben"), thread(channel(cast.asia))
    note = write_note(by=ben, conversation_id=talk.pk, client_ref="1", text="Ask the warehouse")
    made_days_ago(note, 40)
    file = sent_file(cast, talk)
    Message.objects.for_system(_WHY).filter(pk=file.message_id).update(status="sent")
    stored = Path(settings.KEFU_DATA, "media", file.file)
    Media.objects.for_system(_WHY).update(message=None)
    message = Message.objects.for_system(_WHY).get(status="sent")
    made_days_ago(message, 40)
    moved = Message.objects.for_system(_WHY).get(status="sent")
    Media.objects.for_system(_WHY).update(message=moved)
    assert retain() == 2
    assert not InternalNote.objects.for_system(_WHY).exists()
    assert not Media.objects.for_system(_WHY).exists() and not stored.exists()


def sent_file(cast: Cast, talk: Conversation) -> Media:
    ben = cast.access("ben")
    upload = keep_upload(by=ben, conversation_id=talk.pk, file=SimpleUploadedFile("plan.txt", b"the plan"))
    send_media(by=ben, conversation_id=talk.pk, client_ref="9", upload=upload.pk, text="Here")
    found: Media = fresh(upload)
    return found


def test_files_may_go_earlier_than_their_messages(cast: Cast, rule: RetentionRule):
    talk = thread(channel(cast.asia))
    file = sent_file(cast, talk)
    Message.objects.for_system(_WHY).filter(pk=file.message_id).update(status="sent")
    RetentionRule.objects.for_system(_WHY).update(file_days=14)
    made_days_ago(file, 20)
    assert retain() == 1
    (left,) = Media.objects.for_system(_WHY).all()
    assert (left.state, left.file) == ("failed", "") and not Path(settings.KEFU_DATA, "media", file.file).exists()
    assert len(messages(talk)) == 2


def test_raw_webhooks_have_days_of_their_own_and_are_not_kept_longer_than_messages(cast: Cast, rule: RetentionRule):
    thread(channel(cast.asia))
    made_days_ago(StoredWebhook.objects.get(), 3)
    assert retain() == 0
    RetentionRule.objects.for_system(_WHY).update(webhook_days=2)
    assert retain() == 1 and not StoredWebhook.objects.exists()


def test_a_night_goes_on_where_its_batches_ended(cast: Cast, rule: RetentionRule, monkeypatch: Any):
    shop = channel(cast.asia)
    for _ in range(5):
        made_days_ago(messages(thread(shop, customer()))[-1], 40)
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    monkeypatch.setattr(retention, "_BATCHES", 1)
    assert [retain() for _ in range(4)] == [2, 2, 1, 0]


def test_it_is_logged_with_counts(cast: Cast, rule: RetentionRule):
    made_days_ago(messages(thread(channel(cast.asia)))[0], 40)
    retain()
    (line,) = logged("retention.applied")
    assert line.details["messages"] == 1 and line.subject_id == str(cast.asia.pk)


def test_a_list_shows_that_the_last_line_is_gone(cast: Cast, rule: RetentionRule):
    talk = thread(channel(cast.asia))
    made_days_ago(messages(talk)[0], 40)
    Conversation.objects.for_system(_WHY).update(last_message=messages(talk)[0])
    retain()
    (line,) = cast.browser("fay").get("/api/v1/conversations?view=any").json()["results"]
    assert line["last_message"] is None


def test_the_admin_shows_what_would_be_deleted(cast: Cast, rule: RetentionRule):
    made_days_ago(messages(thread(channel(cast.asia)))[0], 40)
    page = cast.browser("ana").get(f"/admin/inbox/retentionrule/{cast.asia.pk}/change/").content.decode()
    assert "接下來每晚會刪除" in page and "早於" in page
