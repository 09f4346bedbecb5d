"""What the live stream tells of contacts."""

from collections.abc import Iterable

from contacts.models import Contact, Identity, Note
from contacts.shapes import ContactShape, NoteShape
from security.streams import Event


class ContactChanged(Event):
    """A contact is new or its card changed. Payload: Contact."""

    kind = "contact.changed"
    payload_shape = ContactShape
    audience = "contact"

    @classmethod
    def of(cls, contact: Contact, identities: Iterable[Identity]) -> "ContactChanged":
        return cls(
            streams=(f"region:{contact.region_id}",),
            object_id=str(contact.pk),
            payload=ContactShape.of(contact, identities),
            key_id=contact.key_id,
            scope={"region_id": contact.region_id},
        )


class NoteAdded(Event):
    """A colleague left a note on a contact. Notes are never changed, so it has no version."""

    kind = "note.added"
    payload_shape = NoteShape
    audience = "contact"

    @classmethod
    def of(cls, note: Note) -> "NoteAdded":
        contact = note.contact
        return cls(
            streams=(f"region:{contact.region_id}",),
            object_id=str(note.pk),
            payload=NoteShape.of(note),
            key_id=note.key_id,
            scope={"region_id": contact.region_id, "contact_id": str(contact.pk)},
        )
