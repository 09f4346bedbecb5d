"""The canned replies: in a list, and as a conversation needs them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox import queries as inbox_queries
from inbox.actions.canned_replies import (
    add_canned_reply,
    change_canned_reply,
    delete_canned_reply,
    restore_canned_reply,
)
from inbox.actions.reply_imports import Taken, import_replies
from inbox.canned import queries, sheets
from inbox.canned.shapes import CannedReplyShape, PreparedForShape, prepared_shape, reply_shapes
from inbox.canned.variables import VARIABLES
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.api.parsing import CarefulForm
from security.limits.table import EXPORTS


class CannedReplySerializer(DataclassSerializer[CannedReplyShape]):
    class Meta:
        dataclass = CannedReplyShape
        ref_name = "CannedReply"


class PreparedForSerializer(DataclassSerializer[PreparedForShape]):
    results = CannedReplySerializer(many=True)

    class Meta:
        dataclass = PreparedForShape
        ref_name = "ConversationReplies"


class TakenSerializer(DataclassSerializer[Taken]):
    class Meta:
        dataclass = Taken
        ref_name = "ImportedReplies"


class CannedReplyBody(Body):
    shortcut = serializers.CharField(max_length=41)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=4096)
    language = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")
    buttons = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=3, required=False, default=list
    )
    region_id = serializers.IntegerField(
        allow_null=True, required=False, default=None, min_value=1, max_value=2**31 - 1
    )
    team_id = serializers.IntegerField(allow_null=True, required=False, default=None, min_value=1, max_value=2**31 - 1)
    channel_id = serializers.UUIDField(allow_null=True, required=False, default=None)


class ImportBody(Body):
    file = serializers.FileField(max_length=1000)
    look = serializers.BooleanField(required=False, default=False)


class CannedRepliesView(KefuView):
    """The prepared answers I can use."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.reply_conversation"}

    @extend_schema(parameters=[OpenApiParameter("q", str)], responses=list_of(CannedReplySerializer))
    def get(self, request: Request) -> Response:
        """List canned replies

        My own and those of my regions; `q` looks in shortcut, title and text.
        """
        rows = queries.canned_replies(access=self.access, like=request.query_params.get("q", "").strip("/ ")[:100])
        return Response({"results": reply_shapes(rows, reader=self.access), "next": None})

    @extend_schema(request=CannedReplyBody, responses={201: CannedReplySerializer})
    def post(self, request: Request) -> Response:
        """Add a canned reply

        A personal one, or with `region_id` a region's (from senior on). Its shortcut is one word, unique in its place
        and language. Variables stand in braces, like `{contact.name}`.
        """
        row = add_canned_reply(by=self.access, **_words(request))
        return Response(reply_shapes([row], reader=self.access)[0], status=201)


class CannedReplyView(KefuView):
    """One prepared answer."""

    needs = {"PUT": "inbox.reply_conversation", "DELETE": "inbox.reply_conversation"}

    @extend_schema(request=CannedReplyBody, responses=CannedReplySerializer)
    def put(self, request: Request, reply_id: UUID) -> Response:
        """Change a canned reply

        One's own, or from senior on a region's.
        """
        row = change_canned_reply(by=self.access, reply_id=reply_id, **_words(request))
        return Response(reply_shapes([row], reader=self.access)[0])

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, reply_id: UUID) -> Response:
        """Delete a canned reply

        One's own, or from senior on a region's; it can be restored for a while.
        """
        delete_canned_reply(by=self.access, reply_id=reply_id)
        return Response(status=204)


class RestoreReplyView(KefuView):
    """A deleted one comes back."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=CannedReplySerializer)
    def post(self, request: Request, reply_id: UUID) -> Response:
        """Restore a deleted canned reply

        As it was, unless its shortcut was taken meanwhile.
        """
        row = restore_canned_reply(by=self.access, reply_id=reply_id)
        return Response(reply_shapes([row], reader=self.access)[0])


class ExportView(KefuView):
    """The prepared answers as a file."""

    needs = {"GET": "inbox.reply_conversation"}
    limits = {"GET": EXPORTS}

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """Export the canned replies

        Those I can use, as CSV in UTF-8; cells that a spreadsheet would run as a formula begin with an apostrophe.
        """
        rows = queries.canned_replies(access=self.access)
        answer = HttpResponse(sheets.written(rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="canned-replies.csv"'
        return answer


class ImportView(KefuView):
    """Prepared answers from a file."""

    needs = {"POST": "inbox.reply_conversation"}
    parser_classes = (CarefulForm,)

    @extend_schema(request={"multipart/form-data": ImportBody}, responses=TakenSerializer)
    def post(self, request: Request) -> Response:
        """Import canned replies

        From CSV with the columns of the export. The same shortcut, language and place is changed, others are added.
        When a line is odd nothing is kept, and all odd lines are named; `look` keeps nothing in any case.
        """
        body = ImportBody(data=request.data)
        body.is_valid(raise_exception=True)
        lines = sheets.read(body.validated_data["file"].read(sheets.LARGEST + 1))
        return Response(import_replies(by=self.access, lines=lines, look=body.validated_data["look"]))


class ConversationRepliesView(KefuView):
    """The prepared answers of one conversation, best first."""

    needs = {"GET": "inbox.reply_conversation"}

    @extend_schema(responses=PreparedForSerializer)
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """Rank the canned replies for a conversation

        By its language, the customer's last words, the channel, and how often and lately each was sent; `why` says what
        counted. With the values that fill in their variables.
        """
        row = inbox_queries.conversation(access=self.access, conversation_id=conversation_id)
        found = queries.replies_for(access=self.access, conversation=row)
        return Response(prepared_shape(found, reader=self.access, variables=list(VARIABLES)))


def _words(request: Request) -> dict[str, Any]:
    body = CannedReplyBody(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)
