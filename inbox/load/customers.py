"""The customers of a load world, as the address book would have written them down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from contacts import search as contacts
from contacts.models import Contact, Identity, Note
from inbox.demo.customers import draw_name
from inbox.demo.material import material
from inbox.load.findable import Findable
from inbox.load.repertoire import as_sealed
from inbox.load.rows import ContactRow, IdentityRow, NoteRow, dashed, id_at, stamp
from inbox.models import Channel
from security.encryption.blind_index import BlindIndex
from security.encryption.sealing import seal

# Country, what its numbers begin with and how many digits follow. A zero after the country's code is never given out.
_NUMBERS = {
    "asia": (("TW", "8860", 8, "Asia/Taipei"), ("HK", "8520", 7, "Asia/Hong_Kong")),
    "europe": (("GB", "440", 9, "Europe/London"), ("FR", "330", 8, "Europe/Paris")),
    "americas": (("US", "10", 9, "America/New_York"), ("CA", "10", 9, "America/Toronto")),
}
_FIRST_COUNTRY = 0.85
_NAMED = 0.08
_LANGUAGE_KNOWN = 0.3
# Neither moved nor stopped nor suppressed, nor held, erased or merged.
_NOTHING_ELSE = (None, None, None, None, None, "", None, None)
_NOTED = 0.08


@dataclass(frozen=True)
class Customer:
    """``digits`` is the number in WhatsApp's form; ``key_id`` is in hex, as rows hold it."""

    id: str
    key_id: str
    key: bytes
    digits: str
    receipts: bool

    def seal(self, place: bytes, pk: str, plain: bytes) -> bytes:
        """``place`` is ``table.column:`` of the row that holds it."""
        return seal(self.key, plain, place=place + dashed(pk).encode())


@dataclass(frozen=True)
class Card:
    """A customer's rows."""

    contact: ContactRow
    identities: tuple[IdentityRow, ...]
    notes: tuple[NoteRow, ...]
    findable: tuple[Findable, ...]


def place_of(model: type[Contact] | type[Identity] | type[Note], column: str) -> bytes:
    return f"{model._meta.db_table}.{column}:".encode()


_PROFILE = place_of(Contact, "profile")
_VALUE = place_of(Identity, "value")
_TEXT = place_of(Note, "text")


def customer_id(number: int, seen_us: int, seed: int) -> str:
    """Known without reading the database, so that an interrupted load finds its customers again."""
    return id_at(seen_us, Random(f"{seed}:contact:{number}"))


class Acquaintance:
    """Writes down who writes for the first time on ``channel``, a number of their region."""

    def __init__(self, channel: Channel, authors: Sequence[int], *, seed: int) -> None:
        self._channel = channel
        self._authors = authors
        self._seed = seed
        self._index = BlindIndex(channel.region_id)

    def meet(
        self, number: int, key: tuple[UUID, bytes], span: tuple[int, int], spoken: tuple[str, str]
    ) -> tuple[Customer, Card]:
        """``span`` is when they wrote first and last, ``spoken`` their region's code and language."""
        rng = Random(f"{self._seed}:customer:{number}")
        region, language = spoken
        country, begins, digits, zone = _NUMBERS[region][rng.random() > _FIRST_COUNTRY]
        wa_id = f"{begins}{number:0{digits}d}"
        pk = customer_id(number, span[0], self._seed)
        customer = Customer(pk, key[0].hex, key[1], wa_id, rng.random() > 1 / 12)
        name, familiar, _ = draw_name(language, region, country, rng)
        profile = {"profile_name": name, **({"name": f"{familiar}（熟客）"} if rng.random() < _NAMED else {})}
        contact = ContactRow(
            pk,
            self._channel.region_id,
            customer.key_id,
            customer.seal(_PROFILE, pk, as_sealed(profile)),
            {"zh": "zh-hant", "en": "en"}[language] if rng.random() < _LANGUAGE_KNOWN else "",
            country,
            zone,
            2,
            stamp(span[0]),
            stamp(span[1]),
            *_NOTHING_ELSE,
        )
        identities = self._identities(customer, country, span, rng)
        notes, noted = self._notes(customer, span, rng)
        called = "\n".join([*profile.values(), f"+{wa_id}"])
        found = Findable(pk, self._channel.region_id, contacts.CONTACTS, called)
        return customer, Card(contact, identities, notes, (found, *noted))

    def _identities(
        self, customer: Customer, country: str, span: tuple[int, int], rng: Random
    ) -> tuple[IdentityRow, ...]:
        portfolio = self._channel.portfolio
        bsuid = f"{country}.{rng.randrange(10**19, 10**20)}"
        known = (("bsuid", bsuid, f"{portfolio}/{bsuid}", portfolio), ("wa_id", customer.digits, customer.digits, ""))
        made = []
        for kind, value, spelled, belongs in known:
            pk = id_at(span[0], rng)
            sealed = customer.seal(_VALUE, pk, as_sealed(value))
            digest = self._index.digest(spelled, kind=kind)
            region_id, first = self._channel.region_id, stamp(span[0])
            made.append(
                IdentityRow(pk, customer.id, region_id, customer.key_id, kind, digest, sealed, belongs, 1, first, first)
            )
        return tuple(made)

    def _notes(
        self, customer: Customer, span: tuple[int, int], rng: Random
    ) -> tuple[tuple[NoteRow, ...], tuple[Findable, ...]]:
        made: list[NoteRow] = []
        found: list[Findable] = []
        if rng.random() > _NOTED:
            return (), ()
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            at = rng.randint(*span)
            pk = id_at(at, rng)
            said = str(rng.choice(material("notes")))
            text = customer.seal(_TEXT, pk, as_sealed(said))
            made.append(NoteRow(pk, customer.id, customer.key_id, text, rng.choice(self._authors), stamp(at)))
            found.append(Findable(pk, self._channel.region_id, contacts.NOTES, said))
        return tuple(made), tuple(found)


def acquaintances(
    channels: Mapping[str, Channel], authors: Mapping[str, Sequence[int]], *, seed: int
) -> dict[str, Acquaintance]:
    """By the channel's key."""
    return {key: Acquaintance(channel, authors[channel.region.code], seed=seed) for key, channel in channels.items()}
