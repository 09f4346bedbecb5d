from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.case import OfConversation
from inbox.models.conversation import Conversation
from inbox.models.media import Media
from inbox.models.message import Message
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager

STATES = (
    ("waiting", _("waits for its time")),
    ("asking", _("waits for an answer whether it still shall leave")),
    ("failed", _("could not be sent at its time")),
    ("sent", _("sent")),
    ("cancelled", _("cancelled")),
)
# What becomes of it when the customer writes, somebody answers, or the case is closed before its time.
MEANWHILE = (("ask", _("ask")), ("cancel", _("cancel it")), ("send", _("send it all the same")))
OPEN_STATES = ("waiting", "asking", "failed")


class ScheduledReply(models.Model):
    """A reply that shall leave at a time (PM-11), as its ``author``, who must be allowed to send it then.

    ``content`` is what ``inbox.actions.replies.send`` takes: ``{kind, content, at, reply_to?}``, its file is ``media``.
    ``due_at`` is when to look next: ``send_at``, or later while the conversation is locked or its number paused.
    ``inbound_count`` and ``confirmed_at`` are how many messages the customer had written, and when, as the author last
    confirmed it: what is more at its time has happened meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    key_id = models.UUIDField()
    content = EncryptedField()
    media = models.ForeignKey(Media, null=True, on_delete=models.SET_NULL, related_name="+")
    client_ref = models.CharField(max_length=64)
    meanwhile = models.CharField(max_length=8, choices=MEANWHILE, default="ask")
    send_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    error_code = models.CharField(max_length=40, blank=True, default="")
    inbound_count = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField()
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conversation", "client_ref"), name="scheduled_reply_once")]
        indexes = [
            models.Index(fields=("due_at",), condition=Q(state="waiting"), name="scheduled_due"),
            models.Index(fields=("author", "state"), condition=Q(ended_at=None), name="scheduled_of_author"),
            models.Index(fields=("conversation",), condition=Q(ended_at=None), name="scheduled_open"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} at {self.send_at:%Y-%m-%d %H:%M}"
