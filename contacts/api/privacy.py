"""Exports and erasures of contacts, and what keeps one from being erased."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.erasing import erase_contact
from contacts.actions.exporting import ask_for_export, download_export
from contacts.actions.holds import hold_contact, release_contact
from contacts.api.privacy_serializers import (
    ContactExportSerializer,
    EraseBody,
    ErasureSerializer,
    HoldBody,
    LegalHoldSerializer,
)
from contacts.models import ContactExport
from contacts.privacy.proof import erasure_shape, erasure_shapes, proof_json
from contacts.privacy.queries import (
    erasure_page,
    export_shape,
    exports_of,
    finished_erasure,
    hold_shape,
    holds_of,
    one_erasure,
)
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid
from security.limits.table import EXPORTS
from security.threads import pieces_in_thread

_EXPORT, _ERASE, _HOLD = "contacts.export_contact", "contacts.erase_contact", "contacts.hold_contact"


class ContactExportsView(KefuView):
    """My exports of one contact."""

    needs = {"GET": _EXPORT, "POST": _EXPORT}
    limits = {"POST": EXPORTS}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(ContactExportSerializer))
    def get(self, request: Request, contact_id: UUID) -> Response:
        """List my exports of a contact

        Newest first. `state` is `making`, `ready`, `failed` or `gone`.
        """
        rows = exports_of(access=self.access, contact_id=contact_id)
        return Response({"results": [export_shape(row) for row in rows], "next": None})

    @extend_schema(request=None, responses={202: ContactExportSerializer})
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Export a contact

        Everything there is of a person, whoever may see it otherwise: for machines, for people in both languages, and
        all files. Made in the background; needs a fresh second factor (`POST session/factor`).
        """
        return Response(export_shape(ask_for_export(by=self.access, contact_id=contact_id)), status=202)


class ContactExportView(KefuView):
    needs = {"GET": _EXPORT}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=ContactExportSerializer)
    def get(self, request: Request, export_id: UUID) -> Response:
        """How far an export is

        `done` of `total` messages are in it while `state` is `making`.
        """
        return Response(export_shape(ContactExport.objects.visible_to(self.access).get_or_404(export_id)))


class ContactExportFileView(KefuView):
    needs = {"POST": _EXPORT}
    limits = {"POST": EXPORTS}

    @extend_schema(request=None, responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def post(self, request: Request, export_id: UUID) -> StreamingHttpResponse:
        """Download an export

        The ZIP file, for whoever asked for it and until it is destroyed (410). Needs a fresh second factor; each time
        is a line in the operation log.
        """
        row, content = download_export(by=self.access, export_id=export_id)
        answer = StreamingHttpResponse(pieces_in_thread(content), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="contact-{row.contact_id}.zip"'
        answer["Content-Length"] = str(row.size)
        answer["Cache-Control"] = "no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


class EraseContactView(KefuView):
    needs = {"POST": _ERASE}

    @extend_schema(request=EraseBody, responses={202: ErasureSerializer})
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Erase a contact for ever

        Its keys are destroyed at once: nobody can read anything of it any more, nor restore it from a backup. `confirm`
        is the name as it is shown, or the number. Needs a fresh second factor. What was destroyed is in the answer,
        which `GET erasures/<id>` repeats as it goes on.
        """
        body = EraseBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = erase_contact(by=self.access, contact_id=contact_id, **body.validated_data)
        return Response(erasure_shape(one_erasure(access=self.access, erasure_id=row.pk)), status=202)


class ErasuresView(KefuView):
    needs = {"GET": _ERASE}

    @extend_schema(parameters=paged(), responses=list_of(ErasureSerializer))
    def get(self, request: Request) -> Response:
        """List erasures

        Of my regions, the latest first.
        """
        limit = page_size(request)
        rows = erasure_page(access=self.access, after=read_cursor(request), limit=limit)
        shapes = {row.pk: shape for row, shape in zip(rows, erasure_shapes(rows), strict=True)}
        position = lambda row: (row.asked_at, row.pk)  # noqa: E731
        return Response(page_json(rows, limit=limit, shape=lambda row: shapes[row.pk], position=position))


class ErasureView(KefuView):
    needs = {"GET": _ERASE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=ErasureSerializer)
    def get(self, request: Request, erasure_id: UUID) -> Response:
        """What an erasure destroyed

        `finished_at` is null while rows are still being removed; nobody can read them since `asked_at`.
        """
        return Response(erasure_shape(one_erasure(access=self.access, erasure_id=erasure_id)))


_AS = OpenApiParameter("as", str, description="`json` (usual) or `html`")


class ProofView(KefuView):
    needs = {"GET": _ERASE}

    @extend_schema(
        parameters=[_AS],
        responses={(200, kind): OpenApiTypes.BINARY for kind in ("application/json", "text/html")},
    )
    def get(self, request: Request, erasure_id: UUID) -> HttpResponse:
        """Download the proof of an erasure

        For machines, or as a page for people. `digest` also stands in the operation log, whose seals nobody can remake.
        404 while it is still going on.
        """
        kind = request.query_params.get("as", "json")
        if kind not in ("json", "html"):
            raise Invalid(field="as")
        row = finished_erasure(access=self.access, erasure_id=erasure_id)
        if kind == "json":
            answer = HttpResponse(proof_json(row), content_type="application/json")
        else:
            page = render_to_string("contacts/proof.html", {"told": erasure_shape(row)})
            answer = HttpResponse(page, content_type="text/html; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="erasure-{row.pk}.{kind}"'
        answer["Cache-Control"] = "no-store"
        return answer


_WHICH_HOLD = OpenApiParameter("hold", UUID, description="which one, where several run")


class LegalHoldsView(KefuView):
    """Why a contact must be kept."""

    needs = {"GET": _HOLD, "POST": _HOLD, "DELETE": _HOLD}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(LegalHoldSerializer))
    def get(self, request: Request, contact_id: UUID) -> Response:
        """List the legal holds on a contact

        Newest first; those that run have no `released_at`. It is kept until the last one ends.
        """
        rows = holds_of(access=self.access, contact_id=contact_id)
        return Response({"results": [hold_shape(row) for row in rows], "next": None})

    @extend_schema(request=HoldBody, responses={201: LegalHoldSerializer})
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Keep a contact

        Neither retention nor anybody destroys anything of it until the hold ends.
        """
        body = HoldBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = hold_contact(by=self.access, contact_id=contact_id, **body.validated_data)
        return Response(hold_shape(row), status=201)

    @extend_schema(parameters=[_WHICH_HOLD], request=None, responses={204: None})
    def delete(self, request: Request, contact_id: UUID) -> Response:
        """End a legal hold on a contact

        Twice is once. The contact is kept until the last one has ended.
        """
        named = request.query_params.get("hold", "")
        try:
            hold_id = UUID(named) if named else None
        except ValueError:
            raise Invalid(field="hold") from None
        release_contact(by=self.access, contact_id=contact_id, hold_id=hold_id)
        return Response(status=204)
