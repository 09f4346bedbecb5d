from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from inbox.models.case import OfMessage
from inbox.models.conversation import Conversation
from inbox.models.internal_note import InternalNote
from inbox.models.message import Message
from inbox.policies import visible_conversations, within_history
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager

STATES = (("fetching", "fetching"), ("ready", "ready"), ("failed", "failed"))


class MediaQuerySet(OfMessage):
    """A file of an internal note is as old as that; one whose message is not sent yet is as new as can be."""

    def _seen_by(self, access: Access) -> Self:
        allowed = within_history(access, conversation="conversation_id", at=self.at)
        seen = self.filter(visible_conversations(access, of="conversation__"))
        if not allowed:
            return seen
        noted = within_history(access, conversation="conversation_id", at="note__created_at")
        return seen.filter(allowed | Q(message=None, note=None) | (Q(message=None) & noted))


class Media(models.Model):
    """A file of a message or of an internal note (or one uploaded for one to come). The bytes are encrypted under the
    contact's key.

    ``provider_ref`` is WhatsApp's media id: it dies after 7 days, its URL after 5 minutes (Meta: media facts).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="media")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="media")
    note = models.ForeignKey(InternalNote, null=True, on_delete=models.CASCADE, related_name="media", db_index=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    key_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=STATES)
    provider_ref = models.CharField(max_length=64, blank=True)
    mime_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(null=True)
    sha256 = models.BinaryField(max_length=32, null=True)
    # Made here from a recording: OGG with mono Opus, which any other audio/ogg may not be.
    voice = models.BooleanField(default=False)
    name = EncryptedField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=100, blank=True)
    thumbnail = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(MediaQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=("due_at",), condition=models.Q(state="fetching"), name="media_to_fetch"),
            models.Index(fields=("note",), condition=models.Q(note__isnull=False), name="media_of_note"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id
