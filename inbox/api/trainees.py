"""Traineeships (PM-4): who is a trainee, how they get on, and leading them."""

from collections.abc import Collection, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.coaching import queries
from inbox.coaching.people import progress_shape, trainee_shapes
from inbox.coaching.policy import CoachingPolicy
from inbox.coaching.progress import Learner, progress_of
from inbox.coaching.shapes import ProgressShape, SummaryShape, TraineeShape
from security.actions.traineeships import (
    end_traineeship,
    extend_traineeship,
    hold_replies,
    promote_trainee,
    put_off_promotion,
    set_mentors,
    start_traineeship,
)
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.errors import Invalid, NotFound
from security.levels import LEVELS
from security.models import Traineeship, User
from security.policies import colleagues_of
from security.trainees import LEAD
from security.writing import write


def _people(**more: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**31 - 1), max_length=10, required=False, **more
    )


class TraineeSerializer(DataclassSerializer[TraineeShape]):
    level = serializers.ChoiceField(choices=LEVELS)
    ended_how = serializers.ChoiceField(choices=("", "ended", "promoted", "over"))

    class Meta:
        dataclass = TraineeShape
        ref_name = "Trainee"


class ProgressSerializer(DataclassSerializer[ProgressShape]):
    class Meta:
        dataclass = ProgressShape
        ref_name = "Progress"


class SummarySerializer(DataclassSerializer[SummaryShape]):
    class Meta:
        dataclass = SummaryShape
        ref_name = "CoachingSummary"


class StartBody(Body):
    """Without ``ends_on`` as long as the policy says; without ``mentors`` the supervisors are."""

    user_id = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    mentors = _people(default=list)
    holds_replies = serializers.BooleanField(required=False, default=False)
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)


class ChangeBody(Body):
    mentors = _people()
    holds_replies = serializers.BooleanField(required=False)


