"""Keys that change while everybody goes on working: interrupted, repeated, and with what comes meanwhile (SE-7)."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from contacts.actions.edit import add_note, edit_contact
from contacts.models import Contact
from inbox.actions.drafts import save_draft
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.media_store import read_file
from inbox.models import Channel, Conversation, Media, Message
from security.actions.renewing import begin_rotation, continue_rotation, renew_key, settle
from security.actions.rewrapping import (
    drop_retired_region_keys,
    renew_region_keys,
    rewrap_data_keys,
    rewrap_region_keys,
)
from security.encryption import keyring
from security.encryption.keyring import KeyGone, destroy_keys, forget_keys, former_keys, open_key
from security.encryption.sealed_rows import sealed_rows
from security.key_ages import key_ages
from security.log.lines import words_of
from security.models import DataKey, KeyRotation, RegionKey
from tests.conftest import BY, Cast
from tests.worlds.channels import SECRET, channel
from tests.worlds.threads import fresh, logged, messages, thread
from tests.worlds.webhooks import message, says

NEW = "second:" + "b" * 40


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia), text="Is it blue?")


def rotated(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue()


def with_new_master(settings: Any) -> None:
    settings.KEFU_MASTER_KEYS = f"{NEW},{settings.KEFU_MASTER_KEYS}"


def test_a_new_master_key_wraps_every_region_key_and_the_old_one_may_go(talk: Conversation, settings: Any):
    with_new_master(settings)
    told = rotated()
    assert set(RegionKey.objects.values_list("master_id", flat=True)) == {"second"}
    assert "may be taken out of KEFU_MASTER_KEYS" in told
    settings.KEFU_MASTER_KEYS = NEW
    settings.KEFU_READ_MASTER_KEYS = lambda: NEW
    forget_keys()
    assert messages(talk)[0].content == {"text": "Is it blue?"}
    assert {line.details["master"][1] for line in logged("key.rewrapped")} == {"second"}


def test_twice_is_once(talk: Conversation, settings: Any):
    with_new_master(settings)
    assert rewrap_region_keys(by=BY) > 0
    assert rewrap_region_keys(by=BY) == 0


def test_a_running_process_learns_of_a_new_master_key_from_the_file(talk: Conversation, settings: Any):
    old = settings.KEFU_MASTER_KEYS
    with_new_master(settings)
    rewrap_region_keys(by=BY)
    settings.KEFU_MASTER_KEYS = old
    forget_keys()
    settings.KEFU_READ_MASTER_KEYS = lambda: old
    with pytest.raises(ImproperlyConfigured, match="second"):
        _ = messages(talk)[0].content
    settings.KEFU_READ_MASTER_KEYS = lambda: f"{NEW},{old}"
    assert messages(talk)[0].content == {"text": "Is it blue?"}


def test_a_new_region_key_wraps_all_data_keys_and_the_old_one_is_destroyed_in_time(talk: Conversation):
    before = set(RegionKey.objects.values_list("pk", flat=True))
    renew_region_keys(by=BY)
    assert messages(talk)[0].content == {"text": "Is it blue?"}, "data keys under the old one open all the same"
    assert rewrap_data_keys(by=BY) > 0
    assert not DataKey.objects.filter(region_key__in=before).exists()
    forget_keys()
    assert messages(talk)[0].content == {"text": "Is it blue?"}
    assert drop_retired_region_keys() == 0, "somebody may still be wrapping with it"
    RegionKey.objects.filter(retired_at__isnull=False).update(retired_at=timezone.now() - timedelta(hours=2))
    assert drop_retired_region_keys() == len(before)
    assert not RegionKey.objects.filter(pk__in=before).exists()


def test_a_replaced_region_key_that_still_wraps_something_stays(talk: Conversation):
    renew_region_keys(by=BY)
    RegionKey.objects.filter(retired_at__isnull=False).update(retired_at=timezone.now() - timedelta(hours=2))
    assert drop_retired_region_keys() == 0
    assert messages(talk)[0].content == {"text": "Is it blue?"}


def test_new_data_keys_for_everybody_open_everything_and_the_old_ones_nothing_any_more(cast: Cast, talk: Conversation):
    ben = cast.access("ben")
    add_note(by=ben, contact_id=talk.contact_id, text="Prefers mornings")
    write_note(by=ben, conversation_id=talk.pk, client_ref="1", text="Ask the warehouse")
    file = keep_upload(by=ben, conversation_id=talk.pk, file=SimpleUploadedFile("plan.txt", b"the plan"))
    save_draft(by=ben, kind="reply", place_id=talk.pk, text="Let me see", revision=0)
    save_draft(by=ben, kind="note", place_id=talk.contact_id, text="Called twice", revision=0)
    old = talk.contact.key_id
    rotated("--data")
    contact = fresh(talk.contact)
    assert contact.key_id != old and former_keys(contact.key_id) == [old]
    for kind in sealed_rows("contact"):
        keys = {row.key_id for row in kind.of(talk.contact_id)}
        assert keys <= {contact.key_id}, kind.model
    DataKey.objects.filter(pk=old).delete()
    forget_keys()
    assert messages(talk)[0].content == {"text": "Is it blue?"}
    assert fresh(contact).profile["profile_name"] == "Mei Lin"
    kept = fresh(file)
    assert (kept.name, read_file(kept, kept.file)) == ("plan.txt", b"the plan")
    assert Channel.objects.for_system("the test").get().credentials["app_secrets"] == [SECRET]


def test_the_files_under_the_old_key_are_gone_from_the_disk(cast: Cast, talk: Conversation, settings: Any):
    file = keep_upload(by=cast.access("ben"), conversation_id=talk.pk, file=SimpleUploadedFile("plan.txt", b"the plan"))
    before = Path(settings.KEFU_DATA, "media", file.file)
    assert before.exists()
    rotated("--data")
    assert not before.exists() and Path(settings.KEFU_DATA, "media", fresh(file).file).exists()


def test_what_comes_while_rows_are_moved_is_sealed_under_the_new_key(cast: Cast, talk: Conversation):
    renew_key(by=BY, purpose="contact", owner_id=talk.contact_id)
    edit_contact(by=cast.access("ben"), contact_id=talk.contact_id, name="Ms Lin")
    send_again(talk, "And green?")
    first, second = messages(talk)
    contact = fresh(talk.contact)
    assert (first.key_id == contact.key_id, second.key_id == contact.key_id) == (False, True)
    assert [row.content["text"] for row in (first, second)] == ["Is it blue?", "And green?"]
    settle(purpose="contact", owner_id=talk.contact_id)
    assert {row.key_id for row in messages(talk)} == {contact.key_id}


def send_again(talk: Conversation, text: str) -> None:
    from tests.worlds.customers import Customer
    from tests.worlds.threads import identities

    (number,) = identities(talk.contact)["wa_id"]
    who = Customer("Mei Lin", number)
    says(talk.channel, who, message(who, "text", text))


def test_a_rotation_that_was_interrupted_goes_on_where_it_was(cast: Cast):
    shop = channel(cast.asia)
    talks = [thread(shop) for _ in range(3)]
    rotation = begin_rotation(by=BY)

    class Killed(Exception):
        pass

    def stop(_rotation: KeyRotation) -> None:
        raise Killed

    with pytest.raises(Killed):
        continue_rotation(rotation, by=BY, progress=stop)
    assert begin_rotation(by=BY).pk == rotation.pk, "it is the same one"
    continue_rotation(KeyRotation.objects.get(), by=BY)
    keys = DataKey.objects.filter(pk__in=[fresh(talk.contact).key_id for talk in talks])
    assert keys.count() == 3 and not keys.filter(made_at__lt=rotation.began_at).exists()
    assert all(messages(talk)[0].key_id == fresh(talk.contact).key_id for talk in talks)
    assert KeyRotation.objects.get().ended_at is not None


def test_rows_that_were_left_between_two_keys_are_found_later(talk: Conversation):
    """As if the process had died right after the new key."""
    renew_key(by=BY, purpose="contact", owner_id=talk.contact_id)
    old = messages(talk)[0].key_id
    rotated("--data")
    assert messages(talk)[0].key_id not in (old, None) and messages(talk)[0].content == {"text": "Is it blue?"}


def test_somebody_who_wrote_one_column_with_the_old_key_in_hand_lost_nothing(talk: Conversation):
    """They had read the row before it was moved, and save only what they changed."""
    row = messages(talk)[0]
    _ = row.content
    renew_key(by=BY, purpose="contact", owner_id=talk.contact_id)
    settle(purpose="contact", owner_id=talk.contact_id)
    row.content = {"text": "changed"}
    row.save(update_fields=["content"])
    forget_keys()
    assert messages(talk)[0].content == {"text": "changed"}


def test_the_words_of_the_log_stay_readable_under_the_key_they_were_written_with(cast: Cast, talk: Conversation):
    edit_contact(by=cast.access("ben"), contact_id=talk.contact_id, name="Ms Lin")
    rotated("--data")
    forget_keys()
    (line,) = logged("contact.edited")
    assert words_of(line) == {"name": (None, "Ms Lin")}


def test_a_process_forgets_a_key_that_another_one_destroyed(cast: Cast, talk: Conversation, monkeypatch: Any):
    key_id = talk.contact.key_id
    plain = open_key(key_id)
    destroy_keys([key_id])
    keyring._opened[key_id] = plain  # as it is in a process that had it open
    assert open_key(key_id) == plain, "within the seconds that it may"
    monkeypatch.setattr(keyring, "_asked_at", keyring._asked_at - keyring.FORGET_WITHIN_SECONDS)
    with pytest.raises(KeyGone):
        open_key(key_id)


def test_the_ages_of_keys_are_known(talk: Conversation):
    DataKey.objects.filter(purpose="contact").update(made_at=timezone.now() - timedelta(days=400))
    ages = {age.what: age.days for age in key_ages()}
    assert (ages["data keys of purpose contact"], ages["region keys"]) == (400, 0)
    assert "data keys of purpose contact: 1, the oldest 400 days old" in rotated("--status")
    assert Message.objects.for_system("the test").count() == 1
    assert Contact.objects.for_system("the test").get().key_id == talk.contact.key_id, "status changes nothing"
    assert not Media.objects.for_system("the test").exists()
