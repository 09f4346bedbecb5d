"""Colleagues and regions."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.api.base import SIGNED_IN, KefuView
from security.api.lists import list_of
from security.api.shapes import PersonShape, RegionShape
from security.models import Region
from security.policies import colleagues_of


class PersonSerializer(DataclassSerializer[PersonShape]):
    class Meta:
        dataclass = PersonShape
        ref_name = "Person"


class RegionSerializer(DataclassSerializer[RegionShape]):
    class Meta:
        dataclass = RegionShape
        ref_name = "Region"


class PeopleView(KefuView):
    """Colleagues who share a region with me: those a conversation can be handed to."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=list_of(PersonSerializer))
    def get(self, request: Request) -> Response:
        """List my colleagues

        Active people who share a region with the caller: those a conversation can be handed to.
        """
        people = [PersonShape.of(user, self.access) for user in colleagues_of(self.access)]
        return Response({"results": people, "next": None})


class RegionsView(KefuView):
    """The regions I work in."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=list_of(RegionSerializer))
    def get(self, request: Request) -> Response:
        """List my regions

        Conversations of other regions do not exist for the caller.
        """
        regions = [RegionShape.of(region) for region in Region.objects.filter(pk__in=self.access.region_ids)]
        return Response({"results": regions, "next": None})
