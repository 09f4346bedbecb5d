"""Shapes and bodies of connected systems and subscriptions, for the OpenAPI document."""

from typing import Any

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.exchange.shapes import (
    DeliveryShape,
    HookShape,
    KindShape,
    SourceSecretShape,
    SourceShape,
    SubscriptionSecretShape,
    SubscriptionShape,
)
from contacts.models.exchange import SOURCE_KINDS
from security.api.bodies import Body


class SourceSerializer(DataclassSerializer[SourceShape]):
    class Meta:
        dataclass = SourceShape
        ref_name = "ExchangeSource"


class SourceSecretSerializer(DataclassSerializer[SourceSecretShape]):
    class Meta:
        dataclass = SourceSecretShape
        ref_name = "ExchangeSourceSecret"


class HookSerializer(DataclassSerializer[HookShape]):
    class Meta:
        dataclass = HookShape
        ref_name = "ExchangeHook"


class SubscriptionSerializer(DataclassSerializer[SubscriptionShape]):
    class Meta:
        dataclass = SubscriptionShape
        ref_name = "Subscription"


class SubscriptionSecretSerializer(DataclassSerializer[SubscriptionSecretShape]):
    class Meta:
        dataclass = SubscriptionSecretShape
        ref_name = "SubscriptionSecret"


class DeliverySerializer(DataclassSerializer[DeliveryShape]):
    class Meta:
        dataclass = DeliveryShape
        ref_name = "Delivery"


class KindSerializer(DataclassSerializer[KindShape]):
    class Meta:
        dataclass = KindShape
        ref_name = "OccurrenceKind"


class CredentialsBody(Body):
    """``token`` of Shopify; ``key`` and ``secret`` of WooCommerce. They are never told again."""

    token = serializers.CharField(max_length=300, required=False)
    key = serializers.CharField(max_length=300, required=False)
    secret = serializers.CharField(max_length=300, required=False)


class SourceBody(Body):
    region_id = serializers.IntegerField()
    code = serializers.CharField(max_length=40, help_text="the `source` its rows stand under")
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=SOURCE_KINDS)
    base_url = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    credentials = CredentialsBody(required=False)


class SourceEdit(Body):
    name = serializers.CharField(max_length=80, required=False)
    paused = serializers.BooleanField(required=False)
    credentials = CredentialsBody(required=False)


class SubscriptionBody(Body):
    region_id = serializers.IntegerField()
    name = serializers.CharField(max_length=80)
    url = serializers.CharField(max_length=500)
    kinds = serializers.ListField(child=serializers.CharField(max_length=40), max_length=200)


class SubscriptionEdit(Body):
    name = serializers.CharField(max_length=80, required=False)
    url = serializers.CharField(max_length=500, required=False)
    kinds = serializers.ListField(child=serializers.CharField(max_length=40), max_length=200, required=False)
    on = serializers.BooleanField(required=False)


class ReplayBody(Body):
    ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=500, required=False, help_text="left out: all that are dead"
    )


class ReplayedSerializer(serializers.Serializer[Any]):
    replayed = serializers.IntegerField()

    class Meta:
        ref_name = "Replayed"
