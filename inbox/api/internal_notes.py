"""Internal notes in a conversation, and handing it over in words."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox import note_queries as queries
from inbox.actions.handovers import acknowledge_handover, hand_over
from inbox.actions.internal_notes import delete_note, edit_note, write_note
from inbox.mentions import KINDS
from inbox.models import Handover
from inbox.note_queries import MentionableShape
from inbox.note_shapes import HandoverShape, InternalNoteShape, MentionShape, handover_shapes, note_shapes
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor

_LARGEST = 2**31 - 1


class MentionSerializer(DataclassSerializer[MentionShape]):
    kind = serializers.ChoiceField(choices=KINDS)

    class Meta:
        dataclass = MentionShape
        ref_name = "Mention"


class InternalNoteSerializer(DataclassSerializer[InternalNoteShape]):
    mentions = MentionSerializer(many=True)

    class Meta:
        dataclass = InternalNoteShape
        ref_name = "InternalNote"


class HandoverSerializer(DataclassSerializer[HandoverShape]):
    ended_how = serializers.ChoiceField(choices=("acknowledged", "passed_on", "resolved"), allow_null=True)

    class Meta:
        dataclass = HandoverShape
        ref_name = "Handover"


class MentionableSerializer(DataclassSerializer[MentionableShape]):
    kind = serializers.ChoiceField(choices=KINDS)

    class Meta:
        dataclass = MentionableShape
        ref_name = "Mentionable"


class InternalNoteBody(Body):
    client_ref = serializers.CharField(max_length=64)
    text = serializers.CharField(allow_blank=True, trim_whitespace=False)
    uploads = serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False, default=list)


class NoteEdit(Body):
    text = serializers.CharField(allow_blank=True, trim_whitespace=False)


class HandoverBody(Body):
    """To a person or to a team."""

    person = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=_LARGEST)
    team = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=_LARGEST)
    asked = serializers.CharField(allow_blank=True, required=False, default="")
    done = serializers.CharField(allow_blank=True, required=False, default="")
    open = serializers.CharField(allow_blank=True, required=False, default="")


class InternalNotesView(KefuView):
    """What colleagues say of a conversation."""

    needs = {"GET": "inbox.see_conversation", "POST": "contacts.add_note"}

    @extend_schema(parameters=paged(), responses=list_of(InternalNoteSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List the internal notes of a conversation

        Newest first, as far back as the caller reads its messages. Names stand as `<@person:5>` in the text.
        """
        limit = page_size(request)
        rows = queries.note_page(
            access=self.access, conversation_id=conversation_id, after=read_cursor(request), limit=limit
        )
        shapes = {shape.id: shape for shape in note_shapes(rows)}
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: shapes[str(row.pk)],
                position=lambda row: (row.created_at.isoformat(), row.pk),
            )
        )

    @extend_schema(request=InternalNoteBody, responses={201: InternalNoteSerializer})
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Write an internal note

        The customer never sees it. People (`<@person:5>`) and teams (`<@team:2>`) named in the text are notified; only
        those who see the conversation can be named. A repeated `client_ref` answers with the first note.
        """
        body = InternalNoteBody(data=request.data)
        body.is_valid(raise_exception=True)
        note = write_note(by=self.access, conversation_id=conversation_id, **body.validated_data)
        return Response(note_shapes([note])[0], status=201)


class InternalNoteView(KefuView):
    """One internal note."""

    needs = {"PATCH": "contacts.add_note", "DELETE": "contacts.add_note"}

    @extend_schema(request=NoteEdit, responses=InternalNoteSerializer)
    def patch(self, request: Request, note_id: UUID) -> Response:
        """Edit an internal note

        Only its author. What it said before stays in the operation log.
        """
        body = NoteEdit(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(note_shapes([edit_note(by=self.access, note_id=note_id, **body.validated_data)])[0])

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, note_id: UUID) -> Response:
        """Delete an internal note

        Only its author. Its place in the thread stays, its words are in the operation log only.
        """
        delete_note(by=self.access, note_id=note_id)
        return Response(status=204)


class MentionableView(KefuView):
    """Who can be named in a note."""

    needs = {"GET": "contacts.add_note"}

    @extend_schema(responses=list_of(MentionableSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List who can be mentioned in a conversation

        Those who see it, and the teams of its region.
        """
        return Response(
            {"results": queries.mentionable(access=self.access, conversation_id=conversation_id), "next": None}
        )


class _OneHandover(KefuView):
    def shown(self, row: Handover, status: int = 200) -> Response:
        return Response(handover_shapes([row])[0], status=status)


class HandoversView(_OneHandover):
    """How a conversation was handed over."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.take_conversation"}

    @extend_schema(responses=list_of(HandoverSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List the handovers of a conversation

        Newest first, as far back as the caller reads its messages. At most one still waits for its taker.
        """
        rows = queries.handovers(access=self.access, conversation_id=conversation_id)
        return Response({"results": handover_shapes(rows), "next": None})

    @extend_schema(request=HandoverBody, responses={201: HandoverSerializer})
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Hand a conversation over

        To a person or a team of its region, with what was asked, what was done and what is open. Whether that is
        needed is a setting.
        """
        body = HandoverBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        person, team = given.pop("person"), given.pop("team")
        row = hand_over(by=self.access, conversation_id=conversation_id, person=person, team=team, summary=given)
        return self.shown(row, status=201)


class AcknowledgeView(_OneHandover):
    """The taker has read a handover."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=HandoverSerializer)
    def post(self, request: Request, handover_id: UUID) -> Response:
        """Acknowledge a handover

        By whoever it was given to, anybody of the team, or whoever has the conversation now.
        """
        return self.shown(acknowledge_handover(by=self.access, handover_id=handover_id))
