"""Giving out work: to whom, why, and by which rules."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox.actions.assignment_rules import set_assignment_rule
from inbox.api.assigning_serializers import (
    AssigneesSerializer,
    AssignmentSerializer,
    RuleBody,
    RuleSerializer,
    WorkBody,
    WorkSerializer,
)
from inbox.assigning import queries
from security.actions.work import change_work
from security.api.base import KefuView
from security.api.lists import list_of
from security.errors import NotFound


class AssigneesView(KefuView):
    """Those a conversation can be given to."""

    needs = {"GET": "inbox.take_conversation"}

    @extend_schema(responses=AssigneesSerializer)
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List who could have a conversation

        People who would see it and may answer it, with what they have at the moment, and the teams of its region.
        """
        return Response(queries.assignees(access=self.access, conversation_id=conversation_id))


class AssignmentsView(KefuView):
    """Who had a conversation, and why."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(responses=list_of(AssignmentSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """Explain the assignments of a conversation

        Who had it from when to when, newest first, and of each that Kefu gave out itself: whom it considered, with how
        much they had then, and which rule decided.
        """
        rows = queries.assignments(access=self.access, conversation_id=conversation_id)
        return Response({"results": rows, "next": None})


class RulesView(KefuView):
    """How the queues of my regions' numbers are given out."""

    needs = {"GET": "security.arrange_work"}

    @extend_schema(responses=list_of(RuleSerializer))
    def get(self, request: Request) -> Response:
        """List the assignment rules

        One for each number of my regions, with how much waits there and how many people are on duty.
        """
        return Response({"results": queries.rules(access=self.access), "next": None})


class RuleView(KefuView):
    """How one number's queue is given out."""

    needs = {"PUT": "security.arrange_work"}

    @extend_schema(request=RuleBody, responses=RuleSerializer)
    def put(self, request: Request, channel_id: UUID) -> Response:
        """Set an assignment rule

        The whole rule, in force at once: what waits there already is given out by it.
        """
        body = RuleBody(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = dict(body.validated_data)
        set_assignment_rule(by=self.access, channel_id=channel_id, team_id=wanted.pop("team"), **wanted)
        rules = {rule.channel_id: rule for rule in queries.rules(access=self.access)}
        return Response(rules[str(channel_id)])


class WorkView(KefuView):
    """What each of my colleagues can be given."""

    needs = {"GET": "security.arrange_work"}

    @extend_schema(responses=list_of(WorkSerializer))
    def get(self, request: Request) -> Response:
        """List what people can be given

        Colleagues who may answer: their languages, skills and capacity, and how much they have at the moment.
        """
        return Response({"results": queries.work(access=self.access), "next": None})


class PersonWorkView(KefuView):
    """What one colleague can be given."""

    needs = {"PUT": "security.arrange_work"}

    @extend_schema(request=WorkBody, responses=WorkSerializer)
    def put(self, request: Request, user_id: int) -> Response:
        """Set what somebody can be given

        Languages (codes like `zh`), skills (words) and capacity. Empty lists, and null, mean the usual.
        """
        body = WorkBody(data=request.data)
        body.is_valid(raise_exception=True)
        if not queries.work(access=self.access, user_id=user_id):  # an observer has a profile, but is given nothing
            raise NotFound
        change_work(by=self.access, user_id=user_id, **body.validated_data)
        return Response(queries.work(access=self.access, user_id=user_id)[0])
