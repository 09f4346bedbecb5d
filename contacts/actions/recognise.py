"""Turning the identities of incoming messages into contacts, many at a time."""

from collections.abc import Sequence

from contacts.book import Book
from contacts.events import ContactChanged
from contacts.models import Contact
from contacts.occurrences import happened, happening
from contacts.policies import threads_of
from contacts.seen import Seen
from security.access import Actor
from security.models import Region
from security.writing import write


def recognise_contacts(*, by: Actor, region: Region, portfolio: str, seen: Sequence[Seen]) -> list[Contact]:
    """The contact of each message, in their order: creates who is new, learns new ids and names, and applies WhatsApp's
    notices of new numbers and ids, so that what comes after them finds the same contact.

    Look-up order: business-scoped id, then ``wa_id`` in any of its known forms (Meta: identity facts). Never merges two
    existing contacts. A number that comes with another business-scoped id than its contact's has another owner: they
    are a contact of their own, and the operation log says so, as it does when a notice names somebody else's id.
    """
    with write(by=by) as change:
        book = Book(region, portfolio, seen)
        found = [book.meet(person) for person in seen]
        book.save()
        for finding in book.findings:
            other = {"other": str(finding.other.pk)} if finding.other else {}
            change.record(finding.action, finding.contact, **other)
        threads = threads_of(contact.pk for contact in book.changed if contact.pk not in book.newcomers)
        for contact in book.changed:
            known = threads.get(contact.pk, [])  # somebody new has no conversation yet
            change.announce(ContactChanged.of(contact, book.identities_of(contact), threads=known))
        new = [contact for contact in book.changed if contact.pk in book.newcomers]
        happened(change, *(happening(change, "contact.created", contact=one, subject=one) for one in new))
    return found
