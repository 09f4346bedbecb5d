"""Shapes and bodies of segments, for the OpenAPI document."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.segments.shapes import BelongsShape, SegmentPersonShape, SegmentShape, SegmentTryShape, SizeShape
from security.api.bodies import Body


class SegmentSerializer(DataclassSerializer[SegmentShape]):
    class Meta:
        dataclass = SegmentShape
        ref_name = "Segment"


class SegmentPersonSerializer(DataclassSerializer[SegmentPersonShape]):
    class Meta:
        dataclass = SegmentPersonShape
        ref_name = "SegmentPerson"


class SegmentTrySerializer(DataclassSerializer[SegmentTryShape]):
    class Meta:
        dataclass = SegmentTryShape
        ref_name = "SegmentTry"


class SegmentSizeSerializer(DataclassSerializer[SizeShape]):
    class Meta:
        dataclass = SizeShape
        ref_name = "SegmentSize"


class BelongsSerializer(DataclassSerializer[BelongsShape]):
    class Meta:
        dataclass = BelongsShape
        ref_name = "SegmentBelongs"


_CONDITIONS = "groups `{all|any|none: […]}` of conditions `{fact, op, value, within_hours}`; see `GET conditions`"


class SegmentBody(Body):
    region_id = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=60)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    conditions = serializers.JSONField(help_text=_CONDITIONS)


class SegmentEdit(Body):
    version = serializers.IntegerField(min_value=1, help_text="the one that was read")
    name = serializers.CharField(max_length=60, required=False)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    conditions = serializers.JSONField(required=False, help_text=_CONDITIONS)


class SegmentTryBody(Body):
    region_id = serializers.IntegerField(min_value=1)
    conditions = serializers.JSONField(help_text=_CONDITIONS)


class ArchiveBody(Body):
    archived = serializers.BooleanField()
