"""Asking for permissions, deciding on it, and permissions for a time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security import queries
from security.access_shapes import AccessRequestShape, GrantShape, RequestsSummaryShape
from security.actions.access_requests import approve_request, ask_for_access, refuse_request, withdraw_request
from security.actions.grants import end_grant, extend_grant, give_grants
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid
from security.grantable import find_object
from security.levels import DUTY_NAMES, given_for_a_time, named, public_name
from security.models.access_request import STATES

_BOXES = ("mine", "asked", "waiting", "decided")
_SPAN_DAYS = 31
_LONGEST_SPAN_DAYS = 400


class AccessRequestSerializer(DataclassSerializer[AccessRequestShape]):
    state = serializers.ChoiceField(choices=[name for name, _ in STATES])

    class Meta:
        dataclass = AccessRequestShape
        ref_name = "AccessRequest"


class GrantSerializer(DataclassSerializer[GrantShape]):
    state = serializers.ChoiceField(choices=("ahead", "running", "over"))

    class Meta:
        dataclass = GrantShape
        ref_name = "Grant"


class RequestsSummarySerializer(DataclassSerializer[RequestsSummaryShape]):
    class Meta:
        dataclass = RequestsSummaryShape
        ref_name = "RequestsSummary"


class RightBody(Body):
    """``permission`` or ``duty``; ``object_label`` and ``object_id`` for one object only."""

    permission = serializers.CharField(max_length=80, required=False, default="")
    duty = serializers.ChoiceField(choices=DUTY_NAMES, required=False, default="")
    object_label = serializers.CharField(max_length=40, required=False, default="")
    object_id = serializers.CharField(max_length=40, required=False, default="")
    reason = serializers.CharField(max_length=500)

    def validate_permission(self, public: str) -> str:
        """Spelled as the code does; one that is not declared is refused by the action."""
        return named(public) or public


class AskBody(RightBody):
    hours = serializers.IntegerField()


class GiveBody(RightBody):
    people = serializers.ListField(child=serializers.IntegerField(), min_length=1, max_length=200)
    starts_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    ends_at = serializers.DateTimeField()


class ApproveBody(Body):
    hours = serializers.IntegerField(required=False, allow_null=True, default=None)
    comment = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class RefuseBody(Body):
    comment = serializers.CharField(max_length=500)


class EndBody(Body):
    reason = serializers.CharField(max_length=500)


class ExtendBody(Body):
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=500)


class RequestsView(KefuView):
    """Requests for permissions."""

    needs = {"GET": SIGNED_IN, "POST": SIGNED_IN}

    @extend_schema(
        parameters=paged(OpenApiParameter("box", str, enum=_BOXES)), responses=list_of(AccessRequestSerializer)
    )
    def get(self, request: Request) -> Response:
        """List requests for permissions

        `mine`: what I asked for; `asked`: of that, what waits; `waiting`: what I may decide on; `decided`: what is
        settled.
        """
        box, limit = request.query_params.get("box", "mine"), page_size(request)
        if box not in _BOXES:
            raise Invalid(field="box")
        rows = queries.request_page(access=self.access, box=box, after=read_cursor(request), limit=limit)
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: AccessRequestShape.of(row, self.access),
                position=lambda row: (row.asked_at.isoformat(), row.pk),
            )
        )

    @extend_schema(request=AskBody, responses={201: AccessRequestSerializer})
    def post(self, request: Request) -> Response:
        """Ask for a permission

        Or a duty, for some hours from the approval on. The same request once more is one request; asking in other
        words for what waits already is refused: withdraw it first.
        """
        body = AskBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        row = ask_for_access(by=self.access, label=given.pop("object_label"), pk=given.pop("object_id"), **given)
        return Response(AccessRequestShape.of(row, self.access), status=201)


class RequestsSummaryView(KefuView):
    """How many requests wait for me, and how long deciding takes."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=RequestsSummarySerializer)
    def get(self, request: Request) -> Response:
        """Count the requests that wait for me

        With what I am to review this quarter, the middle of the waiting times of the last 90 days, in seconds, and
        what I may ask for.
        """
        access = self.access
        shape = RequestsSummaryShape(
            waiting=queries.waiting_count(access=access),
            to_review=queries.to_review_count(access=access),
            median_wait_seconds=queries.median_wait(access=access),
            permissions=sorted(public_name(name) for name in given_for_a_time() - access.permissions),
            duties=[name for name in DUTY_NAMES if name not in access.duties],
        )
        return Response(shape)


