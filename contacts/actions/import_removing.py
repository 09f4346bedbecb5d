"""Contacts an import made, or changed, as if it had not: only within the write of ``import_undoing``."""

from collections.abc import Iterator
from typing import Any

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
from contacts.search import forget_card, reindex_contact
from security.access import Access
from security.encryption.keyring import destroy_keys, former_keys
from security.scoping import every_row
from security.writing import write

_WHY = "undoing an import"
# What is of the contact itself, or found out about it; with anything else it is more than the import made of it.
_ITS_OWN = (Identity, ExternalId, ImportTrace, MatchKey, Bounce, Duplicate, PurchaseFigures, ConsentEntry)


def remove_contact(*, by: Access, contact: Contact) -> bool:
    """Whether there was nothing but what the import made. Its key is destroyed; what stays is the row, without a word
    of anybody, and the register of consents, which only grows and can not be read any more."""
    if contact.held_at is not None or contact.last_seen_at is not None or threads_of([contact.pk])[contact.pk]:
        return False
    if any(rows.exists() for rows in _others(contact)):
        return False
    with write(by=by) as change:
        left = {"region_id": contact.region_id, "threads": [], "object_id": str(contact.pk)}
        forget_card(contact)
        for model in (Identity, ExternalId, MatchKey, Bounce, Duplicate):
            for column in _columns(model):
                every_row(model, _WHY).filter(**{column: contact}).delete()
        every_row(PurchaseFigures, _WHY).filter(contact=contact).delete()
        key_id = contact.key_id
        blank(contact, gone="undone")
        contact.save()
        destroy_keys([key_id, *former_keys(key_id)])
        change.record("contact.removed", contact)
        change.announce(ContactChanged.gone(contact, left_scope=left))
    return True


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


def _others(contact: Contact) -> Iterator[Any]:
    for model, column in leading_to_contacts():
        if model not in _ITS_OWN:
            yield every_row(model, _WHY).filter(**{column: contact})


def _columns(model: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.is_relation and field.related_model is Contact]
