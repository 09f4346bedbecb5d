"""How permissions are used."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.api.base import KefuView
from security.api.lists import list_of
from security.health import PermissionHealthShape, ProposalShape, permission_health


class ProposalSerializer(DataclassSerializer[ProposalShape]):
    kind = serializers.ChoiceField(choices=("narrow", "withhold", "grant", "widen"))

    class Meta:
        dataclass = ProposalShape
        ref_name = "PermissionProposal"


class PermissionHealthSerializer(DataclassSerializer[PermissionHealthShape]):
    proposals = ProposalSerializer(many=True)

    class Meta:
        dataclass = PermissionHealthShape
        ref_name = "PermissionHealth"


class HealthView(KefuView):
    """How well the permissions fit the work."""

    needs = {"GET": "security.see_health"}

    @extend_schema(responses=list_of(PermissionHealthSerializer))
    def get(self, request: Request) -> Response:
        """See how permissions are used

        Of each: how many of those who have it used it lately, how often it was refused, and what could be changed.
        """
        return Response({"results": permission_health(self.access), "next": None})
