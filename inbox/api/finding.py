"""Finding a conversation by who it is with."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.finding import FoundShape, find_conversations
from security.api.base import KefuView
from security.api.lists import list_of
from security.errors import Invalid

_LONGEST = 80


class FoundSerializer(DataclassSerializer[FoundShape]):
    class Meta:
        dataclass = FoundShape
        ref_name = "FoundConversation"


class FindConversationsView(KefuView):
    """Who somebody looks for."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(
        parameters=[OpenApiParameter("q", str, required=True, description="a name or a number, or a part of one")],
        responses=list_of(FoundSerializer),
    )
    def get(self, request: Request) -> Response:
        """Find conversations by their contact

        By a whole number among all, by a part of a name or a number among the latest 500; at most twelve.
        """
        like = request.query_params.get("q", "")
        if len(like) > _LONGEST or "\x00" in like:
            raise Invalid(field="q")
        return Response({"results": find_conversations(access=self.access, like=like), "next": None})
