from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.conversation import Conversation
from inbox.policies import visible_deletions
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet

STATES = (
    ("asked", _("waits for a second person")),
    ("binned", _("in the bin")),
    ("purging", _("being destroyed")),
    ("refused", _("refused")),
    ("withdrawn", _("withdrawn")),
    ("lapsed", _("nobody confirmed it in time")),
    ("restored", _("restored")),
)
RUNNING = ("asked", "binned", "purging")


class DeletionQuerySet(ScopedQuerySet["Deletion"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_deletions(access, of="conversation__"))


class Deletion(models.Model):
    """A conversation is in the bin, or somebody asked for that, by whom, when and why (PM-9). It goes with the
    conversation when that is destroyed; what stays is in the operation log.

    ``state_before`` is what the conversation goes back to. ``purge_at``: when it is destroyed, unless ``held_at`` says
    that it is kept for a reason. ``purge_asked_by``: who wants it destroyed at once and waits for a second person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="deletions")
    key_id = models.UUIDField()
    reason = EncryptedField()
    state = models.CharField(max_length=10, choices=STATES)
    state_before = models.CharField(max_length=8, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    binned_at = models.DateTimeField(null=True)
    purge_at = models.DateTimeField(null=True)
    # Messages that waited to leave when it went into the bin: they did not.
    stopped = models.PositiveIntegerField(default=0)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_because = EncryptedField(null=True)
    purge_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    purge_asked_at = models.DateTimeField(null=True)
    # Counted while it is destroyed, over several goes.
    purged_messages = models.PositiveIntegerField(default=0)
    purged_files = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(DeletionQuerySet)()

    class Meta:
        permissions = (("delete_conversation", "Can put conversations into the bin and destroy them"),)
        constraints = [
            models.UniqueConstraint(
                fields=("conversation",), condition=Q(state__in=RUNNING), name="one_deletion_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=("state", "-asked_at", "-id"), name="deletion_list"),
            models.Index(fields=("purge_at",), condition=Q(state="binned", held_at=None), name="deletion_due"),
        ]

    def __str__(self) -> str:
        return f"deletion of {self.conversation_id}, {self.state}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id
