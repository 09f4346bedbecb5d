from django.db import models
from django.db.models import Q
from django.utils import timezone

from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models.user import User


class OutgoingMail(models.Model):
    """A mail to one of our people that is to be sent. Only what it is about is kept (ids and codes): its words, and any
    link in it, are made when it leaves, so that no secret lies here. ``address``: where it goes, if not to theirs of
    now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    key_id = models.UUIDField(null=True)
    address = EncryptedField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=("due_at",), condition=Q(sent_at=None, failed_at=None), name="mails_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"
