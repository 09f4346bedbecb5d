"""The address book of one batch: loads every identity a batch mentions in one query, then works in memory."""

from collections.abc import Sequence

from django.db.models import Q

from contacts.holdings import Finding, Holdings
from contacts.identities import clean_name, country_and_zone
from contacts.models import Contact, ContactsPolicy, Identity
from contacts.search import index_contacts
from contacts.seen import Seen
from security.bulk import insert_many, save_many
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import make_keys, open_keys
from security.models import Region

WHY = "recognising who wrote"


class Book:
    """Contacts and identities of one region that a batch is about. Only ``actions`` use it: ``meet`` everybody in the
    order of their messages, then ``save``."""

    def __init__(self, region: Region, portfolio: str, seen: Sequence[Seen]) -> None:
        self.region = region
        self._longest_name = ContactsPolicy.current().name_max
        self._holdings = Holdings(BlindIndex(region.pk), portfolio)
        self._newcomers: dict[object, Contact] = {}
        self._touched: dict[object, Contact] = {}
        named = [*seen, *(person.moved.to for person in seen if person.moved)]
        self._load({place for person in named for place in self._holdings.places(person)})

    @property
    def changed(self) -> list[Contact]:
        """The contacts whose card changed."""
        return list(self._holdings.changed.values())

    @property
    def newcomers(self) -> set[object]:
        """The ids of the contacts that this batch introduces."""
        return set(self._newcomers)

    @property
    def findings(self) -> list[Finding]:
        return self._holdings.findings

    def identities_of(self, contact: Contact) -> list[Identity]:
        return self._holdings.of(contact)

    def find(self, person: Seen) -> Contact | None:
        return self._holdings.find(person)

    def meet(self, person: Seen) -> Contact:
        """Whose message this is, introduced if new; learns what it says of them. From what we wrote ourselves nothing
        is learned of somebody known: answers go to the ids that they wrote with."""
        known = self.find(person)
        if known is not None and person.by_us:
            return known
        contact = known or self._introduced(person)
        for one in self._holdings.ids(person):
            if person.moved is None or not self._holdings.knows(contact, one):  # a notice comes with the former ids
                self._holdings.learn(contact, one, person.at)
        if self._rename(contact, person):
            self._holdings.changed[contact.pk] = contact
        if not person.by_us and (contact.last_seen_at is None or contact.last_seen_at < person.at):
            contact.last_seen_at = person.at
            self._touched[contact.pk] = contact
        if person.moved is not None:
            self._holdings.move(contact, person.moved)
        return contact

    def save(self) -> None:
        """Write what was learned; numbers are given up before others take them."""
        self._give_keys()
        for contact in self.changed:
            contact.version += 1
        insert_many(list(self._newcomers.values()))
        known = [contact for contact in self.changed if contact.pk not in self._newcomers]
        save_many(known, ["profile", "version", "last_seen_at", "moved_at"])
        said = self._holdings.changed.keys() | self._newcomers.keys()
        save_many([contact for pk, contact in self._touched.items() if pk not in said], ["last_seen_at"])
        made = {identity.pk for identity in self._holdings.fresh}
        altered = [identity for pk, identity in self._holdings.altered.items() if pk not in made]
        save_many([identity for identity in altered if not identity.current], ["current"])
        save_many([identity for identity in altered if identity.current], ["current", "last_seen_at"])
        insert_many(self._holdings.fresh)
        index_contacts(self.region.pk, [(contact, self.identities_of(contact)) for contact in self.changed])

    def _load(self, digests: set[bytes]) -> None:
        known = Identity.objects.for_system(WHY).filter(region=self.region, digest__in=digests)
        # Former numbers name nobody, former business-scoped ids do.
        contact_ids = {identity.contact_id for identity in known.filter(Q(current=True) | Q(kind="bsuid"))}
        # Locked, in one order: an agent may rename a contact, another channel of the region meet the same people.
        rows = Contact.objects.for_system(WHY).locked().filter(pk__in=contact_ids).order_by("id")
        contacts = {contact.pk: contact for contact in rows}
        open_keys(contact.key_id for contact in contacts.values())
        for identity in Identity.objects.for_system(WHY).filter(contact_id__in=contact_ids).order_by("first_seen_at"):
            self._holdings.shelve(contacts[identity.contact_id], identity)

    def _introduced(self, person: Seen) -> Contact:
        country, zone = country_and_zone(person.wa_id or "")
        contact = Contact(
            region=self.region,
            profile={},
            country=country or (person.bsuid or "")[:2],
            time_zone=zone,
            first_seen_at=person.at,
        )
        self._newcomers[contact.pk] = self._holdings.changed[contact.pk] = contact
        return contact

    def _give_keys(self) -> None:
        """A data key for each newcomer, made together."""
        if not self._newcomers:
            return
        keys = make_keys(region_id=self.region.pk, purpose="contact", count=len(self._newcomers))
        for contact, key in zip(self._newcomers.values(), keys, strict=True):
            contact.key_id = key.id
            for identity in self.identities_of(contact):
                identity.key_id = key.id

    def _rename(self, contact: Contact, person: Seen) -> bool:
        profile = dict(contact.profile)
        if person.name and (name := clean_name(person.name, longest=self._longest_name)):
            profile["profile_name"] = name
        if person.username:
            profile["username"] = clean_name(person.username, longest=64)
        if profile == contact.profile:
            return False
        contact.profile = profile
        return True
