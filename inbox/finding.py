"""Finding a conversation by whom it is with, for the palette and the admin: by a whole number anywhere, by its blind
index; by a part of a name or a number among the latest, since both are sealed and no index holds them."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contacts.identities import same_person_numbers
from contacts.models import Identity
from contacts.queries import phones_of
from contacts.shapes import ContactBriefShape
from inbox.models import Conversation
from security.access import Access
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys
from security.regional import newest_of_regions

LOOKED_THROUGH = 2_000
_MOST = 50
_WHOLE_NUMBER = 8  # digits at least
_PART_OF_NUMBER = 3
_SIGNS = re.compile(r"[\s().+\-]+")
# What stands before a number that was written as at home: the country of each region is not known, so both are tried.
_AT_HOME = ("886", "852")
_AT_ONCE, _SHOWN_AT_ONCE = 500, 12  # with every key that is pressed in the palette


@dataclass(frozen=True)
class FoundShape:
    conversation_id: str
    contact: ContactBriefShape
    channel_name: str
    state: str


def find_conversations(*, access: Access, like: str) -> list[FoundShape]:
    """For the palette: at most twelve, among fewer; as far as ``access`` sees them, the latest first."""
    rows = conversations_of(access, like, among=_AT_ONCE)[:_SHOWN_AT_ONCE]
    briefs = _briefs(rows)
    return [
        FoundShape(conversation_id=str(row.pk), contact=briefs[row.pk], channel_name=row.channel.name, state=row.state)
        for row in rows
    ]


def conversations_of(access: Access, words: str, *, among: int = LOOKED_THROUGH) -> list[Conversation]:
    """At most fifty conversations that ``access`` sees, with the contact loaded: those of a number, then the latest
    that fit. Nothing for no words."""
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return []
    digits = _SIGNS.sub("", wanted)
    exact = _by_number(access, digits) if digits.isdecimal() and len(digits) >= _WHOLE_NUMBER else []
    known = {row.pk for row in exact}
    latest = [row for row in recent(access, among) if row.pk not in known]
    briefs = _briefs(latest)
    return [*exact, *(row for row in latest if _fits(briefs[row.pk], wanted))][:_MOST]


def recent(access: Access, count: int) -> list[Conversation]:
    """The latest that ``access`` sees."""
    rows = Conversation.objects.visible_to(access).select_related("contact", "channel", "region")
    found = list(newest_of_regions(rows, access=access, by="last_activity_at", count=count))
    open_keys(row.contact.key_id for row in found)
    return found


def _by_number(access: Access, digits: str) -> list[Conversation]:
    spelled = {digits, *same_person_numbers(digits)}
    if digits.startswith("0"):
        spelled |= {country + digits.lstrip("0") for country in _AT_HOME}
    contacts: set[UUID] = set()
    for region_id in access.region_ids | access.extra_stream_regions:
        index = BlindIndex(region_id)
        wanted = [index.digest(number, kind=kind) for number in spelled for kind in ("wa_id", "phone")]
        rows = Identity.objects.for_system("found conversations are opened for the reader below")
        contacts |= set(rows.filter(region_id=region_id, digest__in=wanted).values_list("contact_id", flat=True))
    found = Conversation.objects.visible_to(access).select_related("contact", "channel", "region")
    return list(found.filter(contact_id__in=contacts).order_by("-last_activity_at", "-pk")[:_MOST])


def _fits(brief: ContactBriefShape, wanted: str) -> bool:
    digits = re.sub(r"\D", "", wanted)
    return wanted in brief.name.casefold() or _is_part(digits, re.sub(r"\D", "", brief.phone or ""))


def _is_part(digits: str, number: str) -> bool:
    """As it is stored, or as people write it at home: 0912…, abroad: 00886…"""
    if len(digits) < _PART_OF_NUMBER:
        return False
    abroad = digits.startswith("00") and len(digits) >= _WHOLE_NUMBER
    at_home = digits.startswith("0") and digits[1:2] != "0" and len(digits) > _PART_OF_NUMBER
    return digits in number or (abroad and digits[2:] in number) or (at_home and digits[1:] in number)


def _briefs(rows: list[Conversation]) -> dict[Any, ContactBriefShape]:
    contacts = {row.contact_id: row.contact for row in rows}
    open_keys(contact.key_id for contact in contacts.values())
    phones = phones_of(contacts.values())
    return {row.pk: ContactBriefShape.of(row.contact, phones.get(row.contact_id)) for row in rows}
