"""Shapes and bodies of privacy, for the OpenAPI document."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.models.consent import PURPOSES, SOURCES
from contacts.privacy.proof import ErasureShape
from contacts.privacy.shapes import (
    ConsentShape,
    DuplicateShape,
    ExportShape,
    LegalHoldShape,
    MergePreviewShape,
    MergeShape,
)
from security.api.bodies import Body


class ConsentSerializer(DataclassSerializer[ConsentShape]):
    class Meta:
        dataclass = ConsentShape
        ref_name = "Consent"


class ContactExportSerializer(DataclassSerializer[ExportShape]):
    class Meta:
        dataclass = ExportShape
        ref_name = "ContactExport"


class ErasureSerializer(DataclassSerializer[ErasureShape]):
    class Meta:
        dataclass = ErasureShape
        ref_name = "Erasure"


class LegalHoldSerializer(DataclassSerializer[LegalHoldShape]):
    class Meta:
        dataclass = LegalHoldShape
        ref_name = "LegalHold"


class DuplicateSerializer(DataclassSerializer[DuplicateShape]):
    class Meta:
        dataclass = DuplicateShape
        ref_name = "Duplicate"


class MergePreviewSerializer(DataclassSerializer[MergePreviewShape]):
    class Meta:
        dataclass = MergePreviewShape
        ref_name = "MergePreview"


class MergeSerializer(DataclassSerializer[MergeShape]):
    class Meta:
        dataclass = MergeShape
        ref_name = "ContactMerge"


class ConsentBody(Body):
    purpose = serializers.ChoiceField(choices=PURPOSES)
    given = serializers.BooleanField()
    source = serializers.ChoiceField(choices=[one for one in SOURCES if one[0] != "whatsapp"])  # type: ignore[assignment]
    evidence = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    at = serializers.DateTimeField(help_text="when they said it")
    resume = serializers.BooleanField(
        required=False, default=False, help_text="it overrides a later stop of marketing, and that is known"
    )


class EraseBody(Body):
    confirm = serializers.CharField(max_length=500)
    reason = serializers.CharField(max_length=500)


class HoldBody(Body):
    reason = serializers.CharField(max_length=500)


class MergeBody(Body):
    merged = serializers.UUIDField()
