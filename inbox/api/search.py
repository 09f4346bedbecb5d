"""Searching what was written, noted and who wrote."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.models import Note
from contacts.policies import LABEL as CONTACT
from inbox.models.message import KINDS
from inbox.policies import CONVERSATION
from inbox.search import queries
from inbox.search.shapes import FoundContactShape, FoundMessageShape, FoundNoteShape
from inbox.search.shaping import contact_hits, message_hits, note_hits
from security.access import Access
from security.api.base import KefuView
from security.api.paging import read_cursor, write_cursor
from security.errors import Invalid
from security.log.viewing import viewed
from security.search.asking import LONGEST, understand
from security.search.hunting import Found

_Q = OpenApiParameter(
    "q", str, required=True, description="words that must all be there; what is in quotation marks, together"
)
_CURSOR = OpenApiParameter("cursor", str, description="`next` of the page before")
_TAG = OpenApiParameter("tag", str, description="ids of tags with commas between: only who has one of them")
_REGION = OpenApiParameter("region", int)
_WRITTEN = [
    OpenApiParameter("agent", str, description="who wrote it: `me` or the id of a colleague"),
    OpenApiParameter("channel", OpenApiTypes.UUID),
    OpenApiParameter("conversation", OpenApiTypes.UUID, description="only in this one"),
    OpenApiParameter("since", OpenApiTypes.DATETIME),
    OpenApiParameter("until", OpenApiTypes.DATETIME, description="before then"),
]
_OF_MESSAGES = [
    OpenApiParameter("direction", str, enum=("in", "out")),
    OpenApiParameter("type", str, description=f"one or several of {', '.join(kind for kind, _ in KINDS)}"),
]


class FoundMessageSerializer(DataclassSerializer[FoundMessageShape]):
    class Meta:
        dataclass = FoundMessageShape
        ref_name = "FoundMessage"


class FoundNoteSerializer(DataclassSerializer[FoundNoteShape]):
    class Meta:
        dataclass = FoundNoteShape
        ref_name = "FoundNote"


class FoundContactSerializer(DataclassSerializer[FoundContactShape]):
    class Meta:
        dataclass = FoundContactShape
        ref_name = "FoundContact"


def _hits_of(row: type[serializers.BaseSerializer[Any]]) -> serializers.Serializer[Any]:
    name = row.Meta.ref_name  # type: ignore[attr-defined]
    return inline_serializer(
        f"{name}Hits",
        {
            "results": row(many=True),
            "next": serializers.CharField(allow_null=True),
            "partial": serializers.BooleanField(help_text="It stopped early: go on with `next` to look further back."),
        },
    )


HITS = _hits_of(FoundMessageSerializer)


def _search(request: Request, access: Access) -> queries.Search:
    typed = request.query_params.get("q", "")
    if len(typed) > LONGEST or "\x00" in typed:
        raise Invalid(field="q")
    return queries.Search(access, understand(typed), request.query_params, read_cursor(request))


def page_of(found: Found, results: list[Any]) -> Response:
    following = None if found.after is None else write_cursor((found.after[0].isoformat(), found.after[1]))
    return Response({"results": results, "next": following, "partial": found.partial})


class SearchMessagesView(KefuView):
    """What was written."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(parameters=[_Q, *_WRITTEN, *_OF_MESSAGES, _REGION, _CURSOR], responses=HITS)
    def get(self, request: Request) -> Response:
        """Search messages

        Texts, captions, names of files, buttons, places, contact cards and orders, newest first.
        """
        found = queries.find_messages(_search(request, self.access))
        for hit in found.hits:
            viewed(self.access, "conversation.found", CONVERSATION, hit.row.conversation_id)
        return page_of(found, message_hits(found.hits))


class SearchNotesView(KefuView):
    """What the team noted."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(parameters=[_Q, *_WRITTEN, _REGION, _CURSOR], responses=_hits_of(FoundNoteSerializer))
    def get(self, request: Request) -> Response:
        """Search notes

        Internal notes of conversations and notes on contacts, newest first.
        """
        found = queries.find_notes(_search(request, self.access))
        for hit in found.hits:
            if isinstance(hit.row, Note):
                viewed(self.access, "contact.found", CONTACT, hit.row.contact_id)
            else:
                viewed(self.access, "conversation.found", CONVERSATION, hit.row.conversation_id)
        return page_of(found, note_hits(found.hits, access=self.access))


class SearchContactsView(KefuView):
    """Who wrote."""

    needs = {"GET": "contacts.see_contact"}

    @extend_schema(parameters=[_Q, _TAG, _REGION, _CURSOR], responses=_hits_of(FoundContactSerializer))
    def get(self, request: Request) -> Response:
        """Search contacts

        By the beginning of a name or by four digits of a number in a row, those who wrote last first.
        """
        found = queries.find_contacts(_search(request, self.access))
        for hit in found.hits:
            viewed(self.access, "contact.found", CONTACT, hit.row.pk)
        return page_of(found, contact_hits(found.hits, access=self.access))
