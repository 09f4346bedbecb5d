"""Consent: the words with which people stop marketing, proofs, and many lines of the register at once."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.actions.consent_import import ConsentLine, record_consents
from contacts.actions.consent_proofs import add_proof, download_proof
from contacts.actions.consent_rules import set_consent_rules
from contacts.consent.rules import ConsentBroughtShape, ConsentRulesShape, consent_rules_of
from contacts.models import ConsentPolicy
from contacts.models.consent import PURPOSES
from contacts.privacy.shapes import ProofShape
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.api.parsing import CarefulForm
from security.errors import Invalid, Refusal

_MANAGE, _SEE, _EDIT = "contacts.manage_consent", "contacts.see_contact", "contacts.edit_contact"


class ConsentRulesSerializer(DataclassSerializer[ConsentRulesShape]):
    class Meta:
        dataclass = ConsentRulesShape
        ref_name = "ConsentRules"


class ProofSerializer(DataclassSerializer[ProofShape]):
    class Meta:
        dataclass = ProofShape
        ref_name = "ConsentProof"


class ConsentBroughtSerializer(DataclassSerializer[ConsentBroughtShape]):
    class Meta:
        dataclass = ConsentBroughtShape
        ref_name = "ConsentBrought"


class RepliesBody(Body):
    zh = serializers.CharField(max_length=1000, allow_blank=True)
    en = serializers.CharField(max_length=1000, allow_blank=True)


class BothRepliesBody(Body):
    stop = RepliesBody()
    start = RepliesBody()


class ConsentRulesBody(Body):
    stop_words = serializers.ListField(child=serializers.CharField(max_length=40), max_length=500)
    start_words = serializers.ListField(child=serializers.CharField(max_length=40), max_length=500)
    confirms = serializers.BooleanField(help_text="whether the customer is answered, once")
    replies = BothRepliesBody()


class ConsentLineBody(Body):
    contact_id = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=PURPOSES, default="marketing")
    given = serializers.BooleanField()
    at = serializers.DateTimeField(help_text="when they said it")
    evidence = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ConsentLinesBody(Body):
    lines = ConsentLineBody(many=True)


class ProofBody(Body):
    file = serializers.FileField()


class ConsentRulesListView(KefuView):
    needs = {"GET": _MANAGE}

    @extend_schema(responses=list_of(ConsentRulesSerializer))
    def get(self, request: Request) -> Response:
        """List the words that stop marketing

        And those that resume it, with what customers are answered; of each of my regions.
        """
        return Response({"results": consent_rules_of(access=self.access), "next": None})


class ConsentRulesView(KefuView):
    needs = {"PUT": _MANAGE}

    @extend_schema(request=ConsentRulesBody, responses=ConsentRulesSerializer)
    def put(self, request: Request, region_id: int) -> Response:
        """Replace the words that stop marketing

        All of a region at once. Only a message that is nothing but such a word counts; script, case, width and marks
        make no difference. Every process knows them within five seconds.
        """
        body = ConsentRulesBody(data=request.data)
        body.is_valid(raise_exception=True)
        asked: dict[str, Any] = body.validated_data
        set_consent_rules(by=self.access, region_id=region_id, **asked)
        return Response(consent_rules_of(access=self.access, region_id=region_id)[0])


class ConsentLinesView(KefuView):
    needs = {"POST": _EDIT}

    @extend_schema(request=ConsentLinesBody, responses=list_of(ConsentBroughtSerializer))
    def post(self, request: Request) -> Response:
        """Write down what many contacts agreed to

        Each line by itself: what is refused keeps back no other, and what stands there already is not entered twice.
        An answer for each, in their order: the `id` of the line, or the `refusal`. A later stop is never overridden.
        """
        body = ConsentLinesBody(data=request.data)
        body.is_valid(raise_exception=True)
        lines = [ConsentLine(**one, source="api") for one in body.validated_data["lines"]]
        if len(lines) > ConsentPolicy.current().rows_most:
            raise Invalid(field="lines")
        answers = record_consents(by=self.access, lines=lines)
        shapes = [
            ConsentBroughtShape(id=None, refusal=one.as_json())
            if isinstance(one, Refusal)
            else ConsentBroughtShape(id=str(one.pk), refusal=None)
            for one in answers
        ]
        return Response({"results": shapes, "next": None})


class ConsentProofView(KefuView):
    needs = {"GET": _SEE, "POST": _EDIT}
    parser_classes = (CarefulForm,)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, contact_id: UUID, entry_id: UUID) -> HttpResponse:
        """Download the proof of a consent

        The file that was added to a line of the register. Each time is a line in the operation log.
        """
        proof, content = download_proof(by=self.access, contact_id=contact_id, entry_id=entry_id)
        answer = HttpResponse(content, content_type="application/octet-stream")
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(proof.name, safe='')}"
        answer["Cache-Control"] = "no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    @extend_schema(request={"multipart/form-data": ProofBody}, responses={201: ProofSerializer})
    def post(self, request: Request, contact_id: UUID, entry_id: UUID) -> Response:
        """Add the proof of a consent

        One file to a line of the register: a PDF, a picture, a recording or plain text. It is never changed.
        """
        body = ProofBody(data=request.data)
        body.is_valid(raise_exception=True)
        file = body.validated_data["file"]
        proof = add_proof(by=self.access, contact_id=contact_id, entry_id=entry_id, file=file)
        return Response(ProofShape(name=proof.name, mime_type=proof.mime_type, size=proof.size), status=201)
