"""Duplicates, merging, and the consent register of contacts."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions.consent import record_consent
from contacts.actions.merging import merge_contacts
from contacts.api.privacy_serializers import (
    ConsentBody,
    ConsentSerializer,
    DuplicateSerializer,
    MergeBody,
    MergePreviewSerializer,
    MergeSerializer,
)
from contacts.models import Contact, ContactMerge
from contacts.privacy.consents import consent_shapes, consents_of
from contacts.privacy.duplicates import duplicates_of, merge_preview
from contacts.privacy.queries import merge_shape
from security.api.base import KefuView
from security.api.lists import list_of
from security.errors import Invalid

_MERGE = "contacts.merge_contact"


class DuplicatesView(KefuView):
    needs = {"GET": _MERGE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(DuplicateSerializer))
    def get(self, request: Request, contact_id: UUID) -> Response:
        """List who may be the same person

        By a number in another form, a former number, or the very same name among those who wrote lately.
        """
        return Response({"results": duplicates_of(access=self.access, contact_id=contact_id), "next": None})


class MergeView(KefuView):
    needs = {"GET": _MERGE, "POST": _MERGE}
    uncounted = frozenset({"GET"})

    @extend_schema(
        parameters=[OpenApiParameter("merged", UUID, required=True, description="the contact that would go")],
        responses=MergePreviewSerializer,
    )
    def get(self, request: Request, contact_id: UUID) -> Response:
        """What a merge would move

        From the contact `merged` to this one, by kind. Nothing is changed.
        """
        Contact.objects.visible_to(self.access).get_or_404(contact_id)
        try:
            merged = UUID(request.query_params.get("merged", ""))
        except ValueError:
            raise Invalid(field="merged") from None
        return Response(merge_preview(access=self.access, kept_id=contact_id, merged_id=merged))

    @extend_schema(request=MergeBody, responses={202: MergeSerializer})
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Merge another contact into this one

        It can be undone for some days. Numbers and notes are here at once, conversations within minutes. Needs a fresh
        second factor.
        """
        body = MergeBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = merge_contacts(by=self.access, kept_id=contact_id, merged_id=body.validated_data["merged"])
        return Response(merge_shape(row), status=202)


class MergeProgressView(KefuView):
    needs = {"GET": _MERGE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=MergeSerializer)
    def get(self, request: Request, merge_id: UUID) -> Response:
        """How far a merge is

        `finished_at` is null while rows are still being moved.
        """
        return Response(merge_shape(ContactMerge.objects.visible_to(self.access).get_or_404(merge_id)))


class ConsentsView(KefuView):
    """What a person agreed to."""

    needs = {"GET": "contacts.see_contact", "POST": "contacts.edit_contact"}

    @extend_schema(responses=list_of(ConsentSerializer))
    def get(self, request: Request, contact_id: UUID) -> Response:
        """List what a contact agreed to

        Newest first; `holds` marks the newest of each purpose. Lines are never changed.
        """
        rows = consents_of(access=self.access, contact_id=contact_id)
        return Response({"results": consent_shapes(rows), "next": None})

    @extend_schema(request=ConsentBody, responses={201: ConsentSerializer})
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Write down what a contact agreed to

        Or took back, and when they said it. What they tell WhatsApp is written down by itself. Marketing needs
        `evidence`, and where they have stopped it before they said this, `resume` (409 `resumes_marketing` without).
        """
        body = ConsentBody(data=request.data)
        body.is_valid(raise_exception=True)
        entry = record_consent(by=self.access, contact_id=contact_id, **body.validated_data)
        register = consent_shapes(consents_of(access=self.access, contact_id=contact_id))
        return Response(next(shape for shape in register if shape.id == str(entry.pk)), status=201)
