"""Shapes of channels as serializers for the OpenAPI document, and the request bodies."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.channel_shapes import (
    AccountEventShape,
    ChannelDetailShape,
    ChannelShape,
    ReplayShape,
    WebhookShape,
)
from inbox.whatsapp.flows import Flow
from inbox.whatsapp.templates import Template
from security.api.bodies import Body

_A_MONTH_OF_MINUTES = 31 * 24 * 60


class ChannelSerializer(DataclassSerializer[ChannelShape]):
    class Meta:
        dataclass = ChannelShape
        ref_name = "Channel"


class ChannelDetailSerializer(DataclassSerializer[ChannelDetailShape]):
    channel = ChannelSerializer()

    class Meta:
        dataclass = ChannelDetailShape
        ref_name = "ChannelDetail"


class AccountEventSerializer(DataclassSerializer[AccountEventShape]):
    class Meta:
        dataclass = AccountEventShape
        ref_name = "AccountEvent"


class WebhookSerializer(DataclassSerializer[WebhookShape]):
    class Meta:
        dataclass = WebhookShape
        ref_name = "Webhook"


class ReplaySerializer(DataclassSerializer[ReplayShape]):
    class Meta:
        dataclass = ReplayShape
        ref_name = "Replay"


class TemplateSerializer(DataclassSerializer[Template]):
    components = serializers.ListField(child=serializers.DictField())

    class Meta:
        dataclass = Template
        ref_name = "Template"


class FlowSerializer(DataclassSerializer[Flow]):
    class Meta:
        dataclass = Flow
        ref_name = "Flow"


class PauseBody(Body):
    minutes = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=_A_MONTH_OF_MINUTES)


class TestTemplateBody(Body):
    name = serializers.CharField(max_length=512)
    language = serializers.CharField(max_length=16)


class TestBody(Body):
    phone = serializers.CharField(max_length=32)
    template = TestTemplateBody(required=False, allow_null=True)
