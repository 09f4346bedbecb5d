"""The operation log: read, search, export."""

from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.actions.exports import record_export
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_size, read_cursor, write_cursor
from security.api.shapes import SealShape
from security.errors import Invalid
from security.limits.table import EXPORTS
from security.log.reading import Asked, last_seal, operation_page
from security.log.shaping import OperationShape, operation_shapes
from security.log.spreadsheet import pieces
from security.log.viewing import viewed

_TEXT_MAX = 100
_FILTERS = (
    OpenApiParameter("person", int, description="did it, or it is about them"),
    OpenApiParameter(
        "action", str, description="a deed (`conversation.assigned`), or all of a subject (`conversation`)"
    ),
    OpenApiParameter("object", str, description="the id of what it was done to"),
    OpenApiParameter("region", int),
    OpenApiParameter("from", OpenApiTypes.DATETIME),
    OpenApiParameter("to", OpenApiTypes.DATETIME),
    OpenApiParameter(
        "q",
        str,
        description="in the details, as far as they are readable, or in the name of whoever did it or it is about",
    ),
)


class OperationSerializer(DataclassSerializer[OperationShape]):
    class Meta:
        dataclass = OperationShape
        ref_name = "Operation"


class SealSerializer(DataclassSerializer[SealShape]):
    class Meta:
        dataclass = SealShape
        ref_name = "Seal"


class OperationsView(KefuView):
    """Who did what."""

    needs = {"GET": "security.see_operations"}

    @extend_schema(parameters=paged(*_FILTERS), responses=list_of(OperationSerializer))
    def get(self, request: Request) -> Response:
        """Search the operation log

        Lines of my regions, and about people of my regions, newest first. What is encrypted elsewhere is shown to those
        who may see the object. A search in the details looks through 50,000 lines at a time: a page may be empty and
        still have a `next`.
        """
        limit = page_size(request)
        found = operation_page(access=self.access, asked=_asked(request), before=_before(request), limit=limit)
        viewed(self.access, "log.viewed", "security.user", self.access.user_id)
        seal = last_seal()
        shapes = operation_shapes(found.lines, reader=self.access, sealed_upto=seal.last_id if seal is not None else 0)
        further = None if found.further is None else write_cursor([found.further])
        return Response({"results": shapes, "next": further})


class SealView(KefuView):
    """How far the log is sealed."""

    needs = {"GET": "security.see_operations"}

    @extend_schema(responses=SealSerializer)
    def get(self, request: Request) -> Response:
        """How far the operation log is sealed

        The newest seal; `number` is 0 before there is one.
        """
        seal = last_seal()
        return Response(SealShape.of(seal) if seal is not None else SealShape(0, 0, "", None))


class ExportView(KefuView):
    """The log as a file."""

    needs = {"POST": "security.export_operations"}
    limits = {"POST": EXPORTS}

    @extend_schema(request=None, parameters=list(_FILTERS), responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def post(self, request: Request) -> StreamingHttpResponse:
        """Export the operation log

        As CSV, with the filters of the search; the export is itself a line of the log. Needs a fresh second factor
        (`POST session/factor`). Cells that a spreadsheet would take for a formula begin with an apostrophe.
        """
        asked = _asked(request)
        record_export(by=self.access, asked=asked)
        content = pieces(access=self.access, asked=asked, language=get_language() or self.access.language)
        answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="operations.csv"'
        answer["Cache-Control"] = "no-store"
        return answer


def _asked(request: Request) -> Asked:
    given = request.query_params
    return Asked(
        person=_number(given.get("person", ""), "person"),
        action=_text(given.get("action", ""), "action"),
        subject=_text(given.get("object", ""), "object"),
        region=_number(given.get("region", ""), "region"),
        since=_moment(given.get("from", ""), "from"),
        until=_moment(given.get("to", ""), "to"),
        text=_text(given.get("q", "").strip(), "q"),
    )


def _before(request: Request) -> int | None:
    position = read_cursor(request)
    if position is None:
        return None
    if len(position) != 1:
        raise Invalid(field="cursor")
    return _number(str(position[0]), "cursor")


def _number(raw: str, field: str) -> int | None:
    if not raw:
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 19):
        raise Invalid(field=field)
    return int(raw)


def _text(raw: str, field: str) -> str:
    if len(raw) > _TEXT_MAX or "\x00" in raw:
        raise Invalid(field=field)
    return raw


def _moment(raw: str, field: str) -> datetime | None:
    if not raw:
        return None
    try:
        found: Any = parse_datetime(raw)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Invalid(field=field)
    return found
