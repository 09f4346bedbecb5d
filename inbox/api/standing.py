"""What stands about a conversation: put aside until when, how much it presses, who has locked it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inbox.actions.locks import break_lock, lock_conversation, unlock_conversation
from inbox.actions.priorities import set_priority
from inbox.actions.snoozes import snooze_conversation, wake_conversation
from inbox.api.conversations import OneConversation
from inbox.api.serializers import ConversationSerializer
from inbox.models.conversation import PRIORITIES
from security.api.bodies import Body


class SnoozeBody(Body):
    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    wakes_on_reply = serializers.BooleanField(required=False, default=True)


class PriorityBody(Body):
    priority = serializers.ChoiceField(choices=tuple(PRIORITIES))


class ReasonBody(Body):
    reason = serializers.CharField(max_length=500)


class SnoozeView(OneConversation):
    """A conversation is put aside for a while."""

    needs = {"POST": "inbox.resolve_conversation", "DELETE": "inbox.resolve_conversation"}

    @extend_schema(request=SnoozeBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Snooze a conversation

        Out of the open views until `until`; it comes back on top, earlier when the customer writes (unless
        `wakes_on_reply` is false) or before the window closes.
        """
        body = SnoozeBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(snooze_conversation(by=self.access, conversation_id=conversation_id, **body.validated_data))

    @extend_schema(request=None, responses={200: ConversationSerializer})
    def delete(self, request: Request, conversation_id: UUID) -> Response:
        """Take a snoozed conversation back

        Before its time, to where it was in the list.
        """
        return self.shown(wake_conversation(by=self.access, conversation_id=conversation_id))


class PriorityView(OneConversation):
    """How much a conversation presses."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=PriorityBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Set the priority of a conversation

        Urgent, high, normal or low; lists can be sorted and filtered by it.
        """
        body = PriorityBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(set_priority(by=self.access, conversation_id=conversation_id, **body.validated_data))


class LockView(OneConversation):
    """Only one person writes in a conversation for a while."""

    needs = {"POST": "inbox.lock_conversation", "DELETE": "inbox.lock_conversation"}

    @extend_schema(request=ReasonBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Lock a conversation

        Others read it but cannot write, react, assign or resolve, until the lock ends by itself or is taken off.
        Whoever holds it prolongs it.
        """
        body = ReasonBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(lock_conversation(by=self.access, conversation_id=conversation_id, **body.validated_data))

    @extend_schema(request=None, responses={200: ConversationSerializer})
    def delete(self, request: Request, conversation_id: UUID) -> Response:
        """Take my lock off a conversation

        The others can write again.
        """
        return self.shown(unlock_conversation(by=self.access, conversation_id=conversation_id))


class BreakLockView(OneConversation):
    """A supervisor ends somebody else's lock."""

    needs = {"POST": "inbox.break_lock"}

    @extend_schema(request=ReasonBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Break the lock of a conversation

        With a reason, which whoever held it is told.
        """
        body = ReasonBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(break_lock(by=self.access, conversation_id=conversation_id, **body.validated_data))
