"""Drafts: one's own, wherever one is."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions.drafts import save_draft
from inbox.drafts import DraftShape, draft_shapes, drafts_of
from security.access import Access
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of


class DraftSerializer(DataclassSerializer[DraftShape]):
    class Meta:
        dataclass = DraftShape
        ref_name = "Draft"


class DraftFileBody(Body):
    upload = serializers.UUIDField()
    caption = serializers.CharField(max_length=4096, allow_blank=True, trim_whitespace=False, required=False)


class DraftBody(Body):
    text = serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=20_000)
    revision = serializers.IntegerField(min_value=0, max_value=2**31 - 2)
    reply_to = serializers.UUIDField(required=False, allow_null=True)
    files = DraftFileBody(many=True, required=False)


class DraftsView(KefuView):
    """What I have begun and not sent."""

    needs = {"GET": "inbox.see_conversation"}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(DraftSerializer))
    def get(self, request: Request) -> Response:
        """List my drafts

        The newest 500. Nobody else can read them.
        """
        return Response({"results": draft_shapes(drafts_of(self.access)), "next": None})


class ReplyDraftView(KefuView):
    """My answer in a conversation, before it is sent."""

    needs = {"PUT": "inbox.reply_conversation"}

    @extend_schema(request=DraftBody, responses={200: DraftSerializer, 204: None})
    def put(self, request: Request, conversation_id: UUID) -> Response:
        """Keep the draft of an answer

        `revision` is the one that was changed, 0 for a new one. Was it changed elsewhere meanwhile, the answer holds
        both texts. Empty, it is dropped (204).
        """
        return _kept(self.access, request, "reply", conversation_id)


class NoteDraftView(KefuView):
    """My note on a contact, before it is saved."""

    needs = {"PUT": "contacts.add_note"}

    @extend_schema(request=DraftBody, responses={200: DraftSerializer, 204: None})
    def put(self, request: Request, contact_id: UUID) -> Response:
        """Keep the draft of a note

        As the draft of an answer, but without files.
        """
        return _kept(self.access, request, "note", contact_id)


def _kept(access: Access, request: Request, kind: str, place_id: UUID) -> Response:
    body = DraftBody(data=request.data)
    body.is_valid(raise_exception=True)
    given = body.validated_data
    row = save_draft(
        by=access,
        kind=kind,
        place_id=place_id,
        text=given["text"],
        revision=given["revision"],
        reply_to=given.get("reply_to"),
        files=[(one["upload"], one.get("caption", "")) for one in given.get("files", ())],
    )
    return Response(status=204) if row is None else Response(draft_shapes([row])[0])
