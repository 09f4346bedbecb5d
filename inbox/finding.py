"""Finding a conversation by who it is with, for the command palette: by a whole number anywhere, by a part of a name or
a number among the latest (names are sealed, and are opened to be looked at)."""

import re
from dataclasses import dataclass
from typing import Any

from contacts.models import Identity
from contacts.queries import phones_of
from contacts.shapes import ContactBriefShape
from inbox.listing import ORDERS
from inbox.models import Conversation
from inbox.queries import conversation_page, in_view
from security.access import Access
from security.encryption.blind_index import blind
from security.encryption.keyring import open_keys

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
        return []
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
        return []
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
