"""Segments: saved filters over the contacts of a region."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.segments import archive_segment, count_segment, create_segment, edit_segment
from contacts.api.conditions import region_among
from contacts.api.segment_serializers import (
    ArchiveBody,
    BelongsSerializer,
    SegmentBody,
    SegmentEdit,
    SegmentPersonSerializer,
    SegmentSerializer,
    SegmentSizeSerializer,
    SegmentTryBody,
    SegmentTrySerializer,
)
from contacts.conditions.tree import parse
from contacts.models import Contact, Segment, SegmentsPolicy
from contacts.segments import belongs
from contacts.segments.compiling import facts_of_segments
from contacts.segments.queries import (
    people_page,
    person_shapes,
    segment_page,
    segment_shape,
    segment_shapes,
    sizes_of,
    tried,
)
from contacts.segments.shapes import BelongsShape
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid
from security.log.viewing import viewed

_SEE, _EDIT = "contacts.see_segment", "contacts.edit_segment"
_ARCHIVED = OpenApiParameter("archived", bool, description="those that are archived instead")
_REGION = OpenApiParameter("region", int, description="of this region only")
_CONTACT = OpenApiParameter("contact", UUID, required=True)


class SegmentsView(KefuView):
    needs = {"GET": _SEE, "POST": _EDIT}

    @extend_schema(parameters=paged(_ARCHIVED, _REGION), responses=list_of(SegmentSerializer))
    def get(self, request: Request) -> Response:
        """List segments

        Of my regions, by name, each with its conditions in plain words and its size when it was counted last.
        """
        limit, after, region = page_size(request), read_cursor(request), request.query_params.get("region")
        rows = segment_page(
            access=self.access,
            after=after,
            limit=limit,
            archived=request.query_params.get("archived") == "true",
            region_id=None if region is None else region_among(self.access, region),
        )
        shapes = segment_shapes(rows)
        return Response(
            page_json(rows, limit=limit, shape=lambda row: shapes[row.pk], position=lambda row: (row.name, row.pk))
        )

    @extend_schema(request=SegmentBody, responses={201: SegmentSerializer})
    def post(self, request: Request) -> Response:
        """Save a segment

        It is counted at once, and every day from then on.
        """
        body = SegmentBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(segment_shape(create_segment(by=self.access, **body.validated_data)), status=201)


class SegmentView(KefuView):
    needs = {"GET": _SEE, "PATCH": _EDIT}

    @extend_schema(responses=SegmentSerializer)
    def get(self, request: Request, segment_id: UUID) -> Response:
        """Read a segment

        With its conditions in plain words, and how many they held of when it was counted last.
        """
        return Response(segment_shape(Segment.objects.visible_to(self.access).get_or_404(segment_id)))

    @extend_schema(request=SegmentEdit, responses=SegmentSerializer)
    def patch(self, request: Request, segment_id: UUID) -> Response:
        """Change a segment

        What is left out stays. `version` is the one that was read: 409 `conflict` when somebody changed it since.
        """
        body = SegmentEdit(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(segment_shape(edit_segment(by=self.access, segment_id=segment_id, **body.validated_data)))


class SegmentArchiveView(KefuView):
    needs = {"POST": _EDIT}

    @extend_schema(request=ArchiveBody, responses=SegmentSerializer)
    def post(self, request: Request, segment_id: UUID) -> Response:
        """Archive a segment, or bring it back

        An archived one is no longer offered; what uses it goes on.
        """
        body = ArchiveBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(segment_shape(archive_segment(by=self.access, segment_id=segment_id, **body.validated_data)))


class SegmentCountView(KefuView):
    needs = {"POST": _SEE}

    @extend_schema(request=None, responses=SegmentSerializer)
    def post(self, request: Request, segment_id: UUID) -> Response:
        """Count a segment anew

        Which its history keeps as today's size.
        """
        return Response(segment_shape(count_segment(by=self.access, segment_id=segment_id)))


class SegmentPeopleView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(parameters=paged(), responses=list_of(SegmentPersonSerializer))
    def get(self, request: Request, segment_id: UUID) -> Response:
        """List who is in a segment

        As of now, of those the caller may see. Each page is a line of the operation log, with how many there were.
        """
        segment = Segment.objects.visible_to(self.access).get_or_404(segment_id)
        limit, cursor = page_size(request), read_cursor(request)
        rows = people_page(access=self.access, segment=segment, after=_id_of(cursor), limit=limit)
        if rows:
            page = "/".join(map(str, cursor or ["1"]))
            viewed(
                self.access, "contact.listed", "security.user", self.access.user_id, rows=len(rows[:limit]), page=page
            )
        shapes = dict(zip([row.pk for row in rows], person_shapes(rows), strict=True))
        return Response(page_json(rows, limit=limit, shape=lambda row: shapes[row.pk], position=lambda row: (row.pk,)))


def _id_of(cursor: list[object] | None) -> UUID | None:
    try:
        return None if cursor is None else UUID(str(cursor[0]))
    except (ValueError, IndexError):
        raise Invalid(field="cursor") from None


class SegmentSizesView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(responses=list_of(SegmentSizeSerializer))
    def get(self, request: Request, segment_id: UUID) -> Response:
        """Read the size history of a segment

        One size a day, oldest first.
        """
        days = SegmentsPolicy.current().history_days
        return Response({"results": sizes_of(access=self.access, segment_id=segment_id, days=days), "next": None})


class SegmentBelongsView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(parameters=[_CONTACT], responses=BelongsSerializer)
    def get(self, request: Request, segment_id: UUID) -> Response:
        """Explain why a contact is in a segment, or is not

        Every condition with what was known and whether it holds.
        """
        segment = Segment.objects.visible_to(self.access).get_or_404(segment_id)
        try:
            contact_id = UUID(request.query_params.get("contact", ""))
        except ValueError:
            raise Invalid(field="contact") from None
        Contact.objects.visible_to(self.access).get_or_404(contact_id)
        outcome = belongs(segment, contact_id)
        return Response(BelongsShape(holds=outcome.holds, outcome=outcome.as_json()))


class SegmentTryView(KefuView):
    needs = {"POST": _SEE}
    uncounted = frozenset({"POST"})

    @extend_schema(request=SegmentTryBody, responses=SegmentTrySerializer)
    def post(self, request: Request) -> Response:
        """Count who conditions hold of

        Nothing is kept: how many of those the caller may see, the first of them, and the conditions in plain words.
        """
        body = SegmentTryBody(data=request.data)
        body.is_valid(raise_exception=True)
        region_id = region_among(self.access, str(body.validated_data["region_id"]))
        node = parse(body.validated_data["conditions"], facts_of_segments(region_id), region_id=region_id)
        shown = SegmentsPolicy.current().preview
        return Response(tried(access=self.access, node=node, region_id=region_id, shown=shown))