class ExtendTraineeshipBody(Body):
    ends_on = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class PromoteBody(Body):
    """``reason`` is needed where somebody becomes an admin with it, or is none any more."""

    level = serializers.ChoiceField(choices=LEVELS, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class PutOffBody(Body):
    reason = serializers.CharField(max_length=500)


class _Led(KefuView):
    """Answers with a traineeship as the reader sees it."""

    def user(self, user_id: int) -> User:
        """Somebody of other regions does not exist; admins lead everybody."""
        rows = User.objects.filter(is_active=True) if self.access.level == "admin" else colleagues_of(self.access)
        found = rows.filter(pk=user_id).first()
        if found is None:
            raise NotFound
        return found

    def mentors(self, ids: Collection[int]) -> list[User]:
        found = list(User.objects.filter(pk__in=ids))
        if len(found) < len(set(ids)):
            raise Invalid(field="mentors")
        return found

    def shown(self, row: Traineeship) -> TraineeShape:
        fresh = Traineeship.objects.select_related("user").prefetch_related(
            "mentors", "user__groups", "user__memberships"
        )
        return trainee_shapes([fresh.get(pk=row.pk)], reader=self.access)[0]


class CoachingSummaryView(KefuView):
    """What waits for me, of held replies and reviews."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=SummarySerializer)
    def get(self, request: Request) -> Response:
        """Count what waits for the caller

        Replies to decide on, their own that wait, reviews to read or to make, and proposed promotions.
        """
        return Response(queries.summary(access=self.access))


class TraineesView(_Led):
    """The trainees somebody leads or mentors; a trainee sees their own traineeship."""

    needs = {"GET": SIGNED_IN, "POST": LEAD}

    @extend_schema(responses=list_of(TraineeSerializer))
    def get(self, request: Request) -> Response:
        """List traineeships

        Those that run and those that ended lately, each with how its person gets on.
        """
        rows = queries.traineeships(access=self.access)
        return Response({"results": trainee_shapes(rows, reader=self.access), "next": None})

    @extend_schema(request=StartBody, responses={201: TraineeSerializer})
    def post(self, request: Request) -> Response:
        """Begin a traineeship

        From the person's first day, or from today, in their own time zone.
        """
        body = StartBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        user, mentors = self.user(given.pop("user_id")), self.mentors(given.pop("mentors"))
        row = start_traineeship(by=self.access, user=user, mentors=mentors, **given)
        return Response(self.shown(row), status=201)


class TraineeView(_Led):
    """One traineeship."""

    needs = {"PATCH": LEAD}

    @extend_schema(request=ChangeBody, responses=TraineeSerializer)
    def patch(self, request: Request, user_id: int) -> Response:
        """Change a traineeship

        Its mentors, and whether replies wait for them.
        """
        body = ChangeBody(data=request.data)
        body.is_valid(raise_exception=True)
        given, user = body.validated_data, self.user(user_id)
        if not given:
            raise Invalid(field="mentors")
        with write(by=self.access):
            if "mentors" in given:
                row = set_mentors(by=self.access, user=user, mentors=self.mentors(given["mentors"]))
            if "holds_replies" in given:
                row = hold_replies(by=self.access, user=user, holds=given["holds_replies"])
        return Response(self.shown(row))


class ExtendTraineeshipView(_Led):
    """Another last day."""

    needs = {"POST": LEAD}

    @extend_schema(request=ExtendTraineeshipBody, responses=TraineeSerializer)
    def post(self, request: Request, user_id: int) -> Response:
        """Extend a traineeship

        Until another day, with the reason.
        """
        body = ExtendTraineeshipBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = extend_traineeship(by=self.access, user=self.user(user_id), **body.validated_data)
        return Response(self.shown(row))


class EndTraineeshipView(_Led):
    """The end of a traineeship."""

    needs = {"POST": LEAD}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, user_id: int) -> Response:
        """End a traineeship

        The person is one of the team at once. Replies that wait go on waiting for a decision.
        """
        end_traineeship(by=self.access, user=self.user(user_id))
        return Response(status=204)


class PromoteView(_Led):
    """A trainee is good enough."""

    needs = {"POST": LEAD}

    @extend_schema(request=PromoteBody, responses={204: None})
    def post(self, request: Request, user_id: int) -> Response:
        """Promote a trainee

        Ends the traineeship; admins may give another `level` with it, with a fresh code of the second factor where the
        administration asks for one. An API key may not.
        """
        body = PromoteBody(data=request.data)
        body.is_valid(raise_exception=True)
        promote_trainee(by=self.access, user=self.user(user_id), **body.validated_data)
        return Response(status=204)


class PutOffView(_Led):
    """A proposed promotion is not wanted yet."""

    needs = {"POST": LEAD}

    @extend_schema(request=PutOffBody, responses=TraineeSerializer)
    def post(self, request: Request, user_id: int) -> Response:
        """Put a proposed promotion off

        With the reason; it is proposed again after the policy's days.
        """
        body = PutOffBody(data=request.data)
        body.is_valid(raise_exception=True)
        days = CoachingPolicy.current().promotion_again_days
        user = self.user(user_id)
        return Response(self.shown(put_off_promotion(by=self.access, user=user, days=days, **body.validated_data)))


class ProgressView(KefuView):
    """How somebody gets on."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=ProgressSerializer)
    def get(self, request: Request, user_id: int) -> Response:
        """Read somebody's progress

        The caller's own, their trainees', or of a colleague as one who reviews; since the traineeship began, or of the
        last days.
        """
        own = user_id == self.access.user_id
        if not own and not colleagues_of(self.access).filter(pk=user_id).exists():
            raise NotFound
        queries.require_knows(self.access, user_id)
        within = None if own else self.access.region_ids
        return Response(_progress([_learner(user_id)], within)[0])


def _learner(user_id: int) -> Learner:
    row = Traineeship.objects.filter(user_id=user_id, ended_at=None).select_related("user").first()
    return Learner.of(row) if row is not None else Learner.lately(user_id)


def _progress(learners: Sequence[Learner], within: Collection[int] | None) -> list[ProgressShape]:
    return [progress_shape(one) for one in progress_of(learners, within=within).values()]
