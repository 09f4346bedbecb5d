"""Replies for later."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox import queries
from inbox.actions.scheduled import cancel_scheduled, change_scheduled, schedule_reply, send_scheduled_now
from inbox.api.messages import sending_parts
from inbox.api.send_body import SendBody
from inbox.models import ScheduledReply
from inbox.models.scheduled import MEANWHILE, STATES
from inbox.scheduling import scheduled_replies, scheduled_shapes
from inbox.shapes import ScheduledReplyShape
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.errors import Invalid

_CHOICES = tuple(name for name, _ in MEANWHILE)


class ScheduledReplySerializer(DataclassSerializer[ScheduledReplyShape]):
    state = serializers.ChoiceField(choices=tuple(name for name, _ in STATES))
    meanwhile = serializers.ChoiceField(choices=_CHOICES)

    class Meta:
        dataclass = ScheduledReplyShape
        ref_name = "ScheduledReply"


class ScheduleBody(SendBody):
    """What shall be sent, when, and what becomes of it when something happens before."""

    send_at = serializers.DateTimeField()
    meanwhile = serializers.ChoiceField(choices=_CHOICES, required=False, default="ask")


class RescheduleBody(Body):
    send_at = serializers.DateTimeField(required=False)
    meanwhile = serializers.ChoiceField(choices=_CHOICES, required=False)
    text = serializers.CharField(max_length=4096, required=False, trim_whitespace=False)


class ScheduledRepliesView(KefuView):
    """What waits for its time in a conversation."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.reply_conversation"}

    @extend_schema(responses=list_of(ScheduledReplySerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List the scheduled replies of a conversation

        Those that wait, and those that need somebody's word because something happened meanwhile or they failed.
        """
        queries.conversation(access=self.access, conversation_id=conversation_id)
        rows = scheduled_replies(access=self.access, conversation_id=conversation_id)
        return Response({"results": scheduled_shapes(rows), "next": None})

    @extend_schema(request=ScheduleBody, responses={201: ScheduledReplySerializer})
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Schedule a reply

        Anything but a reaction. It leaves at `send_at` as its author, by the rules of that moment; when the customer
        writes, somebody answers or the case is closed before, `meanwhile` decides. A repeated `client_ref` is the first
        one.
        """
        body = ScheduleBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        if given["type"] == "reaction":
            raise Invalid(field="type")
        row = schedule_reply(
            by=self.access,
            conversation_id=conversation_id,
            send_at=given["send_at"],
            meanwhile=given["meanwhile"],
            **sending_parts(given),
        )
        return Response(_shown(row), status=201)


class ScheduledReplyView(KefuView):
    """One of them."""

    needs = {"PATCH": "inbox.reply_conversation", "DELETE": "inbox.reply_conversation"}

    @extend_schema(request=RescheduleBody, responses=ScheduledReplySerializer)
    def patch(self, request: Request, scheduled_id: UUID) -> Response:
        """Change a scheduled reply

        Only one's own. One that asked or failed waits again.
        """
        body = RescheduleBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(_shown(change_scheduled(by=self.access, scheduled_id=scheduled_id, **body.validated_data)))

    @extend_schema(request=None, responses={200: ScheduledReplySerializer})
    def delete(self, request: Request, scheduled_id: UUID) -> Response:
        """Cancel a scheduled reply

        One's own, or in a conversation one may answer.
        """
        return Response(_shown(cancel_scheduled(by=self.access, scheduled_id=scheduled_id)))


class SendNowView(KefuView):
    """It does not wait any longer."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=ScheduledReplySerializer)
    def post(self, request: Request, scheduled_id: UUID) -> Response:
        """Send a scheduled reply now

        Only one's own; by the rules of any reply.
        """
        return Response(_shown(send_scheduled_now(by=self.access, scheduled_id=scheduled_id)))


def _shown(row: ScheduledReply) -> ScheduledReplyShape:
    return scheduled_shapes([row])[0]
