"""Who finds what: messages, notes and contacts, each as their own list, opened for the reader before anything else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from contacts import search as contacts
from contacts.models import Contact, Note
from inbox.mentions import without_names
from inbox.models import InternalNote, Message
from inbox.search import indexing
from inbox.search.filters import ContactFilter, ContactNoteFilter, InternalNoteFilter, MessageFilter, narrowed
from inbox.search.texts import SILENT, text_of
from security.access import Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys
from security.search.asking import Asked
from security.search.hunting import Found, Ground, Position, hunt
from security.search.policy import SearchPolicy
from security.search.spelling import NAMES, TALK

_SEE_CONTACTS = "contacts.see_contact"


@dataclass(frozen=True)
class Search:
    """What somebody looks for, narrowed by what, and after which hit."""

    access: Access
    asked: Asked
    narrowed_by: Mapping[str, Any]
    after: list[Any] | None = None


def find_messages(search: Search) -> Found:
    rows = Message.objects.visible_to(search.access).exclude(kind__in=SILENT)
    rows = rows.select_related("conversation__contact", "conversation__channel")
    rows, asked = narrowed(rows, MessageFilter, search.narrowed_by, search.access)
    kinds = indexing.marked_kinds(asked["type"].split(",")) if asked["type"] else ()
    ground = Ground(rows, "at", indexing.MESSAGES, TALK, _message_texts, by_week=True, kinds=kinds)
    return _hunt(search, ground, asked)


def find_notes(search: Search) -> Found:
    """Internal notes and, for whoever sees contacts, the notes on those, in one order."""
    of_talks = InternalNote.objects.visible_to(search.access).filter(deleted_at=None)
    of_talks = of_talks.select_related("conversation__contact", "author")
    of_talks, asked = narrowed(of_talks, InternalNoteFilter, search.narrowed_by, search.access)
    found = [_hunt(search, Ground(of_talks, "created_at", indexing.NOTES, TALK, _note_texts), asked)]
    # A note on a contact belongs to no conversation and no number of ours.
    if search.access.can(_SEE_CONTACTS) and not (asked.get("channel") or asked.get("conversation")):
        of_people = Note.objects.visible_to(search.access).select_related("contact", "author")
        of_people, asked = narrowed(of_people, ContactNoteFilter, search.narrowed_by, search.access)
        ground = Ground(of_people, "created_at", contacts.NOTES, TALK, contacts.note_texts)
        found.append(_hunt(search, ground, asked))
    return _together(found)


def find_contacts(search: Search) -> Found:
    """Those who wrote last first."""
    rows = Contact.objects.visible_to(search.access)
    rows, asked = narrowed(rows, ContactFilter, search.narrowed_by, search.access)
    rows = rows.annotate(seen_at=Coalesce(F("last_seen_at"), F("first_seen_at")))
    return _hunt(search, Ground(rows, "seen_at", contacts.CONTACTS, NAMES, contacts.contact_texts), asked)


def _hunt(search: Search, ground: Ground, asked: Mapping[str, Any]) -> Found:
    access = search.access
    mine = access.region_ids | access.extra_stream_regions
    wanted = asked.get("region")
    regions = [pk for pk in sorted(mine) if wanted is None or pk == int(wanted)]
    limits = [moment for moment in (asked.get("since"), _reads_from(access, ground)) if moment is not None]
    after: Position | None = time_and_id(search.after) if search.after is not None else None
    until: datetime | None = asked.get("until")
    if until is not None and (after is None or after[0] > until):
        after = (until, UUID(int=0))
    return hunt(ground, search.asked, region_ids=regions, since=max(limits, default=None), after=after)


def _reads_from(access: Access, ground: Ground) -> datetime | None:
    """Before it nothing is theirs to read (SE-5), unless some conversation was opened for them: so far back there is no
    need to look. What they see the query itself says."""
    return access.history_from if ground.by_week and not access.history_of else None


def _message_texts(rows: Sequence[Message]) -> dict[UUID, str]:
    open_keys(row.key_id for row in rows)
    names = indexing.file_names(rows)
    said = {row.pk: indexing.opened(row) for row in rows}
    return {pk: text_of(kind, content, names[pk]) for pk, (kind, content) in said.items()}


def _note_texts(rows: Sequence[InternalNote]) -> dict[UUID, str]:
    open_keys(row.key_id for row in rows)
    return {row.pk: without_names(indexing.opened_note(row)) for row in rows}


def _together(found: Sequence[Found]) -> Found:
    """Several lists as one: no further than where one of them has stopped, and no more than a page."""
    stops = [one.after for one in found if one.after is not None]
    stop = max(stops, default=None)
    hits = sorted((hit for one in found for hit in one.hits), key=lambda hit: (hit.at, hit.row.pk), reverse=True)
    kept = [hit for hit in hits if stop is None or (hit.at, hit.row.pk) >= stop]
    page = SearchPolicy.current().search_page
    if len(kept) > page:
        return Found(kept[:page], (kept[page - 1].at, kept[page - 1].row.pk), partial=False)
    return Found(kept, stop, partial=any(one.partial for one in found))
