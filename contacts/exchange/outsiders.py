"""Who is meant by the rows of another system: found by its id, else by their number in any of its forms, else new.

Loads everybody a batch mentions in a few queries, then works in memory, like the book of incoming messages. Only
``actions`` use it: ``meet`` each row, then ``save``.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contacts.exchange.rows import ContactRow
from contacts.hygiene.numbers import read_number
from contacts.identities import clean_name, country_and_zone, same_person_numbers
from contacts.models import Contact, ContactsPolicy, ExternalId, Identity
from contacts.search import index_contacts
from security.bulk import insert_many, save_many
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import make_keys, open_keys
from security.errors import Invalid, Missing
from security.models import Region

PHONE_OF_ANOTHER = "phone_of_another"
_WHY = "recognising whom another system means"
_LONGEST_ID = 200


def number_in(row: ContactRow) -> str | None:
    """The ``wa_id`` a row names; refuses what is no number."""
    return read_number(row.phone, country=row.country).wa_id if row.phone.strip() else None


def check_contact(row: ContactRow) -> None:
    """Raises what keeps a row from being anybody."""
    if len(row.external_id) > _LONGEST_ID:
        raise Invalid(field="external_id", message=_("At most %(n)s characters.") % {"n": _LONGEST_ID})
    if number_in(row) is None and not row.external_id.strip():
        raise Missing(field="external_id", message=_("An id of the source or a telephone number is needed."))


class Outsiders:
    """``changed`` are those whose card changed, newcomers among them."""

    def __init__(
        self, region: Region, source: str, rows: Sequence[ContactRow], *, at: datetime, also: Collection[UUID] = ()
    ) -> None:
        self.region, self.source, self.at = region, source, at
        self._index = BlindIndex(region.pk)
        self.changed: dict[UUID, Contact] = {}
        self.newcomers: dict[UUID, Contact] = {}
        self._longest_name = ContactsPolicy.current().name_max
        self._fresh: list[ExternalId | Identity] = []
        self._by_id: dict[bytes, Contact] = {}
        self._by_number: dict[bytes, Contact] = {}
        self._identities: dict[UUID, list[Identity]] = {}
        self._load(rows, also)

    def contact(self, contact_id: UUID) -> Contact:
        """One of ``also``, locked."""
        return self._contacts[contact_id]

    def find(self, row: ContactRow) -> Contact | None:
        known = self._by_id.get(self._id_digest(row)) if row.external_id else None
        return known or next((self._by_number[place] for place in self._forms(row) if place in self._by_number), None)

    def meet(self, row: ContactRow, *, overwrite: bool) -> tuple[Contact, tuple[str, ...]]:
        """Whom the row means, introduced if new, and codes of what somebody should look at. ``overwrite``: a name the
        team gave them gives way."""
        contact = self.find(row) or self._introduced(row)
        if row.external_id and self._id_digest(row) not in self._by_id:
            self._bind(contact, row)
        notes = self._learn_number(contact, row)
        self._learn_words(contact, row, overwrite=overwrite)
        return contact, notes

    def identities_of(self, contact: Contact) -> list[Identity]:
        return self._identities.get(contact.pk, [])

    def save(self) -> None:
        """Write what was learned."""
        keys = make_keys(region_id=self.region.pk, purpose="contact", count=len(self.newcomers))
        for contact, key in zip(self.newcomers.values(), keys, strict=True):
            contact.key_id = key.id
        insert_many(list(self.newcomers.values()))
        known = [contact for pk, contact in self.changed.items() if pk not in self.newcomers]
        for contact in known:
            contact.version += 1
        save_many(known, ["profile", "language", "country", "version"])
        for row in self._fresh:
            row.key_id = row.contact.key_id
        insert_many([row for row in self._fresh if isinstance(row, ExternalId)])
        insert_many([row for row in self._fresh if isinstance(row, Identity)])
        index_contacts(self.region.pk, [(one, self.identities_of(one)) for one in self.changed.values()])

    def _load(self, rows: Sequence[ContactRow], also: Collection[UUID]) -> None:
        ids = ExternalId.objects.for_system(_WHY).filter(
            region=self.region, source=self.source, digest__in={self._id_digest(row) for row in rows if row.external_id}
        )
        places = {place for row in rows for place in self._forms(row)}
        numbers = Identity.objects.for_system(_WHY).filter(
            region=self.region, digest__in=places, kind="wa_id", current=True
        )
        named = dict(ids.values_list("digest", "contact_id"))
        numbered = dict(numbers.values_list("digest", "contact_id"))
        # Locked, in one order, as everybody does who writes many of them.
        locked = Contact.objects.for_system(_WHY).locked().order_by("id")
        wanted = {*named.values(), *numbered.values(), *also}
        self._contacts: dict[UUID, Contact] = {row.pk: row for row in locked.filter(pk__in=wanted, gone="")}
        open_keys(contact.key_id for contact in self._contacts.values())
        for shelf, found in ((self._by_id, named), (self._by_number, numbered)):
            shelf |= {bytes(place): self._contacts[pk] for place, pk in found.items() if pk in self._contacts}
        held: Any = Identity.objects.for_system(_WHY).filter(contact_id__in=list(self._contacts))
        for identity in held.order_by("first_seen_at"):
            self._identities.setdefault(identity.contact_id, []).append(identity)

    def _introduced(self, row: ContactRow) -> Contact:
        country, zone = country_and_zone(number_in(row) or "")
        contact = Contact(
            region=self.region,
            profile={},
            country=country or row.country.upper()[:2],
            time_zone=zone,
            first_seen_at=self.at,
        )
        self.newcomers[contact.pk] = self.changed[contact.pk] = self._contacts[contact.pk] = contact
        return contact

    def _bind(self, contact: Contact, row: ContactRow) -> None:
        digest = self._id_digest(row)
        self._fresh.append(
            ExternalId(
                contact=contact,
                region=self.region,
                source=self.source,
                digest=digest,
                value=row.external_id,
                first_seen_at=self.at,
            )
        )
        self._by_id[digest] = contact

    def _learn_number(self, contact: Contact, row: ContactRow) -> tuple[str, ...]:
        """Another system's word takes no number from anybody: neither from somebody else, nor from the contact, whose
        own is the one they write from."""
        number, forms = number_in(row), self._forms(row)
        if number is None:
            return ()
        holders = {self._by_number[place].pk for place in forms if place in self._by_number}
        if holders:
            return () if contact.pk in holders else (PHONE_OF_ANOTHER,)
        mine = self.identities_of(contact)
        if any(bytes(identity.digest) in (*forms, self._phone_digest(number)) for identity in mine):
            return ()  # a former number, or one that is noted already
        writes = any(identity.kind == "wa_id" and identity.current for identity in mine)
        identity = Identity(
            contact=contact,
            region=self.region,
            kind="phone" if writes else "wa_id",
            digest=self._phone_digest(number) if writes else forms[0],
            value=number,
            first_seen_at=self.at,
            last_seen_at=self.at,
        )
        self._fresh.append(identity)
        self._identities.setdefault(contact.pk, []).append(identity)
        if not writes:
            self._by_number[forms[0]] = contact
        self.changed[contact.pk] = contact
        return ()

    def _learn_words(self, contact: Contact, row: ContactRow, *, overwrite: bool) -> None:
        name = clean_name(row.name or "", longest=self._longest_name)
        if name and (overwrite or not contact.profile.get("name")) and contact.profile.get("name") != name:
            contact.profile = {**contact.profile, "name": name}
            self.changed[contact.pk] = contact
        language = _spoken(row.language or "")
        if language and (overwrite or not contact.language) and contact.language != language:
            contact.language = language
            self.changed[contact.pk] = contact

    def _id_digest(self, row: ContactRow) -> bytes:
        return self._index.digest(row.external_id, kind=f"external/{self.source}")

    def _phone_digest(self, number: str) -> bytes:
        return self._index.digest(number, kind="phone")

    def _forms(self, row: ContactRow) -> list[bytes]:
        number = number_in(row)
        return [self._index.digest(form, kind="wa_id") for form in same_person_numbers(number)] if number else []


def _spoken(language: str) -> str:
    """The language of ours that theirs comes to (``zh_TW``, ``en-GB``); empty for those Kefu does not speak."""
    spelled = language.replace("_", "-").lower()
    ours = dict(settings.LANGUAGES)
    if spelled in ours:
        return spelled
    return next((code for code in ours if code.partition("-")[0] == spelled.partition("-")[0] and spelled), "")
