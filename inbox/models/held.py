from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.coaching.policies import visible_held
from inbox.models.case import OfConversation, OfMessage
from inbox.models.conversation import Conversation
from inbox.models.message import Message
from inbox.policies import visible_conversations, within_history
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Traineeship
from security.scoping import ClosedManager

HELD_STATES = (
    ("waiting", _("waits for a mentor")),
    ("approved", _("approved")),
    ("rejected", _("rejected")),
    ("withdrawn", _("taken back by its author")),
)


class HeldQuerySet(OfMessage):
    def _seen_by(self, access: Access) -> Self:
        return super()._seen_by(access).filter(visible_held(access))


class OfHeld(OfConversation):
    """Rows that are seen by whoever sees the held reply they belong to."""

    def _seen_by(self, access: Access) -> Self:
        seen = visible_conversations(access, of="held__conversation__")
        recent = within_history(access, conversation="held__conversation_id", at="held__message__at")
        return self.filter(seen & recent & visible_held(access, of="held__"))


class HeldReply(models.Model):
    """What a trainee wrote waits until a mentor decides (PM-4). The message stands in the thread meanwhile, with the
    status ``held``, and nothing is sent.

    ``before`` are the trainee's own words where a mentor changed them. ``revision`` counts the versions of the text, so
    that nobody approves another than they read. ``alarms``: what the supervisors were told of it. ``answers_seen``: how
    many answers of ours there were when the text was written, so that a colleague's since then is noticed (PM-11).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="held")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="held_replies")
    traineeship = models.ForeignKey(Traineeship, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    key_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=HELD_STATES, default="waiting")
    edited = models.BooleanField(default=False)
    before = EncryptedField(null=True)
    revision = models.PositiveIntegerField(default=1)
    alarms = models.JSONField(default=list)
    answers_seen = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(HeldQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=("held_at",), condition=Q(state="waiting"), name="held_waiting"),
            models.Index(fields=("traineeship", "state", "edited"), name="held_of_traineeship"),
        ]

    def __str__(self) -> str:
        return f"held reply {self.message_id}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id


class HeldComment(models.Model):
    """A word on a held reply, from a mentor or from the trainee."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    held = models.ForeignKey(HeldReply, on_delete=models.CASCADE, related_name="comments")
    key_id = models.UUIDField()
    text = EncryptedField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfHeld)()

    def __str__(self) -> str:
        return f"comment on {self.held_id}"
