"""Shapes of what was found, for a page with a fixed number of queries."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from contacts.models import Contact, Note
from contacts.queries import phones_of
from contacts.shapes import AuthorShape, ContactBriefShape
from inbox.models import Conversation
from inbox.search.shapes import FoundContactShape, FoundMessageShape, FoundNoteShape
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of
from security.search.hunting import Hit


def message_hits(hits: Sequence[Hit]) -> list[FoundMessageShape]:
    briefs = _briefs(hit.row.conversation.contact for hit in hits)
    names = names_of(hit.row.author_id for hit in hits)
    return [
        FoundMessageShape(
            id=str(hit.row.pk),
            conversation_id=str(hit.row.conversation_id),
            contact=briefs[hit.row.conversation.contact_id],
            channel_name=hit.row.conversation.channel.name,
            region_id=hit.row.conversation.region_id,
            kind=hit.row.kind,
            direction=hit.row.direction,
            author=_author(hit.row.author_id, names),
            at=hit.at,
            excerpt=hit.excerpt,
        )
        for hit in hits
    ]


def note_hits(hits: Sequence[Hit], *, access: Access) -> list[FoundNoteShape]:
    about = {hit.row.pk: _about(hit) for hit in hits}
    briefs = _briefs(about.values())
    talks = _latest([hit.row.contact_id for hit in hits if isinstance(hit.row, Note)], access)
    return [
        FoundNoteShape(
            id=str(hit.row.pk),
            kind="contact" if isinstance(hit.row, Note) else "internal",
            conversation_id=talks.get(hit.row.contact_id)
            if isinstance(hit.row, Note)
            else str(hit.row.conversation_id),
            contact=briefs[about[hit.row.pk].pk],
            region_id=about[hit.row.pk].region_id,
            author=AuthorShape(id=hit.row.author_id, name=hit.row.author.name),
            at=hit.at,
            excerpt=hit.excerpt,
        )
        for hit in hits
    ]


def contact_hits(hits: Sequence[Hit], *, access: Access) -> list[FoundContactShape]:
    briefs = _briefs(hit.row for hit in hits)
    talks = _latest([hit.row.pk for hit in hits], access)
    return [
        FoundContactShape(
            contact=briefs[hit.row.pk],
            conversation_id=talks.get(hit.row.pk),
            region_id=hit.row.region_id,
            at=hit.at,
            excerpt=hit.excerpt,
        )
        for hit in hits
    ]


def _about(hit: Hit) -> Contact:
    found: Contact = hit.row.contact if isinstance(hit.row, Note) else hit.row.conversation.contact
    return found


def _author(pk: int | None, names: dict[int, str]) -> AuthorShape | None:
    return None if pk is None else AuthorShape(id=pk, name=names.get(pk, ""))


def _briefs(contacts: Iterable[Contact]) -> dict[UUID, ContactBriefShape]:
    known = {contact.pk: contact for contact in contacts}
    open_keys(contact.key_id for contact in known.values())
    phones = phones_of(known.values())
    return {pk: ContactBriefShape.of(contact, phones.get(pk)) for pk, contact in known.items()}


def _latest(contact_ids: Sequence[UUID], access: Access) -> dict[UUID, str]:
    """The conversation of each that was spoken in last, of those the reader sees."""
    rows = Conversation.objects.visible_to(access).filter(contact_id__in=contact_ids).order_by("last_activity_at", "pk")
    return {contact: str(pk) for contact, pk in rows.values_list("contact_id", "pk")}
