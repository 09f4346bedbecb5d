"""Channels: the numbers, how WhatsApp judges them, stopping and starting them."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.accounts.probing import look
from inbox.accounts.shaping import channel_detail, channel_shapes
from inbox.accounts.wording import fixed_template
from inbox.actions.channel_care import send_test
from inbox.actions.pauses import pause_by_hand, resume_by_hand
from inbox.api.channel_serializers import ChannelDetailSerializer, ChannelSerializer, PauseBody, TestBody
from inbox.api.serializers import MessageSerializer
from inbox.shaping import message_shapes
from security.api.base import KefuView
from security.api.lists import list_of


class ChannelsView(KefuView):
    """The numbers of my regions."""

    needs = {"GET": "inbox.see_channel"}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(ChannelSerializer))
    def get(self, request: Request) -> Response:
        """List channels

        The WhatsApp numbers of my regions, whether they send, and if not: why, since when and until when.
        """
        shapes = channel_shapes(queries.channels(access=self.access), self.access)
        return Response({"results": shapes, "next": None})


class OneChannel(KefuView):
    """Answers with the number as those see it who look after it."""

    def shown(self, channel_id: UUID) -> Response:
        return Response(channel_detail(queries.channel(access=self.access, channel_id=channel_id), self.access))


class ChannelView(OneChannel):
    """One number."""

    needs = {"GET": "inbox.manage_channel"}

    @extend_schema(responses=ChannelDetailSerializer)
    def get(self, request: Request, channel_id: UUID) -> Response:
        """Read a channel

        Its state, how WhatsApp judged it when last told or asked (`health.stale` says to ask anew with `check`), its
        pace, and what waits.
        """
        return self.shown(channel_id)


class CheckView(OneChannel):
    """Ask WhatsApp about the number now."""

    needs = {"POST": "inbox.manage_channel"}

    @extend_schema(request=None, responses=ChannelDetailSerializer)
    def post(self, request: Request, channel_id: UUID) -> Response:
        """Check a channel

        One call to the provider for quality, limits, name and whether the number can send. A call that fails is told in
        `health.check_error`; one that succeeds ends a pause that waits for the number to work again.
        """
        look(queries.channel(access=self.access, channel_id=channel_id), by=self.access)
        return self.shown(channel_id)


class PauseView(OneChannel):
    """Stop sending from the number."""

    needs = {"POST": "inbox.manage_channel"}

    @extend_schema(request=PauseBody, responses=ChannelDetailSerializer)
    def post(self, request: Request, channel_id: UUID) -> Response:
        """Pause a channel

        For `minutes`, or until somebody resumes it. Queued messages stay queued.
        """
        body = PauseBody(data=request.data)
        body.is_valid(raise_exception=True)
        pause_by_hand(by=self.access, channel_id=channel_id, minutes=body.validated_data.get("minutes"))
        return self.shown(channel_id)


class ResumeView(OneChannel):
    """Send again."""

    needs = {"POST": "inbox.manage_channel"}

    @extend_schema(request=None, responses=ChannelDetailSerializer)
    def post(self, request: Request, channel_id: UUID) -> Response:
        """Resume a channel

        Ends every pause of it, whoever began it; queued messages leave within seconds.
        """
        resume_by_hand(by=self.access, channel_id=channel_id)
        return self.shown(channel_id)


class TestView(KefuView):
    """Send a test from the number."""

    needs = {"POST": "inbox.manage_channel"}

    @extend_schema(request=TestBody, responses={201: MessageSerializer})
    def post(self, request: Request, channel_id: UUID) -> Response:
        """Send a test

        A short text to `phone` while its window is open, else `template`: an approved one without values to fill in.
        Its ticks come by the live stream like those of any message.
        """
        body = TestBody(data=request.data)
        body.is_valid(raise_exception=True)
        chosen, phone = body.validated_data.get("template"), body.validated_data["phone"]
        channel = queries.channel(access=self.access, channel_id=channel_id)
        template = fixed_template(channel, **chosen) if chosen else None
        message = send_test(by=self.access, channel_id=channel_id, phone=phone, template=template)
        return Response(message.told or message_shapes([message])[0], status=201)
