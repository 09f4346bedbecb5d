"""Reviews of finished cases (PM-4): drawn or chosen, judged by a region's form, read and answered."""

from dataclasses import dataclass
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions.qa_choosing import choose_case, draw_cases, drop_review, set_criteria
from inbox.actions.qa_reviews import acknowledge_review, remark_on, score_case
from inbox.coaching import queries
from inbox.coaching.criteria import Criterion
from inbox.coaching.policies import REVIEW
from inbox.coaching.shapes import CriterionShape, ReviewShape
from inbox.coaching.shaping import criterion_shapes, review_shapes
from inbox.models import QaReview
from inbox.models.qa import REVIEW_STATES, SCORE_KINDS
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid

_STATES = tuple(name for name, _ in REVIEW_STATES)
_ID_MAX = 2**31 - 1


@dataclass(frozen=True)
class FormShape:
    """What a region judges by."""

    region_id: int
    criteria: list[CriterionShape]


class CriterionSerializer(DataclassSerializer[CriterionShape]):
    kind = serializers.ChoiceField(choices=SCORE_KINDS)

    class Meta:
        dataclass = CriterionShape
        ref_name = "QaCriterion"


class ReviewSerializer(DataclassSerializer[ReviewShape]):
    state = serializers.ChoiceField(choices=_STATES)
    form = CriterionSerializer(many=True)

    class Meta:
        dataclass = ReviewShape
        ref_name = "QaReview"


class FormSerializer(DataclassSerializer[FormShape]):
    criteria = CriterionSerializer(many=True)

    class Meta:
        dataclass = FormShape
        ref_name = "QaForm"


class ChooseBody(Body):
    conversation_id = serializers.UUIDField()
    person_id = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=_ID_MAX)


class DrawBody(Body):
    """``seed``: to repeat a draw; otherwise one is made up and kept."""

    person_id = serializers.IntegerField(min_value=1, max_value=_ID_MAX)
    region_id = serializers.IntegerField(min_value=1, max_value=_ID_MAX)
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    count = serializers.IntegerField(min_value=1, max_value=100)
    seed = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")


class RemarkBody(Body):
    message_id = serializers.UUIDField()
    text = serializers.CharField(max_length=2000)


class ScoreBody(Body):
    marks = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=5))
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    remarks = RemarkBody(many=True, required=False)


class AnswerBody(Body):
    answer = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class CriterionBody(Body):
    key = serializers.RegexField(r"^[a-z0-9_]{1,24}$")
    name = serializers.CharField(max_length=60, allow_blank=True)
    hint = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")
    kind = serializers.ChoiceField(choices=SCORE_KINDS)


class CriteriaBody(Body):
    criteria = CriterionBody(many=True)


class _OneReview(KefuView):
    def shown(self, row: QaReview, *, status: int = 200) -> Response:
        found = queries.review(access=self.access, review_id=row.pk)
        return Response(review_shapes([found], reader=self.access)[0], status=status)


class QaReviewsView(_OneReview):
    """Reviews of finished cases."""

    needs = {"GET": SIGNED_IN, "POST": REVIEW}

    @extend_schema(
        parameters=paged(OpenApiParameter("state", str, enum=_STATES), OpenApiParameter("person", int)),
        responses=list_of(ReviewSerializer),
    )
    def get(self, request: Request) -> Response:
        """List reviews

        The caller's own, those of their trainees, or of their regions as one who reviews; newest first.
        """
        limit, state = page_size(request), request.query_params.get("state")
        if state is not None and state not in _STATES:
            raise Invalid(field="state")
        rows = queries.review_page(
            access=self.access, state=state, person=_person(request), after=read_cursor(request), limit=limit
        )
        shapes = {shape.id: shape for shape in review_shapes(rows, reader=self.access)}
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: shapes[str(row.pk)],
                position=lambda row: (row.created_at.isoformat(), row.pk),
            )
        )

    @extend_schema(request=ChooseBody, responses={201: ReviewSerializer})
    def post(self, request: Request) -> Response:
        """Choose a case for review

        The latest finished one of a conversation, of whoever resolved it.
        """
        body = ChooseBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(choose_case(by=self.access, **body.validated_data), status=201)


