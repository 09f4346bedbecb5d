"""Shapes and bodies of rules, for the OpenAPI document."""

from typing import Any

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.actions.rules import Draft
from contacts.rules.shapes import (
    RuleReadingShape,
    RuleRunShape,
    RuleShape,
    RuleTrialShape,
    RuleVersionShape,
    RuleVocabularyShape,
    RuleWhyShape,
)
from security.api.bodies import Body


class RuleSerializer(DataclassSerializer[RuleShape]):
    class Meta:
        dataclass = RuleShape
        ref_name = "AutomaticRule"


class RuleVersionSerializer(DataclassSerializer[RuleVersionShape]):
    class Meta:
        dataclass = RuleVersionShape
        ref_name = "RuleVersion"


class RuleRunSerializer(DataclassSerializer[RuleRunShape]):
    class Meta:
        dataclass = RuleRunShape
        ref_name = "RuleRun"


class RuleWhySerializer(DataclassSerializer[RuleWhyShape]):
    class Meta:
        dataclass = RuleWhyShape
        ref_name = "RuleWhy"


class RuleTrialSerializer(DataclassSerializer[RuleTrialShape]):
    class Meta:
        dataclass = RuleTrialShape
        ref_name = "RuleTrial"


class RuleVocabularySerializer(DataclassSerializer[RuleVocabularyShape]):
    class Meta:
        dataclass = RuleVocabularyShape
        ref_name = "RuleVocabulary"


class RuleReadingSerializer(DataclassSerializer[RuleReadingShape]):
    class Meta:
        dataclass = RuleReadingShape
        ref_name = "RuleReading"


class RuleDraftBody(Body):
    """What a rule says. ``after_hours``: it is about the time since its event."""

    name = serializers.CharField(max_length=200)
    event = serializers.CharField(max_length=40)
    after_hours = serializers.IntegerField(required=False, allow_null=True, default=None)
    conditions = serializers.JSONField(
        required=False, allow_null=True, default=None,
        help_text="groups `{all|any|none: […]}` of conditions; see `GET conditions`; null: always",
    )  # fmt: skip
    actions = serializers.JSONField(help_text="`[{do, …fields}]`; see `GET rules/vocabulary`")
    cooldown_hours = serializers.IntegerField(required=False, default=0)
    stops = serializers.BooleanField(required=False, default=False)


class RuleRegionDraftBody(RuleDraftBody):
    region_id = serializers.IntegerField(min_value=1)


class RuleChangeBody(RuleDraftBody):
    version = serializers.IntegerField(min_value=1, help_text="the one that was read")


class RuleSwitchBody(Body):
    to = serializers.ChoiceField(choices=("on", "off"))


class RuleOrderBody(Body):
    region_id = serializers.IntegerField(min_value=1)
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class RuleRestoreBody(Body):
    number = serializers.IntegerField(min_value=1)


class RuleTrialBody(Body):
    """Of a rule as it stands, or of a draft."""

    region_id = serializers.IntegerField(min_value=1)
    days = serializers.IntegerField(min_value=1)
    rule_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    draft = RuleDraftBody(required=False, allow_null=True, default=None)


def draft_of(data: Any) -> Draft:
    names = ("name", "event", "actions", "conditions", "after_hours", "cooldown_hours", "stops")
    return Draft(**{name: data[name] for name in names})
