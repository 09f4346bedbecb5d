from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from inbox.models.conversation import Conversation
from inbox.policies import visible_notifications
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_notifications(access))


class Notification(models.Model):
    """Something one person should know of (PM-11). Whoever does not see its conversation any more sees nothing of it.

    ``data`` holds ids, codes and counts; what somebody wrote is ``note``, under the contact's key where there is one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Without an index of its own: one below begins with it.
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=32)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    key_id = models.UUIDField()
    note = EncryptedField(null=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(NotificationQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=("to", "-created_at", "-id"), name="notification_list"),
            models.Index(fields=("to",), condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=("created_at",), name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_id}"


class NotificationChoices(models.Model):
    """How somebody wants to be notified: ``choices`` holds, by kind, what they want otherwise than it is at first."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    choices = models.JSONField(default=dict)
    volume = models.PositiveSmallIntegerField(default=60)

    def __str__(self) -> str:
        return f"choices of {self.person_id}"
