"""The quarterly review of high-risk rights."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security import queries
from security.access_shapes import ReviewItemShape, ReviewShape
from security.actions.reviews import confirm_item, withdraw_item
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.models.review import KINDS, STATES


class ReviewSerializer(DataclassSerializer[ReviewShape]):
    class Meta:
        dataclass = ReviewShape
        ref_name = "Review"


class ReviewItemSerializer(DataclassSerializer[ReviewItemShape]):
    kind = serializers.ChoiceField(choices=[name for name, _ in KINDS])
    state = serializers.ChoiceField(choices=[name for name, _ in STATES])

    class Meta:
        dataclass = ReviewItemShape
        ref_name = "ReviewItem"


class ConfirmBody(Body):
    comment = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class WithdrawBody(Body):
    comment = serializers.CharField(max_length=500)


class ReviewsView(KefuView):
    """The reviews there were, as a report."""

    needs = {"GET": "security.review_grant"}

    @extend_schema(responses=list_of(ReviewSerializer))
    def get(self, request: Request) -> Response:
        """List the quarterly reviews

        The latest first, with how many holdings were drawn and what became of those the caller sees.
        """
        return Response({"results": queries.reviews(access=self.access), "next": None})


class ReviewItemsView(KefuView):
    """What was drawn."""

    needs = {"GET": "security.review_grant"}

    @extend_schema(parameters=[OpenApiParameter("quarter", str)], responses=list_of(ReviewItemSerializer))
    def get(self, request: Request) -> Response:
        """List what a review drew

        Of people the caller may decide on; those that wait first. Without `quarter` of the latest review.
        """
        quarter = request.query_params.get("quarter", "")
        rows = queries.review_items(access=self.access, quarter=quarter)
        return Response({"results": [ReviewItemShape.of(row) for row in rows], "next": None})


class ConfirmView(KefuView):
    """They still need it."""

    needs = {"POST": "security.review_grant"}

    @extend_schema(request=ConfirmBody, responses=ReviewItemSerializer)
    def post(self, request: Request, item_id: UUID) -> Response:
        """Confirm a drawn right

        Its holder keeps it.
        """
        body = ConfirmBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(ReviewItemShape.of(confirm_item(by=self.access, item_id=item_id, **body.validated_data)))


class WithdrawItemView(KefuView):
    """They do not need it."""

    needs = {"POST": "security.review_grant"}

    @extend_schema(request=WithdrawBody, responses=ReviewItemSerializer)
    def post(self, request: Request, item_id: UUID) -> Response:
        """Withdraw a drawn right

        Its holder loses it at once; the comment says why.
        """
        body = WithdrawBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(ReviewItemShape.of(withdraw_item(by=self.access, item_id=item_id, **body.validated_data)))
