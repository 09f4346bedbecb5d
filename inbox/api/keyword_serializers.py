"""The shapes of keywords as serializers for the OpenAPI document, and the request bodies."""

from typing import Any

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.keywords.shapes import (
    KeywordDayShape,
    KeywordGroupShape,
    KeywordReportShape,
    KeywordRiseShape,
    KeywordShape,
    KeywordTrendShape,
    KeywordWordShape,
)
from inbox.keywords.spelling import LONGEST
from inbox.keywords.words import OTHER, OWN, topics
from security.api.bodies import Body
from security.errors import Invalid

TOPICS = (*topics(), OWN, OTHER)
LONGEST_REPORT, LONGEST_TREND = 92, 366


class KeywordSerializer(DataclassSerializer[KeywordShape]):
    topic = serializers.ChoiceField(choices=TOPICS)

    class Meta:
        dataclass = KeywordShape
        ref_name = "Keyword"


class KeywordGroupSerializer(DataclassSerializer[KeywordGroupShape]):
    topic = serializers.ChoiceField(choices=TOPICS)
    risen = KeywordSerializer(many=True)
    top = KeywordSerializer(many=True)

    class Meta:
        dataclass = KeywordGroupShape
        ref_name = "KeywordGroup"


class KeywordReportSerializer(DataclassSerializer[KeywordReportShape]):
    top = KeywordSerializer(many=True)
    groups = KeywordGroupSerializer(many=True)

    class Meta:
        dataclass = KeywordReportShape
        ref_name = "KeywordReport"


class KeywordDaySerializer(DataclassSerializer[KeywordDayShape]):
    class Meta:
        dataclass = KeywordDayShape
        ref_name = "KeywordDay"


class KeywordRiseSerializer(DataclassSerializer[KeywordRiseShape]):
    class Meta:
        dataclass = KeywordRiseShape
        ref_name = "KeywordRise"


class KeywordTrendSerializer(DataclassSerializer[KeywordTrendShape]):
    topic = serializers.ChoiceField(choices=TOPICS)
    days = KeywordDaySerializer(many=True)
    rises = KeywordRiseSerializer(many=True)

    class Meta:
        dataclass = KeywordTrendShape
        ref_name = "KeywordTrend"


class KeywordWordSerializer(DataclassSerializer[KeywordWordShape]):
    class Meta:
        dataclass = KeywordWordShape
        ref_name = "KeywordWord"


class TermBody(Body):
    text = serializers.CharField(max_length=LONGEST * 2)


class ChoiceBody(Body):
    own = serializers.BooleanField(required=False)
    ignored = serializers.BooleanField(required=False)
    followed = serializers.BooleanField(required=False)


class AskedReport(serializers.Serializer[Any]):
    until = serializers.DateField(required=False, allow_null=True, default=None)
    days = serializers.IntegerField(required=False, min_value=1, max_value=LONGEST_REPORT, default=7)


class AskedDays(serializers.Serializer[Any]):
    until = serializers.DateField(required=False, allow_null=True, default=None)
    days = serializers.IntegerField(required=False, min_value=1, max_value=LONGEST_TREND, default=90)


def asked(by: type[serializers.Serializer[Any]], given: Any) -> dict[str, Any]:
    """The query's values, cleaned; a malformed one is refused with its name."""
    read = by(data=given)
    if not read.is_valid():
        field, messages = next(iter(read.errors.items()))
        raise Invalid(field=field, message=str(messages[0]))
    found: dict[str, Any] = read.validated_data
    return found