class ApproveView(KefuView):
    """Give what was asked for."""

    needs = {"POST": "security.give_grant"}

    @extend_schema(request=ApproveBody, responses=AccessRequestSerializer)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Approve a request

        For as long as asked, or for `hours`, from now on.
        """
        body = ApproveBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = approve_request(by=self.access, request_id=request_id, **body.validated_data)
        return Response(AccessRequestShape.of(row, self.access))


class RefuseView(KefuView):
    """Say no, and why."""

    needs = {"POST": "security.give_grant"}

    @extend_schema(request=RefuseBody, responses=AccessRequestSerializer)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Refuse a request

        The asker reads the comment.
        """
        body = RefuseBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = refuse_request(by=self.access, request_id=request_id, **body.validated_data)
        return Response(AccessRequestShape.of(row, self.access))


class WithdrawView(KefuView):
    """It is not needed any more."""

    needs = {"POST": SIGNED_IN}

    @extend_schema(request=None, responses=AccessRequestSerializer)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Withdraw my request

        Only one of my own that waits.
        """
        return Response(AccessRequestShape.of(withdraw_request(by=self.access, request_id=request_id), self.access))


class GrantsView(KefuView):
    """Permissions and duties for a time."""

    needs = {"GET": SIGNED_IN, "POST": "security.give_grant"}

    @extend_schema(
        parameters=[
            OpenApiParameter("since", OpenApiTypes.DATETIME, description="usually now"),
            OpenApiParameter("until", OpenApiTypes.DATETIME, description="usually 31 days later"),
        ],
        responses=list_of(GrantSerializer),
    )
    def get(self, request: Request) -> Response:
        """List what is given for a time

        What holds at some moment of a span: mine, and of people I may give rights to. In one page.
        """
        now = timezone.now()
        since = _moment(request, "since") or now
        until = _moment(request, "until") or since + timedelta(days=_SPAN_DAYS)
        if not since < until <= since + timedelta(days=_LONGEST_SPAN_DAYS):
            raise Invalid(field="until")
        rows = queries.grants_between(access=self.access, since=since, until=until)
        return Response({"results": [GrantShape.of(row, self.access, now) for row in rows], "next": None})

    @extend_schema(request=GiveBody, responses={201: list_of(GrantSerializer)})
    def post(self, request: Request) -> Response:
        """Give a permission for a time

        To one or several people at once: to all of them or, when one is refused, to nobody.
        """
        body = GiveBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        label, pk = given.pop("object_label"), given.pop("object_id")
        place = find_object(self.access, label, pk) if label else None
        rows = give_grants(by=self.access, on=place, user_ids=given.pop("people"), **given)
        now = timezone.now()
        shapes = [GrantShape.of(row, self.access, now) for row in rows]
        return Response({"results": shapes, "next": None}, status=201)


class EndGrantView(KefuView):
    """Before its time."""

    needs = {"POST": "security.give_grant"}

    @extend_schema(request=EndBody, responses={204: None})
    def post(self, request: Request, grant_id: UUID) -> Response:
        """End a permission early

        With a `reason`. It holds no longer, at once; open tabs learn of it.
        """
        body = EndBody(data=request.data)
        body.is_valid(raise_exception=True)
        end_grant(by=self.access, grant_id=grant_id, **body.validated_data)
        return Response(status=204)


class ExtendGrantView(KefuView):
    """For longer, or not as long."""

    needs = {"POST": "security.give_grant"}

    @extend_schema(request=ExtendBody, responses=GrantSerializer)
    def post(self, request: Request, grant_id: UUID) -> Response:
        """Extend a permission for a time

        `ends_at` is its new end.
        """
        body = ExtendBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = extend_grant(by=self.access, grant_id=grant_id, **body.validated_data)
        return Response(GrantShape.of(row, self.access, timezone.now()))


def _moment(request: Request, name: str) -> datetime | None:
    raw = request.query_params.get(name)
    if not raw:
        return None
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        raise Invalid(field=name) from None
    if moment.tzinfo is None:
        raise Invalid(field=name)
    return moment
