"""Contacts and their notes."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.edit import add_note, edit_contact
from contacts.api.serializers import ContactEdit, ContactSerializer, NoteBody, NoteSerializer
from contacts.models import Contact
from contacts.policies import LABEL
from contacts.queries import contact_page, identities_by_contact, notes_of
from contacts.shapes import ContactShape, NoteShape
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.log.viewing import viewed

_TAG = OpenApiParameter("tag", str, description="ids of tags with commas between: only who has one of them")


class ContactsView(KefuView):
    """Everybody who wrote, the latest first."""

    needs = {"GET": "contacts.see_contact"}

    @extend_schema(parameters=paged(_TAG), responses=list_of(ContactSerializer))
    def get(self, request: Request) -> Response:
        """List contacts

        Everybody who wrote to a number of my regions, the latest first. Reading on past the first page is a line of the
        operation log, with how many there were.
        """
        limit, after = page_size(request), read_cursor(request)
        rows = contact_page(access=self.access, after=after, limit=limit, tag=request.query_params.get("tag", ""))
        if after is not None and rows:
            count, page = len(rows[:limit]), "/".join(map(str, after))
            viewed(self.access, "contact.listed", "security.user", self.access.user_id, rows=count, page=page)
        identities = identities_by_contact(rows)
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: ContactShape.of(row, identities[row.pk]),
                position=lambda row: (row.last_seen_at, row.pk),
            )
        )


class ContactView(KefuView):
    """One contact's card."""

    needs = {"GET": "contacts.see_contact", "PATCH": "contacts.edit_contact"}

    @extend_schema(responses=ContactSerializer)
    def get(self, request: Request, contact_id: UUID) -> Response:
        """Read a contact

        The card of one customer, with every way WhatsApp knows them.
        """
        contact = Contact.objects.visible_to(self.access).get_or_404(contact_id)
        viewed(self.access, "contact.viewed", LABEL, contact_id)
        return self._card(contact)

    @extend_schema(request=ContactEdit, responses=ContactSerializer)
    def patch(self, request: Request, contact_id: UUID) -> Response:
        """Change a contact

        The name the team uses (empty: back to the WhatsApp profile's) and the language (empty: unknown). What is left
        out stays as it is.
        """
        body = ContactEdit(data=request.data)
        body.is_valid(raise_exception=True)
        return self._card(edit_contact(by=self.access, contact_id=contact_id, **body.validated_data))

    def _card(self, contact: Contact) -> Response:
        identities = identities_by_contact([contact])[contact.pk]
        return Response(ContactShape.of(contact, identities))


class NotesView(KefuView):
    """What the team noted about a contact."""

    needs = {"GET": "contacts.see_contact", "POST": "contacts.add_note"}

    @extend_schema(responses=list_of(NoteSerializer))
    def get(self, request: Request, contact_id: UUID) -> Response:
        """List the notes on a contact

        What the team noted, newest first. Customers never see notes.
        """
        notes = [NoteShape.of(note) for note in notes_of(access=self.access, contact_id=contact_id)]
        viewed(self.access, "contact.viewed", LABEL, contact_id)
        return Response({"results": notes, "next": None})

    @extend_schema(request=NoteBody, responses={201: NoteSerializer})
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Add a note to a contact

        For the team only; notes are not changed afterwards.
        """
        body = NoteBody(data=request.data)
        body.is_valid(raise_exception=True)
        note = add_note(by=self.access, contact_id=contact_id, text=body.validated_data["text"])
        return Response(NoteShape.of(note), status=201)
