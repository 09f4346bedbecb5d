"""What rules did in a conversation, and why one did not."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.api.rule_serializers import RuleRunSerializer, RuleWhySerializer
from contacts.rules.queries import in_conversation, run_page, run_shapes, why_shapes
from contacts.rules.why import explained
from inbox.models import Conversation
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor


class ConversationRulesView(KefuView):
    needs = {"GET": "contacts.see_rule"}

    @extend_schema(parameters=paged(), responses=list_of(RuleRunSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List what rules did in a conversation

        The newest first: why, and what came of each action. Also what rules did for its contact after something that
        belongs to no conversation, as an order.
        """
        limit = page_size(request)
        talk: Conversation = Conversation.objects.visible_to(self.access).get_or_404(conversation_id)
        there = in_conversation(talk.pk, talk.contact_id)
        rows = run_page(access=self.access, after=read_cursor(request), limit=limit, of=there)
        shapes = {shape.id: shape for shape in run_shapes(rows)}
        return Response(
            page_json(
                rows, limit=limit, shape=lambda row: shapes[str(row.pk)], position=lambda row: (row.fired_at, row.pk)
            )
        )


class WhyView(KefuView):
    needs = {"GET": "contacts.see_rule"}

    @extend_schema(responses=list_of(RuleWhySerializer))
    def get(self, request: Request, conversation_id: UUID, rule_id: UUID) -> Response:
        """Explain a rule in a conversation

        For the newest events of its kind there: whether it fired, and the outcome of each condition.
        """
        talk: Conversation = Conversation.objects.visible_to(self.access).get_or_404(conversation_id)
        rows = explained(access=self.access, rule_id=rule_id, conversation_id=talk.pk, contact_id=talk.contact_id)
        return Response({"results": why_shapes(rows, talk.region_id), "next": None})
