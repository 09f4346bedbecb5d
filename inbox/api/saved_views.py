"""Saved views: mine and my regions', and how many conversations each holds for me."""

from dataclasses import dataclass
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox import queries
from inbox.actions.saved_views import add_saved_view, change_saved_view, delete_saved_view, order_saved_views
from inbox.models import SavedView
from inbox.policies import can_edit_view
from security.access import Access
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of


@dataclass(frozen=True)
class SavedViewShape:
    """``region_id`` is null for one's own; ``editable``: whether the reader may change it."""

    id: str
    name: str
    filters: dict[str, str]
    region_id: int | None
    editable: bool


@dataclass(frozen=True)
class ViewCountShape:
    """``count`` is 1,000 for a thousand or more."""

    id: str
    count: int


class SavedViewSerializer(DataclassSerializer[SavedViewShape]):
    class Meta:
        dataclass = SavedViewShape
        ref_name = "SavedView"


class ViewCountSerializer(DataclassSerializer[ViewCountShape]):
    class Meta:
        dataclass = ViewCountShape
        ref_name = "ViewCount"


class SavedViewBody(Body):
    name = serializers.CharField(max_length=60)
    filters = serializers.DictField(child=serializers.CharField(max_length=200))
    region_id = serializers.IntegerField(allow_null=True, min_value=1, max_value=2**31 - 1)


class OrderBody(Body):
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=400)


class SavedViewsView(KefuView):
    """The saved views I can use."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.see_conversation"}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(SavedViewSerializer))
    def get(self, request: Request) -> Response:
        """List saved views

        My own and those of my regions, in their order. `filters` is what a list of conversations takes.
        """
        shapes = [_shape(row, self.access) for row in queries.saved_views(access=self.access)]
        return Response({"results": shapes, "next": None})

    @extend_schema(request=SavedViewBody, responses={201: SavedViewSerializer})
    def post(self, request: Request) -> Response:
        """Save a view

        For the caller, or with a region for everybody there (from senior on).
        """
        body = SavedViewBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(_shape(add_saved_view(by=self.access, **body.validated_data), self.access), status=201)


class SavedViewView(KefuView):
    """One saved view."""

    needs = {"PUT": "inbox.see_conversation", "DELETE": "inbox.see_conversation"}

    @extend_schema(request=SavedViewBody, responses=SavedViewSerializer)
    def put(self, request: Request, view_id: UUID) -> Response:
        """Change a saved view

        Its name, what it shows, or with whom it is shared.
        """
        body = SavedViewBody(data=request.data)
        body.is_valid(raise_exception=True)
        view = change_saved_view(by=self.access, view_id=view_id, **body.validated_data)
        return Response(_shape(view, self.access))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, view_id: UUID) -> Response:
        """Delete a saved view

        The conversations in it stay.
        """
        delete_saved_view(by=self.access, view_id=view_id)
        return Response(status=204)


class ViewOrderView(KefuView):
    """The order of the saved views."""

    needs = {"PUT": "inbox.see_conversation"}

    @extend_schema(request=OrderBody, responses={204: None})
    def put(self, request: Request) -> Response:
        """Order the saved views

        As their ids are listed; those that the caller may not change stay where they are.
        """
        body = OrderBody(data=request.data)
        body.is_valid(raise_exception=True)
        order_saved_views(by=self.access, ids=body.validated_data["ids"])
        return Response(status=204)


class ViewCountsView(KefuView):
    """How many conversations each saved view holds for me."""

    needs = {"GET": "inbox.see_conversation"}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(ViewCountSerializer))
    def get(self, request: Request) -> Response:
        """Count the conversations of each saved view

        As far as the caller sees conversations, and no further than 1,000.
        """
        counts = queries.saved_view_counts(access=self.access)
        shapes = [ViewCountShape(id=str(pk), count=count) for pk, count in counts.items()]
        return Response({"results": shapes, "next": None})


def _shape(row: SavedView, access: Access) -> SavedViewShape:
    return SavedViewShape(
        id=str(row.pk),
        name=row.name,
        filters=row.filters,
        region_id=row.region_id,
        editable=can_edit_view(access, row),
    )
