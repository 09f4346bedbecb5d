"""Dead and silent numbers, suppression, duplicates, and merges that are undone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.actions import bounces
from contacts.actions.bounces import forget_reached, note_bounces
from contacts.actions.duplicates import find_duplicates, keep_apart
from contacts.actions.edit import add_note
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.actions.suppression import suppress_contacts, unsuppress_contacts
from contacts.actions.unmerging import unmerge_contacts
from contacts.errors import MergeTooOld
from contacts.hygiene import matching
from contacts.hygiene.queries import figures, number_page, number_shapes, pair_page, pair_shapes
from contacts.models import Bounce, Contact, ContactMerge, Identity, MergeMove, Note, Suppression
from inbox.models import Case, Conversation, Message
from security.errors import NotAllowed
from tests.conftest import BY, Cast
from tests.contacts.imports.files import taken_in
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import fresh, messages, thread
from tests.worlds.webhooks import message, says

WHY = "the test"


def test_numbers_nothing_is_delivered_to_are_proposed_until_something_is(cast: Cast):
    shop, who = channel(cast.asia), cast.access("dee")
    mei = customer()
    contact = thread(shop, mei).contact
    Contact.objects.for_system(WHY).update(last_seen_at=timezone.now() - timedelta(days=2))
    an_hour_ago = timezone.now() - timedelta(hours=1)
    assert figures(access=who).bounced == 0
    Bounce.objects.create(
        contact=contact, region=cast.asia, code="131026", times=2, first_at=an_hour_ago, last_at=an_hour_ago
    )
    told = figures(access=who)
    assert (told.bounced, told.dormant, told.saves) == (1, 0, 24)
    (row,) = number_page(access=who, name="bounced", after=None, limit=10)
    assert number_shapes([row])[row.pk].bounces == 2
    says(shop, mei, message(mei))
    assert figures(access=who).bounced == 0 and forget_reached() == 1


def test_every_failure_counts_once_and_all_of_them_are_looked_through(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    shop, now = channel(cast.asia), timezone.now()
    talks = [thread(shop, customer("Mei")), thread(shop, customer("Lin"))]
    ids = [talk.contact_id for talk in talks]
    Contact.objects.for_system(WHY).update(last_seen_at=now - timedelta(days=2))
    for minutes in (30, 20, 20, 40):
        note_bounces(by=BY, failures={pk: ("131026", now - timedelta(minutes=minutes)) for pk in ids})
    assert [row.times for row in Bounce.objects.for_system(WHY)] == [2, 2]
    monkeypatch.setattr(bounces, "_AT_ONCE", 1)
    Message.objects.for_system(WHY).filter(conversation__in=talks).update(
        direction="out", status="delivered", delivered_at=now, at=now
    )
    assert forget_reached() == 2 and not Bounce.objects.for_system(WHY).exists()


def test_suppression_is_for_supervisors_in_bulk_with_a_reason_and_lifted_again(cast: Cast):
    who, talk = cast.access("dee"), thread(channel(cast.asia))
    Contact.objects.for_system(WHY).update(last_seen_at=timezone.now() - timedelta(days=200))
    assert figures(access=who).dormant == 1
    with pytest.raises(NotAllowed):
        suppress_contacts(by=cast.access("ben"), contact_ids=[talk.contact_id], why="dormant")
    for expected in ([talk.contact_id], []):
        done = suppress_contacts(by=who, contact_ids=[talk.contact_id], why="dormant", reason="Autumn cleaning")
        assert done == expected
    told = figures(access=who)
    assert (told.dormant, told.suppressed) == (0, 1) and fresh(talk.contact).suppressed_at is not None
    (row,) = number_page(access=who, name="suppressed", after=None, limit=10)
    assert number_shapes([row])[row.pk].reason == "Autumn cleaning"
    assert unsuppress_contacts(by=who, contact_ids=[talk.contact_id]) == [talk.contact_id]
    assert fresh(talk.contact).suppressed_at is None
    assert Suppression.objects.for_system(WHY).get().lifted_at is not None


def test_duplicates_are_found_by_what_they_have_in_common_and_kept_apart(cast: Cast):
    who = cast.access("dee")
    lines = ["訂單編號,客戶編號,手機,姓名,日期,總計,幣別"]
    taken_in(who, cast.asia, "\n".join([*lines, "S-1,A1,,王 小美,2026-11-01,10,TWD"]).encode(), subject="orders")
    taken_in(
        who,
        cast.asia,
        "\n".join([*lines, "#s-1,B7,0912345678,王小美,2026-11-01,10,TWD"]).encode(),
        subject="orders",
        source="shop",
    )
    taken_in(who, cast.asia, b"phone,id\n+5521987654321,M1\n")
    taken_in(who, cast.asia, b"phone,id\n+552187654321,M1\n", source="other")
    assert find_duplicates(region_id=cast.asia.pk) == 1 and find_duplicates(region_id=cast.asia.pk) == 0
    (pair,) = pair_page(access=who, after=None, limit=10)
    shape = pair_shapes([pair])[pair.pk]
    assert shape.kinds == ["name_order"] and (shape.one.orders, shape.other.orders) == (1, 1)
    assert pair_page(access=cast.access("ben"), after=None, limit=10) == []
    keep_apart(by=who, duplicate_id=pair.pk)
    assert find_duplicates(region_id=cast.asia.pk) == 0 and pair_page(access=who, after=None, limit=10) == []


def test_however_many_pairs_there_are_all_are_proposed_in_time_and_read_with_the_same_statements(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    who = cast.access("dee")
    for number, source in ((1, "a"), (1, "b"), (2, "a"), (2, "b")):
        taken_in(who, cast.asia, f"id,name\nX{number},Mei\n".encode(), source=source)
    monkeypatch.setattr(matching, "_PAIRS_MOST", 1)
    needed = []
    for count in (1, 2):
        assert find_duplicates(region_id=cast.asia.pk) == 1
        rows = pair_page(access=who, after=None, limit=10)
        with CaptureQueriesContext(connection) as asked:
            shapes = pair_shapes(rows)
        needed.append(len(asked))
        assert len(shapes) == count and {one.one.messages for one in shapes.values()} == {0}
    assert find_duplicates(region_id=cast.asia.pk) == 0 and needed[0] == needed[1]


def test_a_merge_is_undone_with_what_it_joined_and_what_came_since_stays(cast: Cast):
    shop, other, who = channel(cast.asia), channel(cast.asia), fresh_access(cast, "dee")
    mei, lin = customer("Mei Lin"), customer("Lin Mei")
    kept, merged = thread(shop, mei), thread(shop, lin)
    alone = thread(other, lin)
    add_note(by=cast.access("ben"), contact_id=merged.contact_id, text="Likes hats")
    texts = {talk.pk: [one.content for one in messages(talk)] for talk in (kept, merged, alone)}
    row = merge_contacts(by=who, kept_id=kept.contact_id, merged_id=merged.contact_id)
    assert carry_on_merging() == 1 and len(messages(fresh(kept))) == 2
    says(shop, mei, message(mei))
    unmerge_contacts(by=who, merge_id=row.pk)
    assert carry_on_merging() == 1
    assert [one.content for one in messages(fresh(merged))] == texts[merged.pk]
    assert [one.content for one in messages(fresh(alone))] == texts[alone.pk]
    assert len(messages(fresh(kept))) == 2  # its own, and what came since
    back = fresh(merged).contact
    assert (back.gone, back.profile, fresh(alone).contact_id) == ("", {"profile_name": "Lin Mei"}, back.pk)
    assert [one.contact_id for one in Note.objects.for_system(WHY)] == [back.pk]
    keys = {one.key_id for one in messages(fresh(merged))} | {one.key_id for one in messages(fresh(alone))}
    assert (
        keys == {back.key_id} and {one.key_id for one in Identity.objects.for_system(WHY).filter(contact=back)} == keys
    )
    assert not MergeMove.objects.for_system(WHY).exists()
    assert [one.number for one in Case.objects.for_system(WHY).filter(conversation=kept)] == [1]
    says(shop, lin, message(lin))  # who writes from that number is found as themselves
    assert len(messages(fresh(merged))) == 2 and Conversation.objects.for_system(WHY).count() == 3


def test_a_merge_is_undone_once_and_only_for_some_days(cast: Cast):
    shop, who = channel(cast.asia), fresh_access(cast, "dee")
    kept, merged = thread(shop), thread(shop)
    for _ in range(2):
        row = merge_contacts(by=who, kept_id=kept.contact_id, merged_id=merged.contact_id)
        assert carry_on_merging() == 1
        unmerge_contacts(by=who, merge_id=row.pk)
        assert carry_on_merging() == 1
        with pytest.raises(MergeTooOld):
            unmerge_contacts(by=who, merge_id=row.pk)
    row = merge_contacts(by=who, kept_id=kept.contact_id, merged_id=merged.contact_id)
    assert carry_on_merging() == 1
    ContactMerge.objects.for_system(WHY).filter(pk=row.pk).update(asked_at="2020-01-01T00:00:00Z")
    with pytest.raises(MergeTooOld):
        unmerge_contacts(by=who, merge_id=row.pk)
