"""Tags and fields of a contact in its export, at its erasure, and when two contacts turn out to be one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contacts.field_queries import fields_on_card
from contacts.models import Contact, ContactTag, Erasure, FieldValue
from contacts.privacy.belongings import Archive, Belongings, register_belongings
from contacts.tag_queries import tags_of_contact
from security.actions.renewing import move_row
from security.writing import Change

_WHY = "what is kept of a contact"


def _count(contact: Contact) -> Mapping[str, int]:
    counts = {
        "tags": ContactTag.objects.for_system(_WHY).filter(contact=contact).count(),
        "fields": FieldValue.objects.for_system(_WHY).filter(contact=contact).count(),
    }
    return {name: count for name, count in counts.items() if count}


def _stop(change: Change, contact: Contact) -> None:
    """Tags say something of a person, and have no key that could be destroyed; values go with theirs."""
    ContactTag.objects.for_system(_WHY).filter(contact=contact).delete()
    FieldValue.objects.for_system(_WHY).filter(contact=contact).update(digest=None, number=None)


def _gather(contact: Contact, archive: Archive) -> dict[str, Any]:
    return {
        "tags": [{"name": one.name, "at": one.at} for one in tags_of_contact(contact)],
        "fields": {one.label: one.value for one in fields_on_card(contact) if one.value is not None},
    }


def _take_over(change: Change, kept: Contact, merged: Contact) -> None:
    """What the one that stays says itself holds; the rest is added."""
    rows = ContactTag.objects.for_system(_WHY)
    known = rows.filter(contact=kept).values_list("tag_id", flat=True)
    rows.filter(contact=merged).exclude(tag__in=list(known)).update(contact=kept)
    rows.filter(contact=merged).delete()
    said = set(FieldValue.objects.for_system(_WHY).filter(contact=kept).values_list("definition_id", flat=True))
    for value in FieldValue.objects.for_system(_WHY).filter(contact=merged):
        if value.definition_id in said:
            value.delete()
        else:
            value.contact = kept
            move_row(value, kept.key_id, "contact")


def _nothing(*_args: Any) -> int:
    return 0


def _lock(contact_id: UUID) -> None:
    """Whoever writes them has locked the contact."""


def _erase_some(erasure: Erasure) -> int:
    return 0


def _is_held(contact: Contact) -> bool:
    return False


BELONGINGS = Belongings(
    name="card",
    lock=_lock,
    count=_count,
    stop=_stop,
    erase_some=_erase_some,
    gather=_gather,
    held=_is_held,
    released=_nothing,
    take_over=_take_over,
    join_some=_nothing,
)


def register() -> None:
    register_belongings(BELONGINGS)
