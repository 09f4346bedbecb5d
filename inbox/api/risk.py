"""Risky conversations: what was found, who takes it, and the lists by which it is found."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inbox.actions.risk_lists import Rule, Step, Word, set_risk
from inbox.actions.risks import close_risk, flag_risk, take_risk
from inbox.api.conversations import OneConversation
from inbox.api.risk_serializers import (
    CloseBody,
    FlagBody,
    RiskSerializer,
    RiskSettingsBody,
    RiskSettingsSerializer,
    TriedSerializer,
    TryBody,
)
from inbox.api.serializers import ConversationSerializer
from inbox.risk import queries
from security.api.base import KefuView
from security.api.lists import list_of


class RisksView(OneConversation):
    """What is risky in a conversation."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.flag_risk"}

    @extend_schema(responses=list_of(RiskSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """Explain what is risky in a conversation

        Every time it was, the running one first: which words in which message, who was told and took it, what to do.
        """
        return Response({"results": queries.risks(access=self.access, conversation_id=conversation_id), "next": None})

    @extend_schema(request=FlagBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Flag a conversation as risky

        By hand, with a reason: specialists are told at once, as if words had been found.
        """
        body = FlagBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = flag_risk(by=self.access, conversation_id=conversation_id, **body.validated_data)
        return self._shown_or_gone(row)

    def _shown_or_gone(self, row: Any) -> Response:
        """A trainee who flags a conversation sees it no longer: it is a specialist's now."""
        if row.assignee_id != self.access.user_id and self.access.trainee:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return self.shown(row)


class TakeRiskView(OneConversation):
    """A specialist takes it."""

    needs = {"POST": "inbox.flag_risk"}

    @extend_schema(request=None, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Take a risky conversation

        It is the caller's from now on, and nobody further is told. Whoever is second is refused (`risk_taken`).
        """
        return self.shown(take_risk(by=self.access, conversation_id=conversation_id))


class CloseRiskView(OneConversation):
    """It is dealt with."""

    needs = {"POST": "inbox.flag_risk"}

    @extend_schema(request=CloseBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Close what was risky

        With a reason; `false_alarm` is counted for the words that raised it. Only new messages raise it again.
        """
        body = CloseBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(close_risk(by=self.access, conversation_id=conversation_id, **body.validated_data))


class RiskSettingsListView(KefuView):
    """What makes conversations of my regions risky."""

    needs = {"GET": "inbox.manage_risk"}

    @extend_schema(responses=list_of(RiskSettingsSerializer))
    def get(self, request: Request) -> Response:
        """List the risk settings

        Of each of my regions: words with their false alarms, how many mentions count, who is told after whom.
        """
        return Response({"results": queries.settings_of(access=self.access), "next": None})


class RiskSettingsView(KefuView):
    """What makes conversations of one of my regions risky."""

    needs = {"PUT": "inbox.manage_risk"}

    @extend_schema(request=RiskSettingsBody, responses=RiskSettingsSerializer)
    def put(self, request: Request, region_id: int) -> Response:
        """Replace the risk settings

        All of a region at once; words that stay keep their figures. Every process knows them within five seconds.
        """
        body = RiskSettingsBody(data=request.data)
        body.is_valid(raise_exception=True)
        asked: dict[str, Any] = body.validated_data
        set_risk(
            by=self.access,
            region_id=region_id,
            watches=asked["watches"],
            minutes=asked["minutes"],
            rules=[Rule(**one) for one in asked["rules"]],
            words=[Word(**one) for one in asked["words"]],
            steps=[Step(one["minutes"], one["skill"].strip().lower(), tuple(one["people"])) for one in asked["steps"]],
        )
        return Response(queries.settings_of(access=self.access, region_id=region_id)[0])


class TryRiskView(KefuView):
    """What a region's lists find in a text."""

    needs = {"POST": "inbox.manage_risk"}

    @extend_schema(request=TryBody, responses=list_of(TriedSerializer))
    def post(self, request: Request, region_id: int) -> Response:
        """Try the risk words out

        On a text; nothing is kept.
        """
        body = TryBody(data=request.data)
        body.is_valid(raise_exception=True)
        found = queries.tried(access=self.access, region_id=region_id, **body.validated_data)
        return Response({"results": found, "next": None})
