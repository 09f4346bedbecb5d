"""The canned replies."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.actions.canned_replies import add_canned_reply, delete_canned_reply
from inbox.api.serializers import CannedReplyBody, CannedReplySerializer
from inbox.models import CannedReply
from inbox.shapes import CannedReplyShape
from security.access import Access
from security.api.base import KefuView
from security.api.lists import list_of


class CannedRepliesView(KefuView):
    """The prepared answers I can use."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.reply_conversation"}

    @extend_schema(parameters=[OpenApiParameter("q", str)], responses=list_of(CannedReplySerializer))
    def get(self, request: Request) -> Response:
        """List canned replies

        My own and those of my regions; `q` looks in shortcut, title and text.
        """
        rows = queries.canned_replies(access=self.access, like=request.query_params.get("q", "").strip("/ ")[:100])
        shapes = [_canned_reply(row, self.access) for row in rows]
        return Response({"results": shapes, "next": None})

    @extend_schema(request=CannedReplyBody, responses={201: CannedReplySerializer})
    def post(self, request: Request) -> Response:
        """Add a canned reply

        A personal one. Its shortcut is one word, unique among mine.
        """
        body = CannedReplyBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = add_canned_reply(by=self.access, **body.validated_data)
        return Response(_canned_reply(row, self.access), status=201)


class CannedReplyView(KefuView):
    """One prepared answer."""

    needs = {"DELETE": "inbox.reply_conversation"}

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, reply_id: UUID) -> Response:
        """Delete a canned reply

        Only one of my own.
        """
        delete_canned_reply(by=self.access, reply_id=reply_id)
        return Response(status=204)


def _canned_reply(row: CannedReply, access: Access) -> CannedReplyShape:
    return CannedReplyShape(
        id=str(row.pk), shortcut=row.shortcut, title=row.title, text=row.text, mine=row.owner_id == access.user_id
    )
