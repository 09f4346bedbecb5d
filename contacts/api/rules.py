"""Rules: what happens by itself when something happens."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.rules import (
    change_rule,
    checked,
    delete_rule,
    make_rule,
    order_rules,
    restore_version,
    switch_rule,
)
from contacts.api.conditions import region_among
from contacts.api.rule_serializers import (
    RuleChangeBody,
    RuleOrderBody,
    RuleReadingSerializer,
    RuleRegionDraftBody,
    RuleRestoreBody,
    RuleSerializer,
    RuleSwitchBody,
    RuleVersionSerializer,
    RuleVocabularySerializer,
    draft_of,
)
from contacts.models import Rule
from contacts.rules import queries
from security.api.base import KefuView
from security.api.lists import list_of
from security.errors import NotFound

SEE, MANAGE = "contacts.see_rule", "contacts.manage_rule"
REGION = OpenApiParameter("region", int, required=True, description="one of my regions")


class AutomaticRulesView(KefuView):
    needs = {"GET": SEE, "POST": MANAGE}

    @extend_schema(parameters=[REGION], responses=list_of(RuleSerializer))
    def get(self, request: Request) -> Response:
        """List rules

        All of a region in the order in which they are judged, each in plain words, with how often it fired lately.
        """
        region_id = region_among(self.access, request.query_params.get("region", ""))
        return Response({"results": queries.rules_of(access=self.access, region_id=region_id), "next": None})

    @extend_schema(request=RuleRegionDraftBody, responses={201: RuleSerializer})
    def post(self, request: Request) -> Response:
        """Write a rule

        It is off until it is switched on.
        """
        body = RuleRegionDraftBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        rule = make_rule(by=self.access, region_id=said["region_id"], draft=draft_of(said))
        return Response(queries.rule_shape(rule, access=self.access), status=status.HTTP_201_CREATED)


class AutomaticRuleView(KefuView):
    needs = {"GET": SEE, "PUT": MANAGE, "DELETE": MANAGE}

    @extend_schema(responses=RuleSerializer)
    def get(self, request: Request, rule_id: UUID) -> Response:
        """Read a rule

        What it says now, in plain words as well, and how often it fired lately.
        """
        rows = Rule.objects.visible_to(self.access).filter(archived_at=None)
        return Response(queries.rule_shape(rows.get_or_404(rule_id), access=self.access))

    @extend_schema(request=RuleChangeBody, responses=RuleSerializer)
    def put(self, request: Request, rule_id: UUID) -> Response:
        """Change a rule

        That is its next version; firings keep naming theirs. 409 `rule_changed` when somebody changed it since.
        """
        body = RuleChangeBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        rule = change_rule(by=self.access, rule_id=rule_id, draft=draft_of(said), seen=said["version"])
        return Response(queries.rule_shape(rule, access=self.access))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, rule_id: UUID) -> Response:
        """Delete a rule

        What it did stays as it is.
        """
        delete_rule(by=self.access, rule_id=rule_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RuleSwitchView(KefuView):
    needs = {"POST": MANAGE}

    @extend_schema(request=RuleSwitchBody, responses=RuleSerializer)
    def post(self, request: Request, rule_id: UUID) -> Response:
        """Switch a rule on or off

        On also ends the pause of one that kept failing. A rule about time counts from when it is switched on.
        """
        body = RuleSwitchBody(data=request.data)
        body.is_valid(raise_exception=True)
        rule = switch_rule(by=self.access, rule_id=rule_id, **body.validated_data)
        return Response(queries.rule_shape(rule, access=self.access))


class RuleOrderView(KefuView):
    needs = {"POST": MANAGE}

    @extend_schema(request=RuleOrderBody, responses={204: None})
    def post(self, request: Request) -> Response:
        """Set the order of a region's rules

        In which they are judged; what is not named comes after.
        """
        body = RuleOrderBody(data=request.data)
        body.is_valid(raise_exception=True)
        order_rules(by=self.access, **body.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RuleVersionsView(KefuView):
    needs = {"GET": SEE, "POST": MANAGE}

    @extend_schema(responses=list_of(RuleVersionSerializer))
    def get(self, request: Request, rule_id: UUID) -> Response:
        """List the versions of a rule

        The newest first, each in plain words, and by whom.
        """
        return Response({"results": queries.versions_of(access=self.access, rule_id=rule_id), "next": None})

    @extend_schema(request=RuleRestoreBody, responses=RuleSerializer)
    def post(self, request: Request, rule_id: UUID) -> Response:
        """Go back to a version

        What it said then is what the rule says now, as a new version.
        """
        body = RuleRestoreBody(data=request.data)
        body.is_valid(raise_exception=True)
        rule = restore_version(by=self.access, rule_id=rule_id, **body.validated_data)
        return Response(queries.rule_shape(rule, access=self.access))


class RuleVocabularyView(KefuView):
    needs = {"GET": SEE}

    @extend_schema(parameters=[REGION], responses=RuleVocabularySerializer)
    def get(self, request: Request) -> Response:
        """List what rules can do

        The events they wait for, and the actions with their fields and choices. See `GET conditions` for what can be
        asked.
        """
        region_id = region_among(self.access, request.query_params.get("region", ""))
        return Response(queries.rule_vocabulary(region_id))


class RuleReadingView(KefuView):
    needs = {"POST": MANAGE}

    @extend_schema(request=RuleRegionDraftBody, responses=RuleReadingSerializer)
    def post(self, request: Request) -> Response:
        """Read a draft in plain words

        In both languages; what makes no sense is refused with its place. Nothing is kept.
        """
        body = RuleRegionDraftBody(data=request.data)
        body.is_valid(raise_exception=True)
        region_id = body.validated_data["region_id"]
        if region_id not in self.access.region_ids:
            raise NotFound(field="region_id")
        return Response(queries.readings_of(checked(draft_of(body.validated_data), region_id), region_id))
