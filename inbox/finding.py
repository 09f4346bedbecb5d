"""Finding a conversation by whom it is with: a number exactly, by its blind index; a name among the most recent ones,
since names are encrypted and no index holds them."""

import re
from typing import Any
from uuid import UUID

from contacts.identities import same_person_numbers
from contacts.log_subjects import named_contacts
from contacts.models import Identity
from inbox.models import Conversation
from security.access import Access
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys
from security.regional import newest_of_regions

LOOKED_THROUGH = 2_000
_MOST = 50
_SIGNS = re.compile(r"[\s().\-]+")
_NUMBER = re.compile(r"\+?\d{6,20}")
# What stands before a number that was written as at home: the country of each region is not known, so both are tried.
_AT_HOME = ("886", "852")


def conversations_of(access: Access, words: str) -> list[Conversation]:
    """At most fifty conversations that ``access`` sees, with the contact loaded; newest first. Nothing for no words."""
    words = " ".join(words.split())
    if not words:
        return []
    bare = _SIGNS.sub("", words)
    rows = _by_number(access, bare.lstrip("+")) if _NUMBER.fullmatch(bare) else _by_name(access, words)
    open_keys(row.contact.key_id for row in rows)
    return rows


def recent(access: Access, count: int) -> list[Conversation]:
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
    return _opened(access).filter(contact_id__in=contacts)[:_MOST]


def _by_name(access: Access, words: str) -> list[Conversation]:
    rows = recent(access, LOOKED_THROUGH)
    names = named_contacts([row.contact for row in rows])
    looked_for = words.casefold()
    return [row for row in rows if looked_for in names[row.contact_id].casefold()][:_MOST]


def _opened(access: Access) -> Any:
    rows = Conversation.objects.visible_to(access).select_related("contact", "channel", "region")
    return rows.order_by("-last_activity_at", "-pk")
"""Finding a conversation by who it is with, for the command palette: by a whole number anywhere, by a part of a name or
a number among the latest (names are sealed, and are opened to be looked at)."""

from dataclasses import dataclass

from contacts.queries import phones_of
from contacts.shapes import ContactBriefShape
from inbox.listing import ORDERS
from inbox.queries import conversation_page, in_view
from security.encryption.blind_index import blind

_LOOKED_THROUGH = 500
_SHOWN = 12
_WHOLE_NUMBER = 8  # digits at least


@dataclass(frozen=True)
class FoundShape:
    conversation_id: str
    contact: ContactBriefShape
    channel_name: str
    state: str


def find_conversations(*, access: Access, like: str) -> list[FoundShape]:
    """As far as ``access`` sees them, the latest first."""
    wanted = " ".join(like.split()).casefold()
    if not wanted:
    rows = in_view(access, "any")
    latest = conversation_page(access=access, rows=rows, order=ORDERS["newest"], after=None, limit=_LOOKED_THROUGH)
    exact = _by_number(access, rows, wanted)
    known = {row.pk for row in exact}
    looked = [*exact, *(row for row in latest if row.pk not in known)]
    briefs = _briefs(looked)
    fitting = [row for row in looked if row.pk in known or _fits(briefs[row.pk], wanted)][:_SHOWN]
    return [
        FoundShape(conversation_id=str(row.pk), contact=briefs[row.pk], channel_name=row.channel.name, state=row.state)
        for row in fitting
    ]


def _by_number(access: Access, rows: Any, wanted: str) -> list[Conversation]:
    digits = re.sub(r"\D", "", wanted)
    if len(digits) < _WHOLE_NUMBER:
    digests = [blind(digits, kind="wa_id", region_id=region_id) for region_id in sorted(access.region_ids)]
    theirs = Identity.objects.for_system("whose number it is; the conversations are the reader's")
    contacts = theirs.filter(region__in=access.region_ids, digest__in=digests, current=True).values("contact_id")
    found = rows.filter(contact_id__in=contacts).select_related("contact", "channel")
    return list(found.order_by("-last_activity_at")[:_SHOWN])


def _fits(brief: ContactBriefShape, wanted: str) -> bool:
    digits = re.sub(r"\D", "", wanted).lstrip("0")  # as people write it at home: 0912…
    by_number = len(digits) > 2 and digits in re.sub(r"\D", "", brief.phone or "")
    return by_number or wanted in brief.name.casefold()


def _briefs(rows: list[Conversation]) -> dict[Any, ContactBriefShape]:
    contacts = {row.contact_id: row.contact for row in rows}
    open_keys(contact.key_id for contact in contacts.values())
    phones = phones_of(contacts.values())
    return {row.pk: ContactBriefShape.of(row.contact, phones.get(row.contact_id)) for row in rows}
