from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.case import OfConversation
from inbox.models.conversation import Conversation
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager

ENDINGS = (("released", _("released")), ("due", _("its time was over")), ("broken", _("broken by a supervisor")))


class ConversationLock(models.Model):
    """Nobody but ``locked_by`` writes in a conversation until ``until`` (PM-5). What holds *now* is on the
    conversation, where every right to write is asked; this says since when and why, and how it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="locks")
    key_id = models.UUIDField()
    reason = EncryptedField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    locked_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, choices=ENDINGS, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    broken_because = EncryptedField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("conversation",), condition=Q(ended_at=None), name="one_lock_at_a_time")
        ]
        indexes = [models.Index(fields=("until",), condition=Q(ended_at=None), name="lock_running")]

    def __str__(self) -> str:
        return f"lock of {self.conversation_id} until {self.until:%H:%M}"
