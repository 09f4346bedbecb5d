"""What rules did, taking it back, and what they would have done."""

from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.rule_runs import undo_run
from contacts.actions.rule_trials import begin_trial
from contacts.api.rule_serializers import RuleRunSerializer, RuleTrialBody, RuleTrialSerializer, draft_of
from contacts.api.rules import MANAGE, SEE
from contacts.models import Rule
from contacts.rules.queries import run_page, run_shapes, trial_shape
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor


class RuleRunsView(KefuView):
    needs = {"GET": SEE}

    @extend_schema(parameters=paged(), responses=list_of(RuleRunSerializer))
    def get(self, request: Request, rule_id: UUID) -> Response:
        """List the firings of a rule

        The newest first: for whom, why, and what came of each action.
        """
        limit = page_size(request)
        Rule.objects.visible_to(self.access).get_or_404(rule_id)
        rows = run_page(access=self.access, after=read_cursor(request), limit=limit, of=Q(rule_id=rule_id))
        shapes = {shape.id: shape for shape in run_shapes(rows)}
        return Response(
            page_json(
                rows, limit=limit, shape=lambda row: shapes[str(row.pk)], position=lambda row: (row.fired_at, row.pk)
            )
        )


class RuleRunUndoView(KefuView):
    needs = {"POST": MANAGE}

    @extend_schema(request=None, responses=RuleRunSerializer)
    def post(self, request: Request, firing_id: UUID) -> Response:
        """Take a firing back

        Tags, priority and assignment go back to what they were, as far as nobody changed them since. What was sent
        stays sent.
        """
        return Response(run_shapes([undo_run(by=self.access, run_id=firing_id)])[0])


class RuleTrialsView(KefuView):
    needs = {"POST": MANAGE}

    @extend_schema(request=RuleTrialBody, responses={202: RuleTrialSerializer})
    def post(self, request: Request) -> Response:
        """Try a rule on the past

        Of a rule as it stands, or of a draft; in the background. Nothing is done: it only says what would have been.
        """
        body = RuleTrialBody(data=request.data)
        body.is_valid(raise_exception=True)
        asked = body.validated_data
        draft = draft_of(asked["draft"]) if asked["draft"] is not None else None
        trial = begin_trial(
            by=self.access, region_id=asked["region_id"], days=asked["days"], rule_id=asked["rule_id"], draft=draft
        )
        return Response(trial_shape(access=self.access, trial_id=trial.pk), status=status.HTTP_202_ACCEPTED)


class RuleTrialView(KefuView):
    needs = {"GET": MANAGE}

    @extend_schema(responses=RuleTrialSerializer)
    def get(self, request: Request, trial_id: UUID) -> Response:
        """Read a dry run

        One's own: how far it is, how often the rule would have fired, for whom, and which facts are today's.
        """
        return Response(trial_shape(access=self.access, trial_id=trial_id))