class QaReviewView(_OneReview):
    """One review."""

    needs = {"GET": SIGNED_IN, "DELETE": REVIEW}

    @extend_schema(responses=ReviewSerializer)
    def get(self, request: Request, review_id: UUID) -> Response:
        """Read a review

        With its marks and its remarks at messages.
        """
        return Response(review_shapes([queries.review(access=self.access, review_id=review_id)], reader=self.access)[0])

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, review_id: UUID) -> Response:
        """Drop an open review

        The case is not reviewed after all; one that is done stays.
        """
        drop_review(by=self.access, review_id=review_id)
        return Response(status=204)


class ScoreCaseView(_OneReview):
    """A case is judged."""

    needs = {"POST": REVIEW}

    @extend_schema(request=ScoreBody, responses=ReviewSerializer)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Judge a case

        A mark for each criterion of the region's form, in words what to do better, and remarks at single messages.
        Whose case it was is told.
        """
        body = ScoreBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        remarks = [(one["message_id"], one["text"]) for one in given.pop("remarks", [])]
        return self.shown(score_case(by=self.access, review_id=review_id, remarks=remarks, **given))


class RemarksView(_OneReview):
    """Words at single messages of a case."""

    needs = {"POST": REVIEW}

    @extend_schema(request=RemarkBody, responses={201: ReviewSerializer})
    def post(self, request: Request, review_id: UUID) -> Response:
        """Remark on a message of a case

        Before or after judging it.
        """
        body = RemarkBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(remark_on(by=self.access, review_id=review_id, **body.validated_data), status=201)


class AcknowledgeReviewView(_OneReview):
    """Whose case it was has read the review."""

    needs = {"POST": SIGNED_IN}

    @extend_schema(request=AnswerBody, responses=ReviewSerializer)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Acknowledge a review of my case

        With an answer on wish.
        """
        body = AnswerBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(acknowledge_review(by=self.access, review_id=review_id, **body.validated_data))


class DrawsView(KefuView):
    """Cases drawn at random."""

    needs = {"POST": REVIEW}

    @extend_schema(request=DrawBody, responses={201: list_of(ReviewSerializer)})
    def post(self, request: Request) -> Response:
        """Draw cases for review

        At random among those that somebody finished in a region within a span and nobody has reviewed. The seed is
        kept: the same one draws the same of the same.
        """
        body = DrawBody(data=request.data)
        body.is_valid(raise_exception=True)
        draw = draw_cases(by=self.access, **body.validated_data)
        rows = QaReview.objects.visible_to(self.access).filter(draw=draw).select_related("case", "draw")
        shapes = review_shapes(list(rows.order_by("resolved_at")), reader=self.access)
        return Response({"results": shapes, "next": None}, status=201)


class CriteriaView(KefuView):
    """What my regions judge by."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=list_of(FormSerializer))
    def get(self, request: Request) -> Response:
        """List the forms of reviews

        One for each region of the caller.
        """
        forms = queries.forms(access=self.access)
        shapes = [FormShape(region_id, criterion_shapes(form)) for region_id, form in forms.items()]
        return Response({"results": shapes, "next": None})


class RegionCriteriaView(KefuView):
    """What one region judges by."""

    needs = {"PUT": REVIEW}

    @extend_schema(request=CriteriaBody, responses=FormSerializer)
    def put(self, request: Request, region_id: int) -> Response:
        """Set the form of a region's reviews

        All of it at once. Reviews that are done keep theirs.
        """
        body = CriteriaBody(data=request.data)
        body.is_valid(raise_exception=True)
        criteria = [Criterion(**one) for one in body.validated_data["criteria"]]
        form = set_criteria(by=self.access, region_id=region_id, criteria=criteria)
        return Response(FormShape(region_id, criterion_shapes(form)))


def _person(request: Request) -> int | None:
    raw = request.query_params.get("person")
    if raw is None:
        return None
    if not raw.isdecimal() or not 0 < int(raw) <= _ID_MAX:
        raise Invalid(field="person")
    return int(raw)
