from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts.models import Tag
from inbox.models.case import OfConversation
from inbox.models.conversation import Conversation
from security.ids import new_id
from security.scoping import ClosedManager


class ConversationTag(models.Model):
    """A tag on a conversation; as ``ContactTag``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="tags", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    run_id = models.UUIDField(null=True)
    came_from = models.ForeignKey(Tag, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conversation", "tag"), name="conversation_tag_once")]
        indexes = [
            models.Index(fields=("tag", "conversation"), name="conversation_tag_of"),
            models.Index(fields=("came_from",), condition=Q(came_from__isnull=False), name="conversation_tag_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.conversation_id}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id
