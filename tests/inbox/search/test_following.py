"""What is found follows what was said: edited, taken back, destroyed, erased, lost and built anew."""

from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.models import Contact
from contacts.search import forget_contact
from inbox.actions.internal_notes import write_note
from inbox.actions.purging import purge_due
from inbox.models import Conversation, Message
from inbox.search.indexing import forget_messages
from security.encryption.keyring import forget_keys
from security.models import DataKey, SearchEntry
from security.models.search import TEXTS
from tests.conftest import Cast
from tests.inbox.ingest.test_amendments import edited, revoked
from tests.inbox.search.finding import answer, found, rebuild
from tests.inbox.together.test_bin import bin_it
from tests.inbox.together.test_purging import due, talk_with_everything
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import conversations, messages, thread
from tests.worlds.webhooks import message, says


def test_an_edited_message_is_found_by_its_new_words_only(cast: Cast, shop: Any):
    who = customer()
    first = message(who, "text", "blue please")
    says(shop, who, first)
    says(shop, who, edited(who, first["id"], "green please"))
    assert found(cast, "ben", "blue") == []
    assert found(cast, "ben", "green") == ["green please"]


def test_an_edit_that_overtook_its_message_counts(cast: Cast, shop: Any):
    who = customer()
    first = message(who, "text", "blue please")
    says(shop, who, edited(who, first["id"], "green please"))
    says(shop, who, first)
    assert found(cast, "ben", "blue") == []
    assert found(cast, "ben", "green") == ["green please"]


def test_what_was_taken_back_is_not_found(cast: Cast, shop: Any):
    who = customer()
    first = message(who, "text", "blue please")
    says(shop, who, first)
    says(shop, who, revoked(who, first["id"]))
    assert found(cast, "ben", "blue") == []


def test_a_message_that_comes_twice_is_found_once(cast: Cast, shop: Any):
    who = customer()
    first = message(who, "text", "blue please")
    says(shop, who, first)
    says(shop, who, first)
    assert found(cast, "ben", "blue") == ["blue please"]


def test_what_is_destroyed_leaves_nothing_in_the_index(cast: Cast):
    talk = talk_with_everything(cast)
    write_note(by=cast.access("fay"), conversation_id=talk.pk, client_ref="n", text="secret inside")
    kept = SearchEntry.objects.count()
    bin_it(cast, talk)
    assert SearchEntry.objects.count() == kept, "it may come back as it was"
    due()
    assert purge_due() == 1
    left = set(SearchEntry.objects.values_list("object_id", flat=True))
    assert len(left) == 2, "the contact and the note on it"
    assert found(cast, "dee", "friendly", "notes") == ["Friendly"]
    assert rebuild(check=True).endswith("0 entries of what is not there any more\n")


def test_an_erased_contact_is_found_by_nobody_whatever_was_forgotten(cast: Cast, shop: Any):
    """Even where only the key was destroyed, and the index still points there."""
    talk = thread(shop, customer("Zebra"), "zebra stripes")
    other = thread(shop, customer("Zebra Two"), "zebra too")
    DataKey.objects.filter(pk=talk.contact.key_id).delete()
    forget_keys()
    assert found(cast, "ben", "zebra") == ["zebra too"]
    assert len(found(cast, "ben", "zebra", "contacts")) == 1
    contact = Contact.objects.for_system("the test").get(pk=talk.contact_id)
    forget_messages(talk.region_id, [row.pk for row in messages(talk)])
    forget_contact(contact)
    assert SearchEntry.objects.count() == 2
    assert "asia: 2 indexed" in rebuild(), "what does not open is indexed by nothing it says, and is not missing"
    assert found(cast, "ben", "zebra") == ["zebra too"]
    assert answer(cast, "ben", "messages", q="zebra")["next"] is None
    assert other.pk in {row.pk for row in conversations()}


def test_lost_rows_are_counted_and_built_anew(cast: Cast, shop: Any):
    for at in range(3):
        thread(shop, customer(), f"blue {at}")
    thread(channel(cast.europe), customer(), "blue elsewhere")
    SearchEntry.objects.all().delete()
    assert found(cast, "dee", "blue") == []
    with pytest.raises(CommandError, match="8 rows are not indexed"):
        rebuild(check=True)
    assert "asia: 6 indexed." in rebuild(region="asia")
    assert len(found(cast, "dee", "blue")) == 3
    assert "europe: 2 indexed." in rebuild()
    assert len(found(cast, "dee", "blue")) == 4
    assert "asia: 0 indexed." in rebuild()
    assert "0 of 3 not indexed" in rebuild(check=True)


def test_it_can_be_built_anew_from_nothing(cast: Cast, shop: Any):
    thread(shop, customer(), "blue one")
    assert "asia: 2 indexed." in rebuild(afresh=True)
    assert found(cast, "ben", "blue") == ["blue one"]
    with pytest.raises(CommandError, match="leave out --region"):
        rebuild(afresh=True, region="asia")
    with pytest.raises(CommandError, match="no region"):
        rebuild(region="mars")


def test_entries_of_what_is_gone_are_dropped(cast: Cast, shop: Any):
    talk = thread(shop, customer(), "blue one")
    Message.objects.for_system("the test").filter(conversation=talk).delete()
    assert "1 entries of what is not there any more were dropped" in rebuild()
    assert SearchEntry.objects.count() == 1


def test_nothing_in_the_index_can_be_read(cast: Cast, shop: Any):
    thread(shop, customer("Zebra"), "zebra 退款 0912345678")
    rows = _dump()
    assert rows
    for word in ("zebra", "退款", "0912345678", "Zebra"):
        assert word.encode() not in rows
        assert word.encode().hex().encode() not in rows


def _dump() -> bytes:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT object_id, tokens FROM security_searchentry")
            return repr(cursor.fetchall()).encode()
        cursor.execute(f"SELECT block FROM {TEXTS}_data")
        blocks = b"".join(bytes(row[0]) for row in cursor.fetchall())
        return blocks


def test_after_an_erasure_and_a_merge_the_check_is_content(cast: Cast, shop: Any):
    erased_one, kept, merged_one = (thread(shop, customer(name)) for name in ("Mei", "Ana", "Also Ana"))
    dee = fresh_access(cast, "dee")
    merge_contacts(by=dee, kept_id=kept.contact_id, merged_id=merged_one.contact_id)
    carry_on_merging()
    erase_contact(by=fresh_access(cast, "ana"), contact_id=erased_one.contact_id, confirm="Mei", reason="Asked")
    for _ in range(2):  # while it is still going on, and afterwards
        assert "not indexed" in rebuild(check=True)
        carry_on_erasing()


def test_the_check_fails_for_what_is_in_the_index_and_nowhere_else(cast: Cast, shop: Any):
    thread(shop, customer("Mei"))
    rebuild(check=True)
    (row,) = messages()
    Conversation.objects.for_system("the test").update(last_message=None)
    Message.objects.for_system("the test").filter(pk=row.pk).delete()
    with pytest.raises(CommandError) as refused:
        rebuild(check=True)
    assert refused.value.returncode == 1
