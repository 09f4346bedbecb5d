"""Which contact has which id, in memory, and what becomes of it when somebody writes or moves.

Meta's facts on identity: a business-scoped id (bsuid) is one person for ever, within its portfolio, and is replaced
when they change their number; so former ones still name their person in late webhooks. A number is only whose it is
now: the carrier hands it on, and its next owner must never get into the former one's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.identities import same_person_numbers
from contacts.models import Contact, Identity
from contacts.seen import Move, Seen
from security.encryption.blind_index import BlindIndex


@dataclass(frozen=True)
class Id:
    """One id of a person; ``digest`` is what it is looked up by."""

    kind: str
    value: str
    digest: bytes


@dataclass(frozen=True)
class Finding:
    """What belongs in the operation log; ``other`` is the second contact it is about."""

    action: str
    contact: Contact
    other: Contact | None = None


class Holdings:
    """The identities of the contacts a batch is about. ``fresh`` and ``altered`` are to be saved."""

    def __init__(self, index: BlindIndex, portfolio: str) -> None:
        self.portfolio = portfolio
        self.fresh: list[Identity] = []
        self.altered: dict[object, Identity] = {}
        self.changed: dict[object, Contact] = {}
        self.findings: list[Finding] = []
        self._index = index
        self._digests: dict[tuple[str, str], bytes] = {}
        self._of: dict[object, list[Identity]] = {}
        self._by_bsuid: dict[bytes, Contact] = {}
        self._by_number: dict[bytes, Contact] = {}

    def of(self, contact: Contact) -> list[Identity]:
        return self._of.get(contact.pk, [])

    def places(self, person: Seen) -> list[bytes]:
        """The digests under which this person may be known."""
        bsuids = [one.digest for one in self.ids(person) if one.kind == "bsuid"]
        return bsuids + (self._forms(person.wa_id) if person.wa_id else [])

    def ids(self, person: Seen) -> list[Id]:
        """What a message says of its sender. A bsuid is only unique within its portfolio."""
        said = [("bsuid", person.bsuid, f"{self.portfolio}/{person.bsuid}")] if person.bsuid else []
        said += [("wa_id", person.wa_id, person.wa_id)] if person.wa_id else []
        said += [("username", person.username, person.username)] if person.username else []
        return [Id(kind, value, self._digest(kind, hashed)) for kind, value, hashed in said]

    def shelve(self, contact: Contact, identity: Identity) -> None:
        self._of.setdefault(contact.pk, []).append(identity)
        if identity.kind == "bsuid":
            self._by_bsuid[bytes(identity.digest)] = contact
        elif identity.kind == "wa_id" and identity.current:
            self._by_number[bytes(identity.digest)] = contact

    def find(self, person: Seen) -> Contact | None:
        """By bsuid, else by a number in use, unless its owner is known to be another user."""
        places = self.places(person)
        if person.bsuid and places[0] in self._by_bsuid:
            return self._by_bsuid[places[0]]
        found = next((self._by_number[place] for place in places if place in self._by_number), None)
        return None if found is not None and person.bsuid and self._has_bsuid(found) else found

    def learn(self, contact: Contact, one: Id, at: datetime) -> None:
        """A message came with this id: it is theirs now, unless newer messages came with another."""
        mine = self._mine(contact, one)
        rivals = self._rivals(contact, one)
        former = mine is not None and not mine.current
        if any(rival.last_seen_at > at for rival in rivals) or (former and contact.moved_at and at <= contact.moved_at):
            return  # a late webhook from before the change
        if mine is not None and mine.current and not rivals:
            self._see_again(contact, mine, at)
        elif self._obtain(contact, one, at):
            self._give(contact, one, at, instead_of=rivals)

    def move(self, contact: Contact, move: Move) -> None:
        """WhatsApp says they have other ids now. Ids that belong to somebody else stay there, for a person to look at:
        two contacts are never merged by a machine. What they left is not theirs in any case."""
        at = move.to.at
        if contact.moved_at is not None and at < contact.moved_at:
            return  # a late notice about an earlier move
        new = self.ids(move.to)
        left = [i for i in self.of(contact) if i.current and i.kind in move.left and not self._among(i, move.to)]
        left = [i for i in left if i.kind != "bsuid" or i.portfolio == self.portfolio]
        had = {bytes(i.digest) for i in self.of(contact) if i.current}
        for identity in left:
            self._retire(contact, identity, at)
        for one in new:
            if one.digest in had:
                continue
            if self._obtain(contact, one, at):
                self._give(contact, one, at, instead_of=())
            else:
                self.findings.append(Finding("contact.move_needs_review", contact, self._holder(one)))
        if left or any(one.digest not in had for one in new):
            contact.moved_at = at
            self.changed[contact.pk] = contact
            self.findings.append(Finding("contact.moved", contact))

    def _give(self, contact: Contact, one: Id, at: datetime, *, instead_of: Sequence[Identity]) -> None:
        for rival in instead_of:
            self._retire(contact, rival, at)
        mine = self._mine(contact, one)
        if mine is None:
            mine = Identity(
                contact=contact,
                region_id=contact.region_id,
                key_id=contact.key_id,
                kind=one.kind,
                digest=one.digest,
                value=one.value,
                portfolio=self.portfolio if one.kind == "bsuid" else "",
                first_seen_at=at,
                last_seen_at=at,
            )
            self.fresh.append(mine)
            self.shelve(contact, mine)
        elif not mine.current:
            mine.current, mine.last_seen_at = True, max(at, mine.last_seen_at)
            self.altered[mine.pk] = mine
            if mine.kind == "wa_id":
                self._by_number[one.digest] = contact
        self.changed[contact.pk] = contact

    def _obtain(self, contact: Contact, one: Id, at: datetime) -> bool:
        """Whether ``contact`` may have it. A number is taken from its holder only when WhatsApp knows the two as two
        users, each by a bsuid: then it went to another owner. Without that they may well be one person."""
        for place in self._forms(one.value) if one.kind == "wa_id" else []:
            holder = self._by_number.get(place, contact)
            if holder is contact or not (self._has_bsuid(holder) and self._has_bsuid(contact)):
                continue
            for identity in [i for i in self.of(holder) if i.current and bytes(i.digest) == place]:
                if identity.last_seen_at <= at:
                    self._retire(holder, identity, at)
                    self.findings.append(Finding("contact.number_taken_over", contact, holder))
        return self._holder(one) in (None, contact)

    def _retire(self, contact: Contact, identity: Identity, at: datetime) -> None:
        """Not theirs any more; the window of WhatsApp does not outlive a change of identity (Meta: windows)."""
        identity.current = False
        self.altered[identity.pk] = identity
        if identity.kind == "wa_id":
            self._by_number.pop(bytes(identity.digest), None)
        contact.moved_at = max(at, contact.moved_at or at)
        self.changed[contact.pk] = contact

    def _rivals(self, contact: Contact, one: Id) -> list[Identity]:
        """Ids a person cannot have beside this one: another number, or another bsuid of the same portfolio."""
        same = set(self._forms(one.value)) if one.kind == "wa_id" else {one.digest}
        rivals = [i for i in self.of(contact) if i.kind == one.kind and i.current and bytes(i.digest) not in same]
        if one.kind == "wa_id":
            return rivals
        return [i for i in rivals if i.kind == "bsuid" and i.portfolio == self.portfolio]

    def _see_again(self, contact: Contact, mine: Identity, at: datetime) -> None:
        """Answers go to the form of the number that wrote last, so its time matters once there are two."""
        numbers = [i for i in self.of(contact) if i.kind == "wa_id"]
        if mine.kind == "wa_id" and len(numbers) > 1 and mine.last_seen_at < at:
            mine.last_seen_at = at
            self.altered[mine.pk] = mine

    def knows(self, contact: Contact, one: Id) -> bool:
        return self._mine(contact, one) is not None

    def _mine(self, contact: Contact, one: Id) -> Identity | None:
        return next((i for i in self.of(contact) if i.kind == one.kind and bytes(i.digest) == one.digest), None)

    def _holder(self, one: Id) -> Contact | None:
        shelf = {"bsuid": self._by_bsuid, "wa_id": self._by_number}.get(one.kind, {})
        return shelf.get(one.digest)

    def _has_bsuid(self, contact: Contact) -> bool:
        """Whether WhatsApp named them by a bsuid of this portfolio."""
        return any(i.kind == "bsuid" and i.current and i.portfolio == self.portfolio for i in self.of(contact))

    def _among(self, identity: Identity, person: Seen) -> bool:
        return bytes(identity.digest) in self.places(person)

    def _forms(self, wa_id: str) -> list[bytes]:
        return [self._digest("wa_id", form) for form in same_person_numbers(wa_id)]

    def _digest(self, kind: str, value: str) -> bytes:
        if (kind, value) not in self._digests:
            self._digests[kind, value] = self._index.digest(value, kind=kind)
        return self._digests[kind, value]
