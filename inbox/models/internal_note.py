from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from inbox.models.case import OfMessage
from inbox.models.conversation import Conversation
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager


class NoteQuerySet(OfMessage):
    at = "created_at"


class InternalNote(models.Model):
    """What colleagues tell each other inside a conversation (PM-11). The customer never sees it.

    ``text`` names people and teams as ``<@person:5>`` and ``<@team:2>``, so that it always says what they are called
    now. A deleted note keeps its place and its author, and says nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes", db_index=False)
    key_id = models.UUIDField()
    text = EncryptedField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_ref = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(NoteQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conversation", "client_ref"), name="internal_note_once")]
        indexes = [models.Index(fields=("conversation", "-created_at", "-id"), name="internal_note_thread")]

    def __str__(self) -> str:
        return f"internal note in {self.conversation_id}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id
