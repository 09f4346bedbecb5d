"""Files of contacts and orders: brought, looked at, taken in, undone."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.imports import (
    cancel_import,
    check_import,
    record_problems_taken,
    run_import,
    set_up_import,
    undo_import,
    upload_import,
)
from contacts.api.import_serializers import (
    PHASE_NAMES,
    DraftBody,
    DraftSerializer,
    ImportSerializer,
    ImportUploadBody,
    ProblemSerializer,
)
from contacts.imports.errors import NotNow
from contacts.imports.problem_file import pieces
from contacts.imports.queries import draft_shape, import_page, one_import, problem_page, problem_shape
from contacts.imports.shapes import ImportShape
from contacts.models import Import
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.api.parsing import CarefulForm
from security.errors import Invalid
from security.limits.table import EXPORTS
from security.threads import pieces_in_thread

_NEED = "contacts.import_contact"
_PHASE = OpenApiParameter("phase", str, enum=PHASE_NAMES, description="`run` (usual), `check` or `undo`")


class ImportsView(KefuView):
    """What was brought in."""

    needs = {"GET": _NEED, "POST": _NEED}
    uncounted = frozenset({"GET"})
    parser_classes = (CarefulForm,)

    @extend_schema(parameters=paged(), responses=list_of(ImportSerializer))
    def get(self, request: Request) -> Response:
        """List imports

        Of my regions, the latest first.
        """
        limit = page_size(request)
        rows = import_page(access=self.access, after=read_cursor(request), limit=limit)
        position = lambda row: (row.made_at, row.pk)  # noqa: E731
        return Response(page_json(rows, limit=limit, shape=ImportShape.of, position=position))

    @extend_schema(request={"multipart/form-data": ImportUploadBody}, responses={201: DraftSerializer})
    def post(self, request: Request) -> Response:
        """Bring a file

        CSV in any common encoding, or an Excel workbook (.xlsx), of `contacts` or `orders`. What it is, is told by its
        content. Nothing is taken in yet: the answer says how it was read, what its columns were taken for, and what
        the first lines would become.
        """
        body = ImportUploadBody(data=request.data)
        body.is_valid(raise_exception=True)
        told = body.validated_data
        file = told["file"]
        row = upload_import(
            by=self.access,
            region_id=int(told["region_id"]),
            subject=told["subject"],
            name=file.name or "",
            file=file,
            size=file.size or 0,
        )
        return Response(draft_shape(one_import(access=self.access, import_id=row.pk)), status=201)


class ImportView(KefuView):
    needs = {"GET": _NEED}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=ImportSerializer)
    def get(self, request: Request, import_id: UUID) -> Response:
        """How far an import is

        `counts` are lines by what became of them: `created`, `updated`, `unchanged`, `refused`; `noted` were taken, but
        for something. The live stream tells the same (`import.changed`).
        """
        return Response(ImportShape.of(one_import(access=self.access, import_id=import_id)))


class ImportDraftView(KefuView):
    """A file that is being prepared."""

    needs = {"GET": _NEED, "PATCH": _NEED}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=DraftSerializer)
    def get(self, request: Request, import_id: UUID) -> Response:
        """Show a file that is being prepared

        How it is read, what its columns mean, and what its first lines would become.
        """
        return Response(self._shape(import_id))

    @extend_schema(request=DraftBody, responses=DraftSerializer)
    def patch(self, request: Request, import_id: UUID) -> Response:
        """Set a file up

        How to read it (`reading`), whether its first line is a heading, what each column means (`mapping`: the number
        of the column, from 0, to one of `choices`), and what holds for all lines. What is left out stays.
        """
        body = DraftBody(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        told = dict(body.validated_data)
        if told.get("settings", {}).get("agreed_at"):
            told["settings"] = {**told["settings"], "agreed_at": told["settings"]["agreed_at"].isoformat()}
        set_up_import(by=self.access, import_id=import_id, **told)
        return Response(self._shape(import_id))

    def _shape(self, import_id: UUID) -> object:
        row: Import = one_import(access=self.access, import_id=import_id)
        if not row.raw:
            raise NotNow
        return draft_shape(row)


class CheckView(KefuView):
    needs = {"POST": _NEED}

    @extend_schema(operation_id="post_import_check", request=None, responses={202: ImportSerializer})
    def post(self, request: Request, import_id: UUID) -> Response:
        """Try a file out

        Every line is tried and nothing kept. When it is a draft again, `checked` has the counts.
        """
        return Response(ImportShape.of(check_import(by=self.access, import_id=import_id)), status=202)


class RunView(KefuView):
    needs = {"POST": _NEED}

    @extend_schema(operation_id="post_import_run", request=None, responses={202: ImportSerializer})
    def post(self, request: Request, import_id: UUID) -> Response:
        """Take a file in

        In the background, some lines at a time; lines that cannot be taken hold up none of the others.
        """
        return Response(ImportShape.of(run_import(by=self.access, import_id=import_id)), status=202)


class CancelView(KefuView):
    needs = {"POST": _NEED}

    @extend_schema(operation_id="post_import_cancel", request=None, responses=ImportSerializer)
    def post(self, request: Request, import_id: UUID) -> Response:
        """Cancel an import

        What it has taken so far stays, and can be undone. A check ends without a result.
        """
        return Response(ImportShape.of(cancel_import(by=self.access, import_id=import_id)))


class UndoView(KefuView):
    needs = {"POST": _NEED}

    @extend_schema(operation_id="post_import_undo", request=None, responses={202: ImportSerializer})
    def post(self, request: Request, import_id: UUID) -> Response:
        """Undo an import

        What it made goes, what it changed is as before, unless somebody changed it since: the lines of the phase `undo`
        say what stays. Until `undo_until`.
        """
        return Response(ImportShape.of(undo_import(by=self.access, import_id=import_id)), status=202)


class ProblemsView(KefuView):
    needs = {"GET": _NEED}
    uncounted = frozenset({"GET"})

    @extend_schema(parameters=paged(_PHASE), responses=list_of(ProblemSerializer))
    def get(self, request: Request, import_id: UUID) -> Response:
        """List the lines that were not taken

        In the order of the file, each with why.
        """
        row, limit, after = one_import(access=self.access, import_id=import_id), page_size(request), None
        if (cursor := read_cursor(request)) is not None:
            after = _line_and_id(cursor)
        rows = problem_page(row=row, phase=_phase(request), after=after, limit=limit)
        position = lambda one: (one.line, one.pk)  # noqa: E731
        return Response(page_json(rows, limit=limit, shape=problem_shape, position=position))


class ProblemFileView(KefuView):
    needs = {"POST": _NEED}
    limits = {"POST": EXPORTS}

    @extend_schema(request=None, parameters=[_PHASE], responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def post(self, request: Request, import_id: UUID) -> StreamingHttpResponse:
        """Download the lines that were not taken

        CSV with the columns of the file, and why: mend them and bring the file again. Cells that a spreadsheet would
        take for a formula begin with an apostrophe.
        """
        phase = _phase(request)
        row = record_problems_taken(by=self.access, import_id=import_id, phase=phase)
        answer = StreamingHttpResponse(
            pieces_in_thread(pieces(row, phase=phase)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="lines.csv"'
        answer["Cache-Control"] = "no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _line_and_id(position: list[Any]) -> tuple[int, UUID]:
    try:
        line, pk = position
        return int(line), UUID(pk)
    except (ValueError, TypeError, AttributeError):
        raise Invalid(field="cursor") from None


def _phase(request: Request) -> str:
    phase = request.query_params.get("phase", "run")
    if phase not in PHASE_NAMES:
        raise Invalid(field="phase")
    return phase
