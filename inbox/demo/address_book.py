"""The demo's customers as Kefu would know them after their first message: through the real address book."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from contacts.book import Book
from contacts.models import Contact, Note
from contacts.search import reindex_contact
from contacts.seen import Seen
from inbox.demo.customers import Customer
from inbox.demo.material import material
from inbox.models import Channel

_NAMED = 0.08
_NOTED = 0.12
_LANGUAGE_KNOWN = 0.3
_TITLES = ("{}（熟客）", "{}（VIP）", "{}（鄰居）", "{}")


def recognise(channel: Channel, spoke: Mapping[str, tuple[Customer, datetime, datetime]]) -> dict[str, Contact]:
    """Contacts by customer key of everybody who wrote to ``channel``; ``spoke`` gives their first and last time."""
    seen = [_seen(person, at) for person, first, last in spoke.values() for at in (first, last)]
    book = Book(channel.region, channel.waba_id, seen)
    for sighting in seen:
        book.meet(sighting)
    book.save()
    found = {}
    for key, (person, first, _) in spoke.items():
        contact = book.find(_seen(person, first))
        assert contact is not None, f"the address book lost {key}"
        found[key] = contact
    return found


def _seen(person: Customer, at: datetime) -> Seen:
    return Seen(person.bsuid, None if person.hidden else person.wa_id, person.name, person.username, at)


def annotate(
    contacts: Sequence[tuple[Customer, Contact]], authors: Mapping[str, Sequence[int]], *, now: datetime, rng: Random
) -> None:
    """What colleagues wrote down over time: names of their own, languages and notes."""
    notes = []
    for person, contact in contacts:
        if rng.random() < _NAMED:
            contact.profile = {**contact.profile, "name": rng.choice(_TITLES).format(person.called)}
        if rng.random() < _LANGUAGE_KNOWN:
            contact.language = {"zh": "zh-hant", "en": "en"}[person.language]
        contact.version += 1
        contact.save(update_fields=["profile", "language", "version"])
        reindex_contact(contact)
        if rng.random() < _NOTED:
            last = contact.last_seen_at or now
            author = rng.choice(authors[person.region])
            text = rng.choice(material("notes"))
            notes.append(Note(contact=contact, key_id=contact.key_id, text=text, author_id=author, created_at=last))
    Note.objects.bulk_create(notes)
