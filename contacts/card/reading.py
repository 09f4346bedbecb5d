"""A card in one go: a fixed number of statements, whatever there is."""

from uuid import UUID

from django.utils import timezone

from contacts.card.highlights import CardFacts, highlights
from contacts.card.sections import figures_of, sections
from contacts.card.shapes import CardEntryShape, ContactCardShape
from contacts.field_queries import fields_on_card
from contacts.models import Contact, Note
from contacts.privacy.consents import consent_shapes, entries_of
from contacts.queries import identities_by_contact
from contacts.shapes import ContactShape, NoteShape
from contacts.tag_queries import tags_of_contact
from security.access import Access
from security.encryption.keyring import open_keys

AT_ONCE = 20
_WHY = "the card of a contact that was opened for its reader"


def contact_card(*, access: Access, contact_id: UUID) -> ContactCardShape:
    """All that ``access`` may see of one contact, the latest of each."""
    contact: Contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    open_keys([contact.key_id])
    found = {name: list(read(access, contact, AT_ONCE)) for name, read in sections()}
    shown: dict[str, list[CardEntryShape]] = {name: rows[:AT_ONCE] for name, rows in found.items()}
    figures = figures_of(contact)
    return ContactCardShape(
        contact=ContactShape.of(contact, identities_by_contact([contact])[contact.pk]),
        tags=tags_of_contact(contact),
        fields=fields_on_card(contact),
        consents=[one for one in consent_shapes(entries_of(contact)) if one.holds],
        notes=_notes(contact),
        figures=figures,
        sections=shown,
        more=[name for name, rows in found.items() if len(rows) > AT_ONCE],
        highlights=highlights(CardFacts(timezone.now(), shown, figures)),
    )


def _notes(contact: Contact) -> list[NoteShape]:
    rows = Note.objects.for_system(_WHY).filter(contact=contact).select_related("author").order_by("-created_at")
    return [NoteShape.of(row) for row in rows[:AT_ONCE]]
