"""What an undone merge gives back, and what was said while two contacts were one (SR-2, SR-12)."""

from collections.abc import Callable
from typing import Any

import pytest

from contacts.actions.custom_fields import set_field
from contacts.actions.field_definitions import add_field
from contacts.actions.merging import carry_on_merging, merge_contacts
from contacts.actions.suppression import suppress_contacts, unsuppress_contacts
from contacts.actions.tagging import tag_contact
from contacts.actions.tags import add_tag
from contacts.actions.unmerging import unmerge_contacts
from contacts.models import ConsentEntry, Contact, ContactTag, FieldValue, RuleDue, Suppression
from contacts.rules.running import judge_waiting
from inbox.models import Conversation
from tests.conftest import Cast
from tests.inbox.rules.conftest import rule
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import fresh, thread
from tests.worlds.webhooks import message, says

WHY = "the test"
MEI, LIN = customer("Mei Lin"), customer("Lin Mei")
Talks = tuple[Conversation, Conversation]


@pytest.fixture
def talks(cast: Cast) -> Talks:
    shop = channel(cast.asia)
    return thread(shop, MEI), thread(shop, LIN)


def apart_again(cast: Cast, talks: Talks, meanwhile: Callable[[], Any] = lambda: None) -> tuple[Contact, Contact]:
    """Merged, ``meanwhile``, and undone: the one that stayed, and the other one."""
    who, (kept, merged) = fresh_access(cast, "dee"), talks
    row = merge_contacts(by=who, kept_id=kept.contact_id, merged_id=merged.contact_id)
    assert carry_on_merging() == 1
    meanwhile()
    unmerge_contacts(by=who, merge_id=row.pk)
    assert carry_on_merging() == 1
    return fresh(kept).contact, fresh(merged).contact


def suppressed(contact_id: object) -> list[str]:
    rows = Suppression.objects.for_system(WHY).filter(contact=contact_id, lifted_at=None)
    return list(rows.values_list("reason", flat=True))


def test_a_stop_that_was_said_meanwhile_holds_for_both_and_stands_in_both_registers(cast: Cast, talks: Talks):
    kept, merged = apart_again(cast, talks, lambda: says(talks[0].channel, LIN, message(LIN, "text", "STOP")))
    assert kept.marketing_stopped_at == merged.marketing_stopped_at is not None
    rows = ConsentEntry.objects.for_system(WHY).filter(contact=merged, purpose="marketing")
    assert [(row.given, row.source, row.evidence, row.key_id) for row in rows] == [
        (False, "message", "STOP", merged.key_id)
    ]


def test_a_stop_from_before_is_its_own_again(cast: Cast, talks: Talks):
    says(talks[0].channel, LIN, message(LIN, "text", "STOP"))
    kept, merged = apart_again(cast, talks)
    assert (kept.marketing_stopped_at, merged.marketing_stopped_at is None) == (None, False)


def test_a_suppression_moves_with_its_reason_and_goes_back(cast: Cast, talks: Talks):
    who, (stays, goes) = cast.access("dee"), (talk.contact_id for talk in talks)
    suppress_contacts(by=who, contact_ids=[goes], why="dormant", reason="silent")
    joined: list[list[str]] = []
    kept, merged = apart_again(cast, talks, lambda: joined.append(suppressed(stays)))
    assert joined == [["silent"]] and suppressed(goes) == ["silent"] and suppressed(stays) == []
    assert (kept.suppressed_at, merged.suppressed_at is None) == (None, False)


def test_whoever_was_suppressed_meanwhile_stays_so_in_both_until_it_is_lifted(cast: Cast, talks: Talks):
    who, (stays, goes) = cast.access("dee"), (talk.contact_id for talk in talks)
    kept, merged = apart_again(
        cast, talks, lambda: suppress_contacts(by=who, contact_ids=[stays], why="bounced", reason="dead")
    )
    assert None not in (kept.suppressed_at, merged.suppressed_at) and suppressed(goes) == ["dead"]
    assert unsuppress_contacts(by=who, contact_ids=[goes]) == [goes] and suppressed(goes) == []


def test_one_that_was_lifted_meanwhile_is_lifted(cast: Cast, talks: Talks):
    who, (stays, goes) = cast.access("dee"), (talk.contact_id for talk in talks)
    suppress_contacts(by=who, contact_ids=[goes], why="dormant")
    kept, merged = apart_again(cast, talks, lambda: unsuppress_contacts(by=who, contact_ids=[stays]))
    assert (kept.suppressed_at, merged.suppressed_at, suppressed(goes)) == (None, None, [])


def test_the_tag_the_value_and_the_waiting_rule_that_both_had_are_there_on_both(cast: Cast):
    who, shop = cast.access("dee"), channel(cast.asia)
    tag = add_tag(by=who, region_id=cast.asia.pk, name="VIP")
    field = add_field(by=who, region_id=cast.asia.pk, key="size", label="Size", type="text")
    rule(cast, [{"do": "tag_contact", "tag": str(tag.pk)}], after_hours=48)
    talks = thread(shop, MEI), thread(shop, LIN)
    judge_waiting(cast.asia.pk)
    for talk, size in zip(talks, ("M", "L"), strict=True):
        tag_contact(by=who, contact_id=talk.contact_id, tag_id=tag.pk)
        set_field(by=who, contact_id=talk.contact_id, definition_id=field.pk, value=size)
    digests = {row.contact_id: bytes(row.digest) for row in FieldValue.objects.for_system(WHY)}
    due = {row.contact_id: row.due_at for row in RuleDue.objects.for_system(WHY)}
    kept, merged = apart_again(cast, talks)
    assert {row.contact_id for row in ContactTag.objects.for_system(WHY)} == {kept.pk, merged.pk}
    values = {row.contact_id: row for row in FieldValue.objects.for_system(WHY)}
    assert (values[kept.pk].value, values[merged.pk].value, values[merged.pk].key_id) == ("M", "L", merged.key_id)
    assert {pk: bytes(row.digest) for pk, row in values.items()} == digests
    assert {row.contact_id: row.due_at for row in RuleDue.objects.for_system(WHY)} == due and len(due) == 2
