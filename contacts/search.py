"""Contacts and the notes on them in the index: names, numbers, and what the team noted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from contacts.models import Contact, Identity, Note
from contacts.queries import identities_by_contact
from security.encryption.keyring import KeyGone, open_keys
from security.encryption.sealing import Unreadable
from security.search.blocks import Entry
from security.search.index import forget, put, replace
from security.search.keyed import KeyedMarks
from security.search.pieces import pieces_of
from security.search.sources import Source, register_source
from security.search.spelling import NAMES, TALK

CONTACTS, NOTES = "contact", "contact note"
_WHY = "building the index anew"
_NUMBERS = ("wa_id", "phone")
_NAMED = ("name", "profile_name", "username")


def register() -> None:
    register_source(Source("contacts", Contact, _contacts, contact_entries))
    register_source(Source("contact notes", Note, _notes, note_entries))


def text_of(profile: Mapping[str, Any], identities: Iterable[Identity]) -> str:
    """What a contact is called and every number they had, one a line."""
    names = [str(profile[name]) for name in _NAMED if profile.get(name)]
    numbers = [f"+{identity.value}" for identity in identities if identity.kind in _NUMBERS]
    return "\n".join(dict.fromkeys([*names, *numbers]))


def index_contacts(region_id: int, known: Iterable[tuple[Contact, Iterable[Identity]]]) -> None:
    """Contacts of a region as they are called now, with all their identities."""
    marks = KeyedMarks(region_id, CONTACTS)
    replace([_of_contact(marks, contact, identities) for contact, identities in known])


def reindex_contact(contact: Contact) -> None:
    index_contacts(contact.region_id, [(contact, identities_by_contact([contact])[contact.pk])])


def index_note(note: Note) -> None:
    put(note_entries(note.region_id, [note]))


def forget_contact(contact: Contact) -> None:
    """Their card and the notes on them are about to become unreadable, or to go."""
    forget_card(contact)
    notes = list(Note.objects.for_system(_WHY).filter(contact=contact))
    forget([note.pk for note in notes], lambda: note_entries(contact.region_id, notes))


def forget_card(contact: Contact) -> None:
    """They are nobody of their own any more; what the team noted of them goes on with somebody else."""
    forget_cards(contact.region_id, [contact])


def forget_cards(region_id: int, contacts: Sequence[Contact]) -> None:
    """Of several of one region."""
    forget([one.pk for one in contacts], lambda: contact_entries(region_id, contacts))


def contact_entries(region_id: int, rows: Sequence[Contact]) -> list[Entry]:
    open_keys(row.key_id for row in rows)
    marks, identities = KeyedMarks(region_id, CONTACTS), identities_by_contact(rows)
    return [_of_contact(marks, row, identities[row.pk]) for row in rows]


def note_entries(region_id: int, rows: Sequence[Note]) -> list[Entry]:
    open_keys(row.key_id for row in rows)
    marks = KeyedMarks(region_id, NOTES)
    return [Entry(row.pk, marks.tokens(TALK.marks(pieces_of(opened_note(row))))) for row in rows]


def opened_note(row: Note) -> str:
    try:
        return str(row.text)
    except (KeyGone, Unreadable):
        return ""


def opened(contact: Contact, identities: Iterable[Identity]) -> str:
    try:
        return text_of(contact.profile, identities)
    except (KeyGone, Unreadable):
        return ""


def contact_texts(rows: Sequence[Contact]) -> dict[UUID, str]:
    """What of each can be read, in one statement for their keys and one for their numbers."""
    open_keys(row.key_id for row in rows)
    identities = identities_by_contact(rows)
    return {row.pk: opened(row, identities[row.pk]) for row in rows}


def note_texts(rows: Sequence[Note]) -> dict[UUID, str]:
    open_keys(row.key_id for row in rows)
    return {row.pk: opened_note(row) for row in rows}


def _of_contact(marks: KeyedMarks, contact: Contact, identities: Iterable[Identity]) -> Entry:
    return Entry(contact.pk, marks.tokens(NAMES.marks(pieces_of(opened(contact, identities)))))


def _contacts(region_id: int) -> Any:
    """Who was erased, or merged into somebody, is found by nothing."""
    return Contact.objects.for_system(_WHY).filter(region_id=region_id, gone="")


def _notes(region_id: int) -> Any:
    return Note.objects.for_system(_WHY).filter(contact__region_id=region_id, contact__gone="")
