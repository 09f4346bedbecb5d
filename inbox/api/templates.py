"""The templates a channel may send."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.templates import approved_templates
from inbox.whatsapp.wire import Template
from security.api.base import KefuView
from security.api.lists import list_of


class TemplateSerializer(DataclassSerializer[Template]):
    components = serializers.ListField(child=serializers.DictField())

    class Meta:
        dataclass = Template
        ref_name = "Template"


class TemplatesView(KefuView):
    """Approved templates of a channel, asked from WhatsApp."""

    needs = {"GET": "inbox.reply_conversation"}

    @extend_schema(responses=list_of(TemplateSerializer))
    def get(self, request: Request, channel_id: UUID) -> Response:
        """List the templates of a channel

        Those that WhatsApp has approved, in one page; asked from WhatsApp at most once a minute. 502 when it cannot be
        reached.
        """
        found = approved_templates(access=self.access, channel_id=channel_id)
        return Response({"results": [TemplateSerializer(one).data for one in found], "next": None})
