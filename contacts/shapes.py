"""What the API and the live stream say of contacts: frozen shapes, decrypted when built."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contacts.identities import e164, only_zone_of
from contacts.models import Contact, Identity, Note


@dataclass(frozen=True)
class IdentityShape:
    kind: str
    value: str
    current: bool


@dataclass(frozen=True)
class ContactBriefShape:
    """A contact where only a name is needed."""

    id: str
    name: str
    phone: str | None
    language: str | None

    @classmethod
    def of(cls, contact: Contact, phone: str | None) -> "ContactBriefShape":
        return cls(
            id=str(contact.pk), name=display_name(contact, phone), phone=phone, language=contact.language or None
        )


@dataclass(frozen=True)
class ContactShape:
    id: str
    name: str
    phone: str | None
    language: str | None
    version: int
    username: str | None
    country: str | None
    region_id: int
    time_zone: str | None
    identities: list[IdentityShape]
    first_seen_at: datetime
    last_seen_at: datetime | None
    marketing_stopped_at: datetime | None
    held_at: datetime | None

    @classmethod
    def of(cls, contact: Contact, identities: Iterable[Identity]) -> "ContactShape":
        known = _once(identities)
        phone = phone_among(known)
        return cls(
            id=str(contact.pk),
            name=display_name(contact, phone),
            phone=phone,
            language=contact.language or None,
            version=contact.version,
            username=contact.profile.get("username"),
            country=contact.country or None,
            region_id=contact.region_id,
            time_zone=contact.time_zone or only_zone_of(contact.country) or None,
            identities=known,
            first_seen_at=contact.first_seen_at,
            last_seen_at=contact.last_seen_at,
            marketing_stopped_at=contact.marketing_stopped_at,
            held_at=contact.held_at,
        )


@dataclass(frozen=True)
class AuthorShape:
    id: int
    name: str


@dataclass(frozen=True)
class NoteShape:
    id: str
    contact_id: str
    text: str
    author: AuthorShape
    created_at: datetime

    @classmethod
    def of(cls, note: Note) -> "NoteShape":
        author = AuthorShape(id=note.author_id, name=note.author.name)
        return cls(
            id=str(note.pk),
            contact_id=str(note.contact_id),
            text=note.text,
            author=author,
            created_at=note.created_at,
        )


def display_name(contact: Contact, phone: str | None) -> str:
    """What agents read: the name they gave, else the profile name, else the username, else the number."""
    profile = contact.profile
    username = f"@{profile['username']}" if profile.get("username") else None
    return profile.get("name") or profile.get("profile_name") or username or phone or "—"


def _once(identities: Iterable[Identity]) -> list[IdentityShape]:
    """Portfolios may know somebody by one and the same id: told once, and as current where it is for one of them."""
    known: dict[tuple[str, str], IdentityShape] = {}
    for one in identities:
        before = known.get((one.kind, one.value))
        current = one.current or (before is not None and before.current)
        known[one.kind, one.value] = IdentityShape(kind=one.kind, value=one.value, current=current)
    return list(known.values())


def phone_among(identities: Iterable[IdentityShape]) -> str | None:
    """The current number in E.164; ``None`` for people known by business-scoped id only."""
    numbers = [e164(identity.value) for identity in identities if identity.kind == "wa_id" and identity.current]
    return next((number for number in reversed(numbers) if number), None)
