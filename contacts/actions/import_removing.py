"""Contacts an import made, or changed, as if it had not: only within the write of ``import_undoing``."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from contacts.events import ContactChanged
from contacts.models import (
    Bounce,
    ConsentEntry,
    Contact,
    Duplicate,
    ExternalId,
    Identity,
    ImportTrace,
    MatchKey,
    PurchaseFigures,
)
from contacts.policies import threads_of
from contacts.privacy.erased import blank
from contacts.relations import leading_to_contacts
from contacts.search import forget_cards, reindex_contact
from security.access import Access
from security.bulk import save_many
from security.encryption.keyring import destroy_keys, former_keys
from security.scoping import every_row
from security.writing import write

_WHY = "undoing an import"
# What is of the contact itself, or found out about it; with anything else it is more than the import made of it.
_ITS_OWN = (Identity, ExternalId, ImportTrace, MatchKey, Bounce, Duplicate, PurchaseFigures, ConsentEntry)


# What ``blank`` changes.
_BLANKED = (
    "profile", "key_id", "gone", "gone_at", "last_seen_at", "moved_at", "held_at", "marketing_stopped_at",
    "marketing_told_at", "suppressed_at", "language", "time_zone", "version",
)  # fmt: skip


def remove_contacts(*, by: Access, region_id: int, contacts: Sequence[Contact]) -> set[UUID]:
    """Those of which there was nothing but what the import made, with as many statements as for one. Their keys are
    destroyed; what stays are the rows, without a word of anybody, and the register of consents, which only grows and
    can not be read any more."""
    alone = _alone(contacts)
    if not alone:
        return set()
    with write(by=by) as change:
        forget_cards(region_id, alone)
        for model in (Identity, ExternalId, MatchKey, Bounce, Duplicate, PurchaseFigures):
            for column in _columns(model):
                every_row(model, _WHY).filter(**{f"{column}__in": alone}).delete()
        keys = [one.key_id for one in alone]
        for one in alone:
            blank(one, gone="undone")
        save_many(alone, _BLANKED)
        destroy_keys([*keys, *former_keys(*keys)])
        for one in alone:
            left = {"region_id": region_id, "threads": [], "object_id": str(one.pk)}
            change.record("contact.removed", one)
            change.announce(ContactChanged.gone(one, left_scope=left))
    return {one.pk for one in alone}


def _alone(contacts: Sequence[Contact]) -> list[Contact]:
    """Nobody holds them, they never wrote, and nothing of anything else leads to them."""
    quiet = {one.pk: one for one in contacts if one.held_at is None and one.last_seen_at is None}
    busy = {pk for pk, threads in threads_of(quiet).items() if threads}
    for model, column in leading_to_contacts():
        if quiet and model not in _ITS_OWN:
            rows = every_row(model, _WHY).filter(**{f"{column}__in": list(quiet)}).order_by()
            busy.update(rows.values_list(column, flat=True).distinct())
    return [one for pk, one in quiet.items() if pk not in busy]


def restore_contact(*, by: Access, contact: Contact, before: dict[str, Any]) -> None:
    """Name and language as they were, and without what the import brought."""
    with write(by=by) as change:
        for model in (Identity, ExternalId):
            every_row(model, _WHY).filter(contact=contact, pk__in=before.get("ids", [])).delete()
        profile = {name: value for name, value in contact.profile.items() if name != "name"}
        called = contact.profile.get("name")
        contact.profile = {**profile, "name": before["name"]} if before["name"] else profile
        contact.language = before["language"]
        contact.version += 1
        contact.save(update_fields=["profile", "language", "version"])
        reindex_contact(contact)
        change.record("contact.edited", contact, words={"name": (called, before["name"])})
        identities = Identity.objects.for_system(_WHY).filter(contact=contact)
        change.announce(ContactChanged.of(contact, identities))


def _columns(model: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.is_relation and field.related_model is Contact]
