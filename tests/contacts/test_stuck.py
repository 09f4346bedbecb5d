"""One damaged row holds up nobody: it is set aside, named, and the others go on (CM-8, SE-7)."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.actions.destroying import StillReadable, finish
from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.models import Contact, Erasure
from contacts.privacy.proof import erasure_shapes
from contacts.privacy.queries import erasure_page
from inbox.actions.assignments import assign_conversation
from inbox.actions.replies import send_text
from inbox.models import Conversation, Message
from security.actions.renewing import begin_rotation, continue_rotation, settle_keys
from security.encryption.fields import Sealed
from security.models import DataKey
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import fresh, logged, messages, thread

DAMAGED = Sealed(b"\x01" + b"nothing that was ever sealed by anybody")


def talks(cast: Cast, count: int) -> list[Conversation]:
    shop = channel(cast.asia)
    return [thread(shop, customer(f"Number {number}")) for number in range(count)]


def damage_message(talk: Conversation) -> Message:
    row = messages(talk)[0]
    Message.objects.for_system("the test").filter(pk=row.pk).update(content=DAMAGED)
    return row


def damage_contact(talk: Conversation) -> None:
    Contact.objects.for_system("the test").filter(pk=talk.contact_id).update(profile=DAMAGED)


def status() -> str:
    out = StringIO()
    call_command("rotate_keys", "--status", stdout=out)
    return out.getvalue()


def erase(cast: Cast, talk: Conversation) -> Erasure:
    name = talk.contact.profile["profile_name"]
    return erase_contact(by=fresh_access(cast, "ana"), contact_id=talk.contact_id, confirm=name, reason="Asked")


def test_a_rotation_passes_a_damaged_row_by_and_names_it(cast: Cast):
    bad, *good = talks(cast, 3)
    row, old = damage_message(bad), bad.contact.key_id
    continue_rotation(begin_rotation(by=BY), by=BY)
    for talk in good:
        assert messages(talk)[0].key_id == fresh(talk.contact).key_id != talk.contact.key_id
    assert fresh(bad.contact).key_id != old and fresh(row).key_id == old
    DataKey.objects.filter(replaced_by__isnull=False).update(replaced_at=timezone.now() - timedelta(hours=1))
    settle_keys()
    settle_keys()
    (line,) = logged("key.row_set_aside")
    assert (line.details["kind"], line.details["row"]) == ("inbox.message", str(row.pk))
    assert not DataKey.objects.filter(replaced_by__isnull=False, settled_at=None).exists()
    assert f"inbox.message: 1 rows do not open and stay under a replaced key: {row.pk}" in status()


def test_a_contact_whose_own_row_is_damaged_holds_up_no_rotation(cast: Cast):
    bad, *good = talks(cast, 3)
    damage_contact(bad)
    rotation = continue_rotation(begin_rotation(by=BY), by=BY)
    assert rotation.ended_at is not None
    assert all(fresh(talk.contact).key_id != talk.contact.key_id for talk in good)
    assert f"contact: 1 keys could not be replaced: {bad.contact_id}" in status()


def test_a_merge_is_finished_though_a_message_is_damaged(cast: Cast):
    kept, other = talks(cast, 2)
    ben = cast.access("ben")
    assign_conversation(by=cast.access("fay"), conversation_id=other.pk, to=cast.ben.pk)
    send_text(by=ben, conversation_id=other.pk, client_ref="1", text="Good morning")
    damage_message(other)
    row = merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=other.contact_id)
    assert carry_on_merging() == 1 and fresh(row).finished_at is not None


def test_a_merge_that_cannot_go_on_holds_up_no_other(cast: Cast):
    rows = talks(cast, 4)
    dee = fresh_access(cast, "dee")
    stuck = merge_contacts(by=dee, kept_id=rows[0].contact_id, merged_id=rows[1].contact_id)
    other = merge_contacts(by=dee, kept_id=rows[2].contact_id, merged_id=rows[3].contact_id)
    damage_contact(rows[0])
    assert carry_on_merging() == 1
    assert fresh(other).finished_at is not None
    assert fresh(stuck).finished_at is None and fresh(stuck).stuck_at is not None


def test_an_erasure_that_cannot_go_on_holds_up_no_other_and_the_page_says_so(cast: Cast):
    first, second = talks(cast, 2)
    stuck, other = erase(cast, first), erase(cast, second)
    rows = Erasure.objects.for_system("the test").filter(pk=stuck.pk)
    whole = rows.get().__dict__["traces"]
    rows.update(traces=DAMAGED)
    assert carry_on_erasing() == 1 and fresh(other).finished_at is not None
    page = cast.browser("ana").get("/api/v1/erasures").json()["results"]
    assert [one["stuck_at"] is not None for one in page] == [False, True]
    rows.update(traces=whole)
    assert carry_on_erasing() == 1 and fresh(stuck).stuck_at is None


def test_an_erasure_does_not_end_while_a_key_is_there_again(cast: Cast):
    (talk,) = talks(cast, 1)
    key = DataKey.objects.get(pk=talk.contact.key_id)
    row = erase(cast, talk)
    key.save(force_insert=True)  # somebody restored the table of keys from a backup
    with pytest.raises(StillReadable):
        finish(fresh(row))
    assert carry_on_erasing() == 0 and fresh(row).finished_at is None and len(messages(talk)) == 1


def test_the_page_of_erasures_asks_the_same_few_questions_however_long_it_is(cast: Cast):
    counted: list[int] = []
    for talk in talks(cast, 3):
        erase(cast, talk)
        carry_on_erasing()
        rows: Any = erasure_page(access=cast.access("ana"), after=None, limit=50)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            erasure_shapes(rows)
        counted.append(len(asked))
    assert counted == [counted[0]] * 3
