from django.db import models
from django.db.models import Q

from inbox.models.channel import Channel
from security.ids import new_id

STATES = (("pending", "pending"), ("applied", "applied"), ("set_aside", "set aside"))


class StoredWebhook(models.Model):
    """A webhook body as it came: there is no API to ask for it again (Meta: webhook facts).

    ``body`` is sealed under ``key_id``; ``digest`` (SHA-256 of the body) is unique per channel, so that an identical
    repetition is stored once. ``set_aside`` bodies keep their error and can be replayed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)  # see indexes
    key_id = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    body = models.BinaryField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True, help_text="After a failed attempt: not before this time.")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("channel", "digest"), name="webhook_once")]
        indexes = [
            models.Index(fields=("channel", "received_at", "id"), condition=Q(state="pending"), name="webhook_pending"),
            models.Index(fields=("channel", "received_at"), condition=Q(state="set_aside"), name="webhook_set_aside"),
            models.Index(fields=("applied_at",), condition=Q(state="applied"), name="webhook_applied"),
        ]

    def __str__(self) -> str:
        return f"webhook {self.id} {self.state}"

    @property
    def region_id(self) -> int:
        return self.channel.region_id


class ParkedStatus(models.Model):
    """A status for a message id we do not know (yet): it overtook the answer of the send call, or is another app's."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)
    provider_ref = models.CharField(max_length=255)
    status = models.CharField(max_length=12)
    at = models.DateTimeField()
    error_code = models.CharField(max_length=40, blank=True)
    parked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("channel", "provider_ref", "status"), name="parked_status_once")]

    def __str__(self) -> str:
        return f"{self.status} of {self.provider_ref}"
