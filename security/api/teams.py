"""Teams of my regions."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.api.base import SIGNED_IN, KefuView
from security.api.lists import list_of
from security.api.shapes import TeamShape
from security.policies import teams_of


class TeamSerializer(DataclassSerializer[TeamShape]):
    class Meta:
        dataclass = TeamShape
        ref_name = "Team"


class TeamsView(KefuView):
    """Those a conversation of my regions can be given to."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=list_of(TeamSerializer))
    def get(self, request: Request) -> Response:
        """List the teams of my regions

        With the ids of the active people in each.
        """
        return Response({"results": [TeamShape.of(team) for team in teams_of(self.access)], "next": None})
