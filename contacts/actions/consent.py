"""Whether a person wants marketing from us: their newest word counts, however late an older one comes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from contacts.book import Book
from contacts.events import ContactChanged
from contacts.identities import clean_name
from contacts.models import Contact, ContactsPolicy, Identity
from contacts.search import reindex_contact
from contacts.seen import Seen
from security.access import Actor
from security.models import Region
from security.writing import Change, write

_WHY = "whether they want marketing"


def record_marketing_choice(*, by: Actor, region: Region, portfolio: str, seen: Seen, stopped: bool) -> None:
    """A person told WhatsApp. Somebody we do not know has nothing to be remembered at."""
    with write(by=by) as change:
        contact = Book(region, portfolio, [seen]).find(seen)
        if contact is not None:
            _choose(change, contact, stopped=stopped, at=seen.at)


def stop_marketing(*, by: Actor, contact_id: UUID, at: datetime) -> None:
    """WhatsApp refused a message because they had stopped marketing (131050)."""
    with write(by=by) as change:
        contact: Contact = Contact.objects.for_system(_WHY).locked().get(pk=contact_id)
        _choose(change, contact, stopped=True, at=at)


def learn_names(*, by: Actor, region: Region, portfolio: str, names: Sequence[tuple[Seen, str]]) -> None:
    """What the owner of the phone calls people we know, where the team has given them no name."""
    with write(by=by) as change:
        book = Book(region, portfolio, [seen for seen, _ in names])
        longest = ContactsPolicy.current().name_max
        for seen, name in names:
            contact, cleaned = book.find(seen), clean_name(name, longest=longest)
            if contact is not None and cleaned and not contact.profile.get("name"):
                contact.profile = {**contact.profile, "name": cleaned}
                change.record("contact.named", contact, words={"name": (None, cleaned)})
                _save(change, contact, "profile")
                reindex_contact(contact)


def _choose(change: Change, contact: Contact, *, stopped: bool, at: datetime) -> None:
    if contact.marketing_told_at is not None and contact.marketing_told_at > at:
        return  # a late webhook about an older choice
    known = contact.marketing_stopped_at is not None
    contact.marketing_told_at = at
    contact.marketing_stopped_at = (contact.marketing_stopped_at or at) if stopped else None
    if known != stopped:
        change.record("contact.marketing_stopped" if stopped else "contact.marketing_resumed", contact)
    _save(change, contact, "marketing_told_at", "marketing_stopped_at")


def _save(change: Change, contact: Contact, *fields: str) -> None:
    contact.version += 1
    contact.save(update_fields=[*fields, "version"])
    change.announce(ContactChanged.of(contact, Identity.objects.for_system(_WHY).filter(contact=contact)))
