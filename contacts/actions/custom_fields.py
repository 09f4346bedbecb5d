"""What is known of a contact in the fields of its region (CM-2): by hand, by rule, by import."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.events import CardChanged
from contacts.fields import Value, found_by, read_value
from contacts.models import Contact, ContactsPolicy, FieldDefinition, FieldValue
from security.access import Access, Actor
from security.encryption.blind_index import BlindIndex
from security.errors import Invalid, NotFound, require
from security.writing import Change, write

_WHY = "the fields of a contact"


def set_field(*, by: Actor, contact_id: UUID, definition_id: UUID, value: Any) -> FieldValue | None:
    """An empty value takes it away. Returns what stands there now."""
    with write(by=by) as change:
        contact = _contact(by, contact_id)
        rows = FieldDefinition.objects.for_system(_WHY).living()
        definition: FieldDefinition = rows.get_or_404(definition_id)
        return _set(change, contact, definition, value)


def set_fields(*, by: Actor, contact_id: UUID, values: Mapping[str, Any]) -> None:
    """Several at once, by the keys of their fields; one that does not fit is refused with its key, and none is set."""
    with write(by=by) as change:
        contact = _contact(by, contact_id)
        rows = FieldDefinition.objects.for_system(_WHY).living().filter(region=contact.region_id)
        known = {row.key: row for row in rows}
        for key, value in values.items():
            if key not in known:
                raise Invalid(field=key, message=_("There is no such field."))
            _set(change, contact, known[key], value)


def _contact(by: Actor, contact_id: UUID) -> Contact:
    rows: Any = Contact.objects.visible_to(by) if isinstance(by, Access) else Contact.objects.for_system(_WHY)
    contact: Contact = rows.filter(gone="").locked().get_or_404(contact_id)
    require(not isinstance(by, Access) or by.can("contacts.edit_contact"))
    return contact


def _set(change: Change, contact: Contact, definition: FieldDefinition, raw: Any) -> FieldValue | None:
    require(definition.region_id == contact.region_id, NotFound)
    value = read_value(definition, raw, longest=ContactsPolicy.current().field_value_max)
    rows = FieldValue.objects.for_system(_WHY).filter(contact=contact, definition=definition)
    row: FieldValue | None = rows.first()
    before = None if row is None else row.value
    if value == before:
        return row
    if value is None:
        if definition.required:
            raise Invalid(field=definition.key, message=_("This field must not be empty."))
        rows.delete()
        row = None
    else:
        row = row or FieldValue(contact=contact, definition=definition)
        row.key_id, row.value = contact.key_id, value
        row.digest, row.number = found_by(definition, value, BlindIndex(contact.region_id))
        row.by_id = change.by.user_id if isinstance(change.by, Access) else None
        row.at = timezone.now()
        row.save()
    words = {definition.key: (_spelled(before), _spelled(value))}
    change.record("contact.field_set", contact, field=str(definition.pk), words=words)
    change.announce(CardChanged.of(contact))
    return row


def _spelled(value: Value | None) -> str | None:
    return None if value is None else str(value)
