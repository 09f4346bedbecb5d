"""Shapes of imports on the wire."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.imports.encodings import ENCODINGS
from contacts.imports.shapes import DraftShape, ImportShape, ProblemShape
from contacts.imports.tables import DELIMITERS
from contacts.models.data_import import SUBJECTS
from contacts.models.import_problem import PHASES
from security.api.bodies import Body


class ImportSerializer(DataclassSerializer[ImportShape]):
    class Meta:
        dataclass = ImportShape
        ref_name = "Import"


class DraftSerializer(DataclassSerializer[DraftShape]):
    job = ImportSerializer()

    class Meta:
        dataclass = DraftShape
        ref_name = "ImportDraft"


class ProblemSerializer(DataclassSerializer[ProblemShape]):
    class Meta:
        dataclass = ProblemShape
        ref_name = "ImportProblem"


class ImportUploadBody(Body):
    region_id = serializers.RegexField(r"\A[1-9]\d{0,8}\Z")
    subject = serializers.ChoiceField(choices=[name for name, _words in SUBJECTS])
    file = serializers.FileField(max_length=1000)


class SettingsBody(Body):
    country = serializers.RegexField(r"\A[A-Z]{2}\Z", required=False, allow_blank=True, default="")
    date_order = serializers.ChoiceField(choices=["dmy", "mdy"], required=False, default="dmy")
    source = serializers.RegexField(  # type: ignore[assignment]
        r"\A[a-z0-9][a-z0-9._:-]{0,39}\Z",
        required=False,
        default="import",
        error_messages={"invalid": _("Small letters, digits, “.”, “:”, “_” and “-” only.")},
    )
    overwrite = serializers.BooleanField(required=False, default=False)
    currency = serializers.RegexField(r"\A[A-Z]{3}\Z", required=False, allow_blank=True, default="")
    tags = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=20, required=False, default=list
    )
    all_agreed = serializers.BooleanField(required=False, default=False)
    agreed_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    proof = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ReadingBody(Body):
    encoding = serializers.ChoiceField(choices=[*ENCODINGS], required=False)
    delimiter = serializers.ChoiceField(choices=[*DELIMITERS], required=False)
    sheet = serializers.CharField(max_length=255, required=False)


class DraftBody(Body):
    reading = ReadingBody(required=False)
    heading = serializers.BooleanField(required=False)
    mapping = serializers.DictField(child=serializers.CharField(max_length=60, allow_blank=True), required=False)
    settings = SettingsBody(required=False)


PHASE_NAMES = [name for name, _words in PHASES]
