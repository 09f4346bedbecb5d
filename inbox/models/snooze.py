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

ENDINGS = (
    ("due", _("its time had come")),
    ("reply", _("the customer wrote")),
    ("window", _("the service window was about to close")),
    ("person", _("taken back by hand")),
    ("again", _("put aside for another time")),
    ("resolved", _("resolved meanwhile")),
    ("risk", _("something risky goes on")),
)


class Snooze(models.Model):
    """A conversation was put aside until a time, by whom and why; it comes back by itself (PM-11).

    ``wake_at`` is when to look: ``until``, or earlier when the service window would close before that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="snoozes")
    key_id = models.UUIDField()
    reason = EncryptedField()
    snoozed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    snoozed_at = models.DateTimeField()
    until = models.DateTimeField()
    wake_at = models.DateTimeField()
    wakes_on_reply = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, choices=ENDINGS, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("conversation",), condition=Q(ended_at=None), name="one_snooze_at_a_time")
        ]
        indexes = [models.Index(fields=("wake_at",), condition=Q(ended_at=None), name="snooze_running")]

    def __str__(self) -> str:
        return f"{self.conversation_id} until {self.until:%Y-%m-%d %H:%M}"
