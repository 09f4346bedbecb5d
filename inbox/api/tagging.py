"""The tags on a conversation."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.api.tags import TaggingBody, read_tagging
from inbox.actions.tagging import tag_conversation, untag_conversation
from inbox.api.conversations import OneConversation
from inbox.api.serializers import ConversationSerializer
from inbox.queries import conversation
from security.writing import write


class ConversationTagsView(OneConversation):
    """Tags are put on it and taken off."""

    needs = {"POST": "contacts.apply_tag"}

    @extend_schema(request=TaggingBody, responses=ConversationSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Put tags on a conversation and take them off

        All or nothing; what is there already, or is not there, changes nothing.
        """
        wanted = read_tagging(request)
        with write(by=self.access):
            for tag_id in wanted["remove"]:
                untag_conversation(by=self.access, conversation_id=conversation_id, tag_id=tag_id)
            for tag_id in wanted["add"]:
                tag_conversation(by=self.access, conversation_id=conversation_id, tag_id=tag_id)
        return self.shown(conversation(access=self.access, conversation_id=conversation_id))
