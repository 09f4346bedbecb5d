"""Number hygiene: dead and silent numbers, suppression, duplicates."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.actions.duplicates import ask_for_duplicates, keep_apart
from contacts.actions.suppression import MOST, suppress_contacts, unsuppress_contacts
from contacts.actions.unmerging import unmerge_contacts
from contacts.hygiene.queries import (
    LISTS,
    figures,
    merge_page,
    merge_shapes,
    number_page,
    number_shapes,
    pair_page,
    pair_shapes,
)
from contacts.hygiene.shapes import DoneShape, HygieneShape, MergeDoneShape, NumberShape, PairShape
from contacts.models.suppression import WHYS
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid

_SUPPRESS, _MERGE = "contacts.suppress_contact", "contacts.merge_contact"


class HygieneSerializer(DataclassSerializer[HygieneShape]):
    class Meta:
        dataclass = HygieneShape
        ref_name = "Hygiene"


class NumberSerializer(DataclassSerializer[NumberShape]):
    class Meta:
        dataclass = NumberShape
        ref_name = "HygieneNumber"


class PairSerializer(DataclassSerializer[PairShape]):
    class Meta:
        dataclass = PairShape
        ref_name = "DuplicatePair"


class MergeDoneSerializer(DataclassSerializer[MergeDoneShape]):
    class Meta:
        dataclass = MergeDoneShape
        ref_name = "MergeDone"


class DoneSerializer(DataclassSerializer[DoneShape]):
    class Meta:
        dataclass = DoneShape
        ref_name = "HygieneDone"


class UnsuppressBody(Body):
    contacts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)


class SuppressBody(UnsuppressBody):
    why = serializers.ChoiceField(choices=[name for name, _words in WHYS])
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class HygieneView(KefuView):
    """How many there are."""

    needs = {"GET": _SUPPRESS}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=HygieneSerializer)
    def get(self, request: Request) -> Response:
        """Count the lists of number hygiene

        Of the contacts I see: dead numbers, silent ones, those suppressed; and what a month costs to write to those
        proposed.
        """
        return Response(figures(access=self.access))


class NumbersView(KefuView):
    needs = {"GET": _SUPPRESS}

    @extend_schema(
        parameters=paged(OpenApiParameter("list", str, enum=LISTS, required=True)), responses=list_of(NumberSerializer)
    )
    def get(self, request: Request) -> Response:
        """List numbers proposed for suppression, or suppressed

        `bounced`: nothing is delivered to them; `dormant`: silent for longer than the policy says; `suppressed`.
        """
        name, limit = request.query_params.get("list", ""), page_size(request)
        if name not in LISTS:
            raise Invalid(field="list")
        rows = number_page(access=self.access, name=name, after=read_cursor(request), limit=limit)
        shapes = number_shapes(rows)
        return Response(page_json(rows, limit=limit, shape=lambda row: shapes[row.pk], position=lambda row: (row.pk,)))


class SuppressView(KefuView):
    needs = {"POST": _SUPPRESS}

    @extend_schema(request=SuppressBody, responses=DoneSerializer)
    def post(self, request: Request) -> Response:
        """Suppress contacts

        They get no marketing by any path until that is lifted; answers to what they write are sent as ever. Returns
        those it is new for.
        """
        body = SuppressBody(data=request.data)
        body.is_valid(raise_exception=True)
        told = body.validated_data
        done = suppress_contacts(
            by=self.access, contact_ids=told["contacts"], why=told["why"], reason=told.get("reason", "")
        )
        return Response(DoneShape([str(pk) for pk in done]))


class UnsuppressView(KefuView):
    needs = {"POST": _SUPPRESS}

    @extend_schema(request=UnsuppressBody, responses=DoneSerializer)
    def post(self, request: Request) -> Response:
        """Lift the suppression of contacts

        Whether they get marketing is for their own word again. Returns those it is new for.
        """
        body = UnsuppressBody(data=request.data)
        body.is_valid(raise_exception=True)
        done = unsuppress_contacts(by=self.access, contact_ids=body.validated_data["contacts"])
        return Response(DoneShape([str(pk) for pk in done]))


class PairsView(KefuView):
    needs = {"GET": _MERGE, "POST": _MERGE}
    uncounted = frozenset({"GET"})

    @extend_schema(parameters=paged(), responses=list_of(PairSerializer))
    def get(self, request: Request) -> Response:
        """List pairs that may be one person

        Found by the same number in any form, the same id in another system, or the same name with the same order
        number. Nobody is merged by a machine.
        """
        limit = page_size(request)
        rows = pair_page(access=self.access, after=read_cursor(request), limit=limit)
        shapes = pair_shapes(rows[:limit])
        position = lambda row: (row.found_at, row.pk)  # noqa: E731
        return Response(page_json(rows, limit=limit, shape=lambda row: shapes[row.pk], position=position))

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request) -> Response:
        """Look for duplicates now

        In my regions, in the background; it happens every night anyway.
        """
        ask_for_duplicates(by=self.access)
        return Response(status=202)


class MergesView(KefuView):
    needs = {"GET": _MERGE}
    uncounted = frozenset({"GET"})

    @extend_schema(parameters=paged(), responses=list_of(MergeDoneSerializer))
    def get(self, request: Request) -> Response:
        """List merges

        The latest first; `undo_until` says until when one can be undone.
        """
        limit = page_size(request)
        rows = merge_page(access=self.access, after=read_cursor(request), limit=limit)
        shapes = merge_shapes(rows[:limit])
        position = lambda row: (row.asked_at, row.pk)  # noqa: E731
        return Response(page_json(rows, limit=limit, shape=lambda row: shapes[row.pk], position=position))


class UnmergeView(KefuView):
    needs = {"POST": _MERGE}

    @extend_schema(operation_id="post_merge_undo", request=None, responses={202: None})
    def post(self, request: Request, merge_id: UUID) -> Response:
        """Undo a merge

        The contact that went is there again with what the merge moved, as far as that is still where it was put;
        what came since stays. Old conversations follow within minutes. Needs a fresh second factor.
        """
        unmerge_contacts(by=self.access, merge_id=merge_id)
        return Response(status=202)


class ApartView(KefuView):
    needs = {"POST": _MERGE}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, duplicate_id: UUID) -> Response:
        """Say that two are two people

        They are not proposed again.
        """
        keep_apart(by=self.access, duplicate_id=duplicate_id)
        return Response(status=204)
