"""Conversations: lists, counts, and what one does with a conversation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.actions.assignments import Place, assign_conversation, assign_to_team
from inbox.actions.payment_marks import mark_payment, unmark_payment
from inbox.actions.reading import mark_read
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.actions.typing import show_typing
from inbox.api.serializers import (
    AssignBody,
    ConversationSerializer,
    CountsSerializer,
    TeamBody,
    TypingSerializer,
)
from inbox.filtering import filtered_by
from inbox.listing import order_of
from inbox.models import Conversation, InboxPolicy
from inbox.policies import CONVERSATION
from inbox.shapes import CountsShape
from inbox.shaping import conversation_shapes
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.log.viewing import viewed

_FILTERS = (
    OpenApiParameter("view", str, enum=queries.VIEWS, description="`any` holds every state"),
    OpenApiParameter(
        "sort", str, enum=("newest", "pressing"), description="`pressing`: open ones by priority, then newest"
    ),
    OpenApiParameter("channel", OpenApiTypes.UUID),
    OpenApiParameter("contact", OpenApiTypes.UUID),
    OpenApiParameter("region", int),
    OpenApiParameter("team", int),
    OpenApiParameter("assignee", str, description="`me`, `nobody` or the id of somebody"),
    OpenApiParameter("priority", str, description="one or several of urgent, high, normal, low, with commas between"),
    OpenApiParameter("payment", bool, description="marked as payment, or not"),
    OpenApiParameter("waiting", bool, description="the customer waits for an answer, or not"),
    OpenApiParameter("language", str, description="of the contact"),
    OpenApiParameter("tag", str, description="ids with commas between: one of these is on it, or on its contact"),
)


class OneConversation(KefuView):
    """Answers with the conversation as the reader sees it."""

    def shown(self, conversation: Conversation) -> Response:
        shape = conversation_shapes([conversation], reader=self.access)[0]
        return Response(shape)


class ConversationsView(KefuView):
    """A view of the inbox."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(parameters=paged(*_FILTERS), responses=list_of(ConversationSerializer))
    def get(self, request: Request) -> Response:
        """List conversations

        One view of the inbox, newest activity first unless sorted otherwise. `next` leads to the following page.
        """
        limit, view = page_size(request), request.query_params.get("view", "all")
        filtered = filtered_by(request.query_params, queries.in_view(self.access, view), self.access)
        order = order_of(view, request.query_params.get("sort", "newest"))
        rows = queries.conversation_page(
            access=self.access, rows=filtered, order=order, after=read_cursor(request), limit=limit
        )
        shapes = {shape.id: shape for shape in conversation_shapes(rows, reader=self.access)}
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: shapes[str(row.pk)],
                position=order.position,
            )
        )


class CountsView(KefuView):
    """How many conversations each view holds for me."""

    needs = {"GET": "inbox.see_conversation"}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=CountsSerializer)
    def get(self, request: Request) -> Response:
        """Count the conversations of each view

        The numbers beside the views of the inbox, as far as the caller sees conversations.
        """
        return Response(CountsShape(**queries.view_counts(access=self.access)))


class ConversationView(OneConversation):
    """One conversation."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(responses=ConversationSerializer)
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """Read a conversation

        Its state, assignee, contact, last message, and until when a free answer may leave.
        """
        found = queries.conversation(access=self.access, conversation_id=conversation_id)
        viewed(self.access, "conversation.viewed", CONVERSATION, conversation_id)
        return self.shown(found)


class AssignView(OneConversation):
    """Give a conversation to somebody, or to nobody."""

    needs = {"POST": "inbox.take_conversation"}

    @extend_schema(request=AssignBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Assign a conversation

        To a colleague of its region who may answer, or with null to nobody. With `seen`, only while it is still there:
        else it is refused (`changed_meanwhile`).
        """
        body = AssignBody(data=request.data)
        body.is_valid(raise_exception=True)
        to, seen = body.validated_data["assignee"], _place(body.validated_data)
        return self.shown(assign_conversation(by=self.access, conversation_id=conversation_id, to=to, seen=seen))


class TeamView(OneConversation):
    """Give a conversation to a team, or to everybody."""

    needs = {"POST": "inbox.take_conversation"}

    @extend_schema(request=TeamBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Give a conversation to a team

        Of its region: it waits for anybody of that team. With null it waits for everybody again.
        """
        body = TeamBody(data=request.data)
        body.is_valid(raise_exception=True)
        team_id, seen = body.validated_data["team"], _place(body.validated_data)
        row = assign_to_team(by=self.access, conversation_id=conversation_id, team_id=team_id, seen=seen)
        return self.shown(row)


def _place(asked: dict[str, Any]) -> Place | None:
    """Where the caller saw it."""
    return Place(**asked["seen"]) if "seen" in asked else None


class _Deed(OneConversation):
    deed: Callable[..., Conversation]

    @extend_schema(request=None, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        return self.shown(type(self).deed(by=self.access, conversation_id=conversation_id))


class ResolveView(_Deed):
    """Resolve a conversation

    The running case is done; the customer's next message opens a new one.
    """

    needs = {"POST": "inbox.resolve_conversation"}
    deed = staticmethod(resolve_conversation)


class ReopenView(_Deed):
    """Reopen a conversation

    The case is not done after all.
    """

    needs = {"POST": "inbox.resolve_conversation"}
    deed = staticmethod(reopen_conversation)


class PaymentView(OneConversation):
    """Whether a conversation is about a payment."""

    needs = {"POST": "inbox.mark_payment", "DELETE": "inbox.mark_payment"}

    @extend_schema(request=None, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Mark a conversation as payment

        People with the finance duty see it from now on.
        """
        return self.shown(mark_payment(by=self.access, conversation_id=conversation_id))

    @extend_schema(request=None, responses={200: ConversationSerializer})
    def delete(self, request: Request, conversation_id: UUID) -> Response:
        """Take the payment mark off

        People with the finance duty see it no longer.
        """
        return self.shown(unmark_payment(by=self.access, conversation_id=conversation_id))


class ReadView(_Deed):
    """Mark a conversation as read

    For the caller alone; their other tabs learn of it.
    """

    needs = {"POST": "inbox.see_conversation"}
    deed = staticmethod(mark_read)


class TypingView(KefuView):
    """Somebody types an answer."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=TypingSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Show the customer that somebody types

        At most every 20 seconds: `shown` says whether it was passed on. `wanted` is false where no admin switched it
        on; a client need not ask again then.
        """
        shown = show_typing(by=self.access, conversation_id=conversation_id)
        return Response({"shown": shown, "wanted": InboxPolicy.current().send_typing})
