"""The shapes of giving out work as serializers for the OpenAPI document, and the request bodies."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.assigning.shapes import (
    AssigneeShape,
    AssigneesShape,
    AssignmentShape,
    CandidateShape,
    RuleShape,
    WorkShape,
)
from inbox.models.assigning import LANGUAGE_WISHES, METHODS
from inbox.models.case import ASSIGNED_HOW
from security.actions.work import MOST_CAPACITY, MOST_LANGUAGES, MOST_SKILLS
from security.api.bodies import Body
from security.levels import LEVELS
from security.models.user import AVAILABILITIES


class AssigneeSerializer(DataclassSerializer[AssigneeShape]):
    availability = serializers.ChoiceField(choices=AVAILABILITIES)

    class Meta:
        dataclass = AssigneeShape
        ref_name = "Assignee"


class AssigneesSerializer(DataclassSerializer[AssigneesShape]):
    people = AssigneeSerializer(many=True)

    class Meta:
        dataclass = AssigneesShape
        ref_name = "Assignees"


class CandidateSerializer(DataclassSerializer[CandidateShape]):
    out = serializers.ChoiceField(choices=("", "team", "skill", "language", "full", "put_back"))

    class Meta:
        dataclass = CandidateShape
        ref_name = "Candidate"


class AssignmentSerializer(DataclassSerializer[AssignmentShape]):
    method = serializers.ChoiceField(choices=ASSIGNED_HOW)
    rule = serializers.ChoiceField(choices=("", "returning", "only", "turn", "least"))
    ended_how = serializers.ChoiceField(choices=("", "handed", "put_back", "absent", "case", "risk", "balance"))
    candidates = CandidateSerializer(many=True)

    class Meta:
        dataclass = AssignmentShape
        ref_name = "Assignment"


class RuleSerializer(DataclassSerializer[RuleShape]):
    method = serializers.ChoiceField(choices=METHODS)
    language = serializers.ChoiceField(choices=LANGUAGE_WISHES)

    class Meta:
        dataclass = RuleShape
        ref_name = "AssignmentRule"


class WorkSerializer(DataclassSerializer[WorkShape]):
    level = serializers.ChoiceField(choices=LEVELS)
    availability = serializers.ChoiceField(choices=AVAILABILITIES)

    class Meta:
        dataclass = WorkShape
        ref_name = "Work"


class RuleBody(Body):
    method = serializers.ChoiceField(choices=METHODS)
    team = serializers.IntegerField(allow_null=True, min_value=1, max_value=2**31 - 1)
    skill = serializers.CharField(max_length=40, allow_blank=True)
    language = serializers.ChoiceField(choices=LANGUAGE_WISHES)
    returning = serializers.BooleanField()


class WorkBody(Body):
    languages = serializers.ListField(child=serializers.CharField(max_length=3), max_length=MOST_LANGUAGES)
    skills = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_SKILLS)
    capacity = serializers.IntegerField(allow_null=True, min_value=0, max_value=MOST_CAPACITY)
