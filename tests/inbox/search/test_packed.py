"""What is packed by the block is found, edited, destroyed and built anew like everything else."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from contacts.actions.edit import edit_contact
from contacts.models import Contact
from contacts.search import forget_contact
from inbox.actions.purging import purge_due
from inbox.models import Message
from inbox.search.indexing import forget_messages, reindex_message
from security.actions.search import pack_settled
from security.ids import first_id_at
from security.models import SearchBlock, SearchEntry
from security.search.blocks import SIZE, Entry
from security.search.index import forget, pack, put, replace
from tests.conftest import Cast
from tests.inbox.ingest.test_amendments import edited, revoked
from tests.inbox.search.finding import found, pack_all, rebuild
from tests.inbox.together.test_bin import bin_it
from tests.inbox.together.test_purging import due, talk_with_everything
from tests.worlds.customers import customer
from tests.worlds.threads import messages, thread
from tests.worlds.webhooks import message, says

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has blocks")


def test_an_edit_takes_the_old_words_out_and_leaves_the_others_alone(cast: Cast, shop: Any):
    who = customer()
    first = message(who, "text", "blue please", ago=9)
    says(shop, who, first, message(who, "text", "blue too"))
    assert pack_all() == 3
    says(shop, who, edited(who, first["id"], "green please"))
    assert found(cast, "ben", "blue") == ["blue too"]
    assert found(cast, "ben", "green") == ["green please"]
    assert pack_all() == 2
    assert found(cast, "ben", "please") == ["green please"]
    says(shop, who, revoked(who, first["id"]))
    assert found(cast, "ben", "please") == []
    assert found(cast, "ben", "blue") == ["blue too"]


def test_what_is_destroyed_leaves_no_block_behind(cast: Cast):
    talk = talk_with_everything(cast)
    kept = thread(talk.channel, customer(), "blue stays")
    pack_all()
    ids = {row.pk for row in messages(talk)}
    assert ids & _in_blocks()
    bin_it(cast, talk)
    due()
    assert purge_due() == 1
    assert not ids & (_in_blocks() | _in_entries())
    assert found(cast, "dee", "blue") == ["blue stays"]
    assert {row.pk for row in messages(kept)} <= _in_blocks() | _in_entries()
    assert rebuild(check=True).endswith("0 entries of what is not there any more\n")


def test_an_erased_contact_is_in_no_block(cast: Cast, shop: Any):
    talk = thread(shop, customer("Zebra"), "zebra stripes")
    thread(shop, customer("Zebra Two"), "zebra too")
    pack_all()
    forget_messages(talk.region_id, [row.pk for row in messages(talk)])
    forget_contact(Contact.objects.for_system("the test").get(pk=talk.contact_id))
    assert not {row.pk for row in messages(talk)} & (_in_blocks() | _in_entries())
    assert found(cast, "ben", "zebra") == ["zebra too"]


def test_what_is_packed_is_not_missing_and_what_is_gone_is_dropped(cast: Cast, shop: Any):
    talk = thread(shop, customer(), "blue one")
    thread(shop, customer(), "blue two")
    pack_all()
    assert "0 of 2 not indexed" in rebuild(check=True)
    assert "asia: 0 indexed." in rebuild()
    Message.objects.for_system("the test").filter(conversation=talk).delete()
    assert "1 entries of what is not there any more were dropped" in rebuild()
    assert found(cast, "ben", "blue") == ["blue two"]
    assert "asia: 3 indexed." in rebuild(afresh=True), "two contacts, one message"
    assert found(cast, "ben", "blue") == ["blue two"]
    assert not SearchBlock.objects.exists()


def test_whole_blocks_of_what_is_older_than_a_day_are_packed(cast: Cast, shop: Any):
    thread(shop, customer(), "blue today")
    rows = messages()
    old = first_id_at(timezone.now() - timedelta(days=3)).int
    for at in range(SIZE + 5):
        row = Message.objects.for_system("the test").get(pk=rows[0].pk)
        row.pk, row.provider_ref, row._state.adding = type(row.pk)(int=old + at), f"wamid.{at}", True
        row.content = {"text": f"blue {at}"}
        row.save(force_insert=True)
        reindex_message(row, (row.kind, row.content))
    assert pack_settled() == SIZE
    assert pack_settled() == 0
    assert SearchBlock.objects.count() == 1
    assert SearchEntry.objects.count() == 2 + 5, "a contact, the message of today, and what fills no block"


def test_a_renamed_contact_is_found_by_the_new_name_only(cast: Cast, shop: Any):
    talk = thread(shop, customer("Zebra"), "blue")
    thread(shop, customer("Giraffe"), "blue")
    pack_all()
    edit_contact(by=cast.access("ben"), contact_id=talk.contact_id, name="Heron")
    assert len(found(cast, "ben", "heron", "contacts")) == len(found(cast, "ben", "giraffe", "contacts")) == 1
    assert talk.contact_id in _in_entries()
    assert talk.contact_id not in _in_blocks()


def test_words_must_all_be_said_by_one_of_a_block(cast: Cast, shop: Any):
    who = customer()
    says(shop, who, message(who, "text", "blue kettle", ago=5), message(who, "text", "green teapot"))
    pack_all()
    assert found(cast, "ben", "blue teapot") == []
    assert found(cast, "ben", "green teapot") == ["green teapot"]


@pytest.mark.django_db(transaction=True)
def test_who_replaces_waits_for_who_packs_and_stays_alone():
    """Else the old words would stay in the block, where nobody would look for them."""
    made = [Entry(first_id_at(timezone.now() + timedelta(seconds=at)), [1, at + 2]) for at in range(2)]
    put(made)

    def rename() -> None:
        with transaction.atomic():
            replace([Entry(made[0].object_id, [9])])
        connections.close_all()

    beside = threading.Thread(target=rename)
    with transaction.atomic():
        pack([entry.object_id for entry in made])
        beside.start()
        _until_somebody_waits()
    beside.join(20)
    assert _in_blocks() == set()
    assert dict(SearchEntry.objects.values_list("object_id", "tokens")) == {
        made[0].object_id: [9],
        made[1].object_id: [1, 3],
    }


@pytest.mark.django_db(transaction=True)
def test_who_packs_does_not_wait_for_who_forgets_and_nothing_forgotten_comes_back():
    entries = [Entry(first_id_at(timezone.now() + timedelta(seconds=at)), [1, at + 2]) for at in range(3)]
    put(entries)
    packed: list[int] = []

    def pack_beside() -> None:
        with transaction.atomic():
            packed.append(pack([entry.object_id for entry in entries]))
        connections.close_all()

    beside = threading.Thread(target=pack_beside)
    with transaction.atomic():
        forget([entries[0].object_id], list)
        beside.start()
        beside.join(20)
        assert packed == [2]
    assert forget([entries[1].object_id], list) == 1
    assert _in_entries() == {entries[2].object_id}
    assert _in_blocks() == set()


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
            if cursor.fetchone():
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waited")


def _in_blocks() -> set[Any]:
    return {pk for block in SearchBlock.objects.all() for pk in block.held}


def _in_entries() -> set[Any]:
    return set(SearchEntry.objects.values_list("object_id", flat=True))
