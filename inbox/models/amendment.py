from typing import Any, ClassVar

from django.db import models

from inbox.models.case import OfConversation
from inbox.models.conversation import Conversation
from inbox.models.message import DIRECTIONS
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager

KINDS = (("edit", "edit"), ("revoke", "revoke"))


class Amendment(models.Model):
    """What was done to a message after it was sent: its words changed, or it was taken back (Meta: edit, revoke).

    Kept apart because they come in any order and more than once, also before the message itself (``target_ref``).
    ``direction`` is the message's own: customers change theirs, our side on the phone ours. ``content`` is ``{text}``
    of an edit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="amendments", db_index=False)
    provider_ref = models.CharField(max_length=255)
    target_ref = models.CharField(max_length=255)
    kind = models.CharField(max_length=6, choices=KINDS)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    key_id = models.UUIDField()
    content = EncryptedField()
    at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conversation", "provider_ref"), name="amendment_once")]
        indexes = [models.Index(fields=("conversation", "target_ref"), name="amendment_of")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.target_ref}"
