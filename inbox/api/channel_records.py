"""What came from WhatsApp about a channel: account events, stored webhook bodies, templates, flows."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.accounts.shaping import event_shape, webhook_shape
from inbox.accounts.wording import approved_templates, published_flows
from inbox.actions.channel_care import replay_webhooks, see_account_events
from inbox.api.channel_serializers import (
    AccountEventSerializer,
    FlowSerializer,
    ReplaySerializer,
    TemplateSerializer,
    WebhookSerializer,
)
from inbox.channel_shapes import ReplayShape
from inbox.policies import CHANNEL
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.log.viewing import viewed

_BODIES = 20


class EventsView(KefuView):
    """What WhatsApp told of the number and its account."""

    needs = {"GET": "inbox.manage_channel"}

    @extend_schema(parameters=paged(), responses=list_of(AccountEventSerializer))
    def get(self, request: Request, channel_id: UUID) -> Response:
        """List account events

        Newest first; the values in `told` depend on `field`, the webhook's own name.
        """
        limit = page_size(request)
        rows = queries.account_events(
            access=self.access, channel_id=channel_id, after=read_cursor(request), limit=limit
        )
        return Response(
            page_json(rows, limit=limit, shape=event_shape, position=lambda row: (row.at.isoformat(), row.pk))
        )


class SeenView(KefuView):
    """Somebody has looked at the warnings."""

    needs = {"POST": "inbox.manage_channel"}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, channel_id: UUID) -> Response:
        """Mark account events as seen

        For everybody: somebody has looked.
        """
        see_account_events(by=self.access, channel_id=channel_id)
        return Response(status=204)


class WebhooksView(KefuView):
    """The latest stored bodies."""

    needs = {"GET": "inbox.manage_channel"}

    @extend_schema(responses=list_of(WebhookSerializer))
    def get(self, request: Request, channel_id: UUID) -> Response:
        """List the latest webhooks

        Those that were set aside, then the latest of the last day; everything personal in them is covered.
        """
        rows = queries.recent_webhooks(access=self.access, channel_id=channel_id, count=_BODIES)
        viewed(self.access, "webhook.viewed", CHANNEL, channel_id)
        return Response({"results": [webhook_shape(row) for row in rows], "next": None})


class ReplayView(KefuView):
    """Try the bodies that were set aside again."""

    needs = {"POST": "inbox.manage_channel"}

    @extend_schema(request=None, responses=ReplaySerializer)
    def post(self, request: Request, channel_id: UUID) -> Response:
        """Replay what was set aside

        Puts every such body of the channel back in the queue; `count` says how many.
        """
        return Response(ReplayShape(replay_webhooks(by=self.access, channel_id=channel_id)))


class TemplatesView(KefuView):
    """What may be sent outside the window."""

    needs = {"GET": "inbox.send_template"}

    @extend_schema(responses=list_of(TemplateSerializer))
    def get(self, request: Request, channel_id: UUID) -> Response:
        """List the approved templates

        In one page, as WhatsApp lists them now or did a few minutes ago; 424 when it cannot be reached.
        """
        channel = queries.channel(access=self.access, channel_id=channel_id)
        found = [TemplateSerializer(one).data for one in approved_templates(channel)]
        return Response({"results": found, "next": None})


class FlowsView(KefuView):
    """The forms that may be sent."""

    needs = {"GET": "inbox.reply_conversation"}

    @extend_schema(responses=list_of(FlowSerializer))
    def get(self, request: Request, channel_id: UUID) -> Response:
        """List the published flows

        In one page, as WhatsApp lists them now or did a few minutes ago; 424 when it cannot be reached. Empty for a
        provider that lists none.
        """
        channel = queries.channel(access=self.access, channel_id=channel_id)
        return Response({"results": [FlowSerializer(one).data for one in published_flows(channel)], "next": None})
