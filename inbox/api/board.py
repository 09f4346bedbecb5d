"""The supervisors' board, and spreading what waits at somebody who is away."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions.spreading import spread_waiting
from inbox.api.serializers import ConversationSerializer
from inbox.board import queries
from inbox.board.shapes import BoardPersonShape, BoardShape, MoveShape, SpreadShape
from inbox.board.spreading import plan_of
from inbox.shaping import contact_name
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.errors import Invalid, NotFound
from security.levels import LEVELS
from security.models.user import AVAILABILITIES
from security.policies import colleagues_of

_LARGEST = 2**31 - 1


class BoardPersonSerializer(DataclassSerializer[BoardPersonShape]):
    level = serializers.ChoiceField(choices=LEVELS)
    availability = serializers.ChoiceField(choices=AVAILABILITIES)

    class Meta:
        dataclass = BoardPersonShape
        ref_name = "BoardPerson"


class BoardSerializer(DataclassSerializer[BoardShape]):
    conversations = ConversationSerializer(many=True)
    people = BoardPersonSerializer(many=True)

    class Meta:
        dataclass = BoardShape
        ref_name = "Board"


class MoveSerializer(DataclassSerializer[MoveShape]):
    class Meta:
        dataclass = MoveShape
        ref_name = "Move"


class SpreadSerializer(DataclassSerializer[SpreadShape]):
    class Meta:
        dataclass = SpreadShape
        ref_name = "Spread"


class MoveBody(Body):
    conversation_id = serializers.UUIDField()
    person_id = serializers.IntegerField(min_value=1, max_value=_LARGEST)


class SpreadBody(Body):
    moves = serializers.ListField(child=MoveBody(), max_length=100)


class BoardView(KefuView):
    """The board."""

    needs = {"GET": "inbox.see_board"}

    @extend_schema(
        parameters=[OpenApiParameter("region", int), OpenApiParameter("channel", OpenApiTypes.UUID)],
        responses=BoardSerializer,
    )
    def get(self, request: Request) -> Response:
        """Read the board

        What waits, what is at risk and risky, what comes back soon, who has how much, and today's figures; of my
        regions, one of them, or one channel.
        """
        region, channel = (request.query_params.get(name, "") for name in ("region", "channel"))
        if region and not (region.isascii() and region.isdecimal() and int(region[:11]) <= _LARGEST):
            raise Invalid(field="region")
        return Response(
            queries.board(
                access=self.access, region_id=int(region) if region else None, channel_id=_uuid(channel, "channel")
            )
        )


class SpreadView(KefuView):
    """What waits at somebody, spread over those who are there."""

    needs = {"GET": "inbox.see_board", "POST": "inbox.see_board"}

    @extend_schema(responses=list_of(MoveSerializer))
    def get(self, request: Request, user_id: int) -> Response:
        """Preview how somebody's waiting conversations would be spread

        By the rules of assignment: to whom each would go, and which would stay.
        """
        self._known(user_id)
        return Response(
            {
                "results": [
                    MoveShape(
                        conversation_id=str(one.talk.pk),
                        contact_name=contact_name(one.talk),
                        waiting_since=one.talk.waiting_since,
                        person_id=one.choice.worker.id if one.choice else None,
                        person_name=one.choice.worker.access.name if one.choice else None,
                    )
                    for one in plan_of(self.access, user_id)
                ],
                "next": None,
            }
        )

    @extend_schema(request=SpreadBody, responses=SpreadSerializer)
    def post(self, request: Request, user_id: int) -> Response:
        """Spread somebody's waiting conversations

        As previewed. What changed meanwhile, or does not fit any more, is left as it is and named.
        """
        body = SpreadBody(data=request.data)
        body.is_valid(raise_exception=True)
        self._known(user_id)
        moves = {one["conversation_id"]: one["person_id"] for one in body.validated_data["moves"]}
        moved, left = spread_waiting(by=self.access, person_id=user_id, moves=moves)
        return Response(SpreadShape(moved=len(moved), left=[str(pk) for pk in left]))

    def _known(self, user_id: int) -> None:
        if user_id > _LARGEST or not colleagues_of(self.access).filter(pk=user_id).exists():
            raise NotFound


def _uuid(raw: str, field: str) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise Invalid(field=field) from None
