from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inbox.models.case import Case, OfMessage
from inbox.models.channel import Channel
from inbox.models.conversation import Conversation
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager

if TYPE_CHECKING:
    from inbox.shapes import MessageShape

KINDS = tuple(
    (kind, kind)
    for kind in (
        "text",
        "image",
        "video",
        "audio",
        "document",
        "sticker",
        "location",
        "contacts",
        "interactive",
        "button",
        "template",
        "order",
        "system",
        "unsupported",
        "reaction",
    )
)
STATUSES = tuple(
    (status, status)
    for status in (
        "received",
        "queued",
        "sending",
        "accepted",
        "sent",
        "delivered",
        "read",
        "played",
        "failed",
        "unconfirmed",
        # What a trainee wrote: nothing was sent (see ``HeldReply``). Once approved it is queued like any other.
        "held",
        "rejected",
        "withdrawn",
    )
)
# Stored, and never said to anybody.
UNSAID = ("held", "rejected", "withdrawn")
DIRECTIONS = (("in", "in"), ("out", "out"))


class MessageQuerySet(OfMessage):
    at = "at"


class ReactionQuerySet(OfMessage):
    at = "target__at"


class Message(models.Model):
    """One message, in or out. ``content`` is typed by ``kind`` (see ``inbox.content``) and holds what was sent or said.

    ``at`` is the provider's own time for inbound and the time of queueing for outbound; threads sort by ``(at, id)``.
    ``provider_ref`` is WhatsApp's id; our own ``id`` travels as ``biz_opaque_callback_data`` and settles doubts.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Without an index of their own: one below begins with each, or leaves out the many rows that have none.
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    key_id = models.UUIDField()
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    kind = models.CharField(max_length=12, choices=KINDS)
    content = EncryptedField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    client_ref = models.CharField(max_length=64, null=True)  # noqa: DJ001  (null keeps the uniqueness partial)
    provider_ref = models.CharField(max_length=255, null=True)  # noqa: DJ001
    quoted = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    quoted_ref = models.CharField(max_length=255, blank=True)
    status = models.CharField(max_length=12, choices=STATUSES)
    at = models.DateTimeField()
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    # Set just before the call: a claim without it was certainly not sent, whatever became of the worker.
    calling_at = models.DateTimeField(null=True)
    repeats = models.PositiveSmallIntegerField(default=0, help_text="How often an agent sent it again after a failure.")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, help_text="Queued, but not before this time.")
    error_code = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(MessageQuerySet)()
    # Not stored: this object was found by a ``client_ref`` used before, nothing was queued.
    repeated = False
    # Its shape, as announced by the write that changed it.
    told: "MessageShape | None" = None

    class Meta:
        permissions = (
            ("send_template", "Can send templates"),
            ("read_history", "Can read messages however old"),
        )
        constraints = [
            models.UniqueConstraint(fields=("channel", "provider_ref"), name="message_provider_ref_once"),
            models.UniqueConstraint(fields=("conversation", "client_ref"), name="message_client_ref_once"),
        ]
        indexes = [
            models.Index(fields=("conversation", "-at", "-id"), name="message_thread"),
            models.Index(fields=("-at", "-id"), name="message_latest"),
            models.Index(fields=("created_at",), condition=Q(status="queued"), name="message_queued"),
            models.Index(fields=("author", "-at"), condition=Q(author__isnull=False), name="message_author"),
            models.Index(fields=("quoted",), condition=Q(quoted__isnull=False), name="message_quoted"),
            models.Index(fields=("claimed_at",), condition=Q(status="sending"), name="message_sending"),
            models.Index(
                fields=("channel", "calling_at"),
                condition=Q(direction="out", calling_at__isnull=False),
                name="message_called",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id

    @property
    def correlation(self) -> str:
        """What travels as ``biz_opaque_callback_data``: names this sending, so that a late status of an earlier one
        cannot settle it."""
        return str(self.pk) if not self.repeats else f"{self.pk}.{self.repeats}"


class Reaction(models.Model):
    """An emoji on a message: one per side. ``target_ref`` waits for a message that has not arrived yet."""

    SIDES = (("contact", "contact"), ("team", "team"))

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reactions")
    target = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="reactions")
    target_ref = models.CharField(max_length=255)
    side = models.CharField(max_length=8, choices=SIDES)
    key_id = models.UUIDField()
    emoji = EncryptedField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(ReactionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("conversation", "target_ref", "side"), name="reaction_once_a_side")
        ]

    def __str__(self) -> str:
        return f"reaction to {self.target_ref}"
