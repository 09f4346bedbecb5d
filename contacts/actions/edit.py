"""What agents change on a contact by hand."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.events import ContactChanged, NoteAdded
from contacts.identities import clean_name
from contacts.models import Contact, ContactsPolicy, Identity, Note
from contacts.occurrences import happened, happening
from contacts.search import index_note, reindex_contact
from security.access import Access
from security.actions.people import checked_language
from security.errors import Invalid, require
from security.writing import write


def edit_contact(*, by: Access, contact_id: object, name: str | None = None, language: str | None = None) -> Contact:
    """Rename a contact for the team (an empty name falls back to the WhatsApp profile name), or set their language."""
    with write(by=by) as change:
        contact: Contact = Contact.objects.visible_to(by).locked().get_or_404(contact_id)
        require(by.can("contacts.edit_contact"))
        if name is None and language is None:
            return contact
        called, spoke = contact.profile.get("name"), contact.language
        if name is not None:
            longest = ContactsPolicy.current().name_max
            if len(name) > longest:
                raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": longest})
            contact.profile = {**contact.profile, "name": clean_name(name, longest=longest)}
        if language is not None:
            contact.language = checked_language(language) if language else ""
        contact.version += 1
        contact.save(update_fields=["profile", "language", "version"])
        if name is not None:
            reindex_contact(contact)
        change.record(
            "contact.edited",
            contact,
            words=None if name is None else {"name": (called, contact.profile["name"])},
            **({} if language is None else {"language": [spoke, contact.language]}),
        )
        change.announce(ContactChanged.of(contact, Identity.objects.for_system("its card").filter(contact=contact)))
        happened(change, happening(change, "contact.changed", contact=contact, subject=contact))
    return contact


def add_note(*, by: Access, contact_id: object, text: str) -> Note:
    """Leave a note for the team on a contact."""
    with write(by=by) as change:
        contact: Contact = Contact.objects.visible_to(by).get_or_404(contact_id)
        require(by.can("contacts.add_note"))
        longest = ContactsPolicy.current().note_max
        if not text.strip():
            raise Invalid(field="text", message=_("Write something first."))
        if len(text) > longest:
            raise Invalid(field="text", message=_("At most %(n)s characters.") % {"n": longest})
        note = Note(contact=contact, key_id=contact.key_id, text=text.strip(), author_id=by.user_id)
        note.created_at = timezone.now()
        note.save(force_insert=True)
        index_note(note)
        change.record("contact.note_added", contact, note=str(note.pk))
        change.announce(NoteAdded.of(note))
    return note
