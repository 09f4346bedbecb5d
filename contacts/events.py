"""What the live stream tells of contacts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contacts.models import ConsentEntry, Contact, Identity, Note, PurchaseFigures
from contacts.order_shapes import PurchasesShape
from contacts.policies import threads_of
from contacts.privacy.shapes import ConsentShape, ContactMergedShape
from contacts.shapes import ContactShape, NoteShape
from security.access import Scope
from security.encryption.keyring import shared_key
from security.streams import Event


class ContactChanged(Event):
    """A contact is new or its card changed. Payload: Contact."""

    kind = "contact.changed"
    payload_shape = ContactShape
    audience = "contact"

    @classmethod
    def of(
        cls, contact: Contact, identities: Iterable[Identity], *, threads: list[Scope] | None = None
    ) -> "ContactChanged":
        """``threads``: the scopes of its conversations, when the caller has read them for many contacts at once."""
        return cls(
            streams=(f"region:{contact.region_id}",),
            object_id=str(contact.pk),
            payload=ContactShape.of(contact, identities),
            key_id=contact.key_id,
            scope=_scope_of(contact, threads),
        )

    @classmethod
    def gone(cls, contact: Contact, *, left_scope: Scope) -> "ContactChanged":
        """Whoever saw it hears that it left, and nobody anything else."""
        return cls(
            streams=(f"region:{contact.region_id}",),
            object_id=str(contact.pk),
            payload=ContactShape.of(contact, ()),
            key_id=contact.key_id,
            scope={"region_id": contact.region_id, "threads": [], "gone": True},
            left_scope=dict(left_scope),
        )


@dataclass(frozen=True)
class CardRefShape:
    """Whose card it is."""

    id: str


class CardChanged(Event):
    """Something else on a contact's card changed (tags, fields, orders): whoever shows it reads it again."""

    kind = "card.changed"
    payload_shape = CardRefShape
    audience = "contact"

    @classmethod
    def of(cls, contact: Contact, *, threads: list[Scope] | None = None) -> "CardChanged":
        return cls(
            streams=(f"region:{contact.region_id}",),
            object_id=str(contact.pk),
            payload=CardRefShape(id=str(contact.pk)),
            key_id=shared_key(region_id=contact.region_id, purpose="stream"),
            scope=_scope_of(contact, threads),
        )


@dataclass(frozen=True)
class CatalogueShape:
    """``what``: tags or fields."""

    region_id: int
    what: str


class CatalogueChanged(Event):
    """The tags of a region, or its custom fields, changed; or one tag was put on many at once: whoever shows them, or
    what they are put on, reads it again."""

    kind = "catalogue.changed"
    payload_shape = CatalogueShape
    audience = "region"

    @classmethod
    def of(cls, region_id: int, what: str) -> "CatalogueChanged":
        return cls(
            streams=(f"region:{region_id}",),
            object_id=f"{what}/{region_id}",
            payload=CatalogueShape(region_id=region_id, what=what),
            key_id=shared_key(region_id=region_id, purpose="stream"),
            scope={"region_id": region_id},
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
            scope={**_scope_of(contact, None), "contact_id": str(contact.pk)},
        )


class ContactMerged(Event):
    """A contact was found to be another one: what was open of it goes on there. Told once all is moved."""

    kind = "contact.merged"
    payload_shape = ContactMergedShape
    audience = "contact"

    @classmethod
    def of(cls, kept: Contact, shape: ContactMergedShape) -> "ContactMerged":
        return cls(
            streams=(f"region:{kept.region_id}",),
            object_id=f"merge:{shape.merged_id}",
            payload=shape,
            key_id=kept.key_id,
            scope={**_scope_of(kept, None), "contact_id": str(kept.pk)},
        )


class ConsentRecorded(Event):
    """A line in the consent register of a contact. Lines are never changed."""

    kind = "consent.recorded"
    payload_shape = ConsentShape
    audience = "contact"

    @classmethod
    def of(cls, entry: ConsentEntry, shape: ConsentShape) -> "ConsentRecorded":
        return cls(
            streams=(f"region:{entry.contact.region_id}",),
            object_id=str(entry.pk),
            payload=shape,
            key_id=entry.key_id,
            scope={**_scope_of(entry.contact, None), "contact_id": str(entry.contact_id)},
        )


class PurchasesChanged(Event):
    """Orders of a contact are new or otherwise; the list is read again. Payload: what they come to."""

    kind = "contact.purchases_changed"
    payload_shape = PurchasesShape
    audience = "contact"

    @classmethod
    def of(
        cls, contact: Contact, figures: Iterable[PurchaseFigures], *, threads: list[Scope] | None = None
    ) -> "PurchasesChanged":
        return cls(
            streams=(f"region:{contact.region_id}",),
            object_id=f"purchases:{contact.pk}",
            payload=PurchasesShape.of(contact.pk, figures),
            key_id=contact.key_id,
            scope={**_scope_of(contact, threads), "contact_id": str(contact.pk)},
        )


def _scope_of(contact: Contact, threads: list[Scope] | None) -> dict[str, Any]:
    known = threads_of([contact.pk])[contact.pk] if threads is None else threads
    return {"region_id": contact.region_id, "threads": known}
