"""The shapes of risky conversations as serializers for the OpenAPI document, and the request bodies."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.models.risk import LANGUAGES, MOST_SEVERE, RISK_KINDS, RISK_STATES
from inbox.risk.shapes import (
    ListedWordShape,
    RiskSettingsShape,
    RiskShape,
    RuleShape,
    TriedShape,
    WordShape,
)
from security.api.bodies import Body

_LONGEST_DAY, _LARGEST = 1440, 2**31 - 1


class WordSerializer(DataclassSerializer[WordShape]):
    kind = serializers.ChoiceField(choices=RISK_KINDS)

    class Meta:
        dataclass = WordShape
        ref_name = "RiskWord"


class RiskSerializer(DataclassSerializer[RiskShape]):
    kind = serializers.ChoiceField(choices=RISK_KINDS)
    state = serializers.ChoiceField(choices=RISK_STATES)
    words = WordSerializer(many=True)

    class Meta:
        dataclass = RiskShape
        ref_name = "Risk"


class RuleSerializer(DataclassSerializer[RuleShape]):
    kind = serializers.ChoiceField(choices=RISK_KINDS)

    class Meta:
        dataclass = RuleShape
        ref_name = "RiskRule"


class ListedWordSerializer(DataclassSerializer[ListedWordShape]):
    kind = serializers.ChoiceField(choices=RISK_KINDS)
    language = serializers.ChoiceField(choices=LANGUAGES)

    class Meta:
        dataclass = ListedWordShape
        ref_name = "RiskListedWord"


class RiskSettingsSerializer(DataclassSerializer[RiskSettingsShape]):
    rules = RuleSerializer(many=True)
    words = ListedWordSerializer(many=True)

    class Meta:
        dataclass = RiskSettingsShape
        ref_name = "RiskSettings"


class TriedSerializer(DataclassSerializer[TriedShape]):
    kind = serializers.ChoiceField(choices=RISK_KINDS)

    class Meta:
        dataclass = TriedShape
        ref_name = "RiskTried"


class FlagBody(Body):
    kind = serializers.ChoiceField(choices=RISK_KINDS)
    reason = serializers.CharField(max_length=500)


class CloseBody(Body):
    reason = serializers.CharField(max_length=500)
    false_alarm = serializers.BooleanField(required=False, default=False)


class RiskRuleBody(Body):
    kind = serializers.ChoiceField(choices=RISK_KINDS)
    severity = serializers.IntegerField(min_value=1, max_value=MOST_SEVERE)
    mentions = serializers.IntegerField(min_value=1, max_value=100)
    window_hours = serializers.IntegerField(min_value=1, max_value=720)
    advice_zh = serializers.CharField(max_length=2000, allow_blank=True)
    advice_en = serializers.CharField(max_length=2000, allow_blank=True)


class RiskWordBody(Body):
    kind = serializers.ChoiceField(choices=RISK_KINDS)
    language = serializers.ChoiceField(choices=LANGUAGES)
    text = serializers.CharField(max_length=60)


class RiskStepBody(Body):
    minutes = serializers.IntegerField(min_value=1, max_value=_LONGEST_DAY)
    skill = serializers.CharField(max_length=40, allow_blank=True)
    people = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=_LARGEST), max_length=50)


class RiskSettingsBody(Body):
    watches = serializers.BooleanField()
    minutes = serializers.IntegerField(min_value=1, max_value=_LONGEST_DAY)
    rules = serializers.ListField(child=RiskRuleBody(), max_length=10)
    words = serializers.ListField(child=RiskWordBody(), max_length=2000)
    steps = serializers.ListField(child=RiskStepBody(), max_length=10)


class TryBody(Body):
    text = serializers.CharField(max_length=4096)
