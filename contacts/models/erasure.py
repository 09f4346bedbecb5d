from typing import Any, ClassVar, Self

from django.db import models

from contacts.models.contact import Contact
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager, ScopedQuerySet


class ErasureQuerySet(ScopedQuerySet["Erasure"]):
    def _seen_by(self, access: Access) -> Self:
        if not access.can("contacts.erase_contact"):
            return self.none()
        return self.filter(region_id__in=access.region_ids)


class Erasure(models.Model):
    """A contact was erased: who wanted it, why, and what became unreadable (CM-8, SE-7). What it says is the proof.

    ``keys`` are SHA-256 of the ids of the destroyed keys; ``counts`` is rows by kind, ``checked`` how many of those
    were tried, one of each batch of a kind, and did not open. ``traces`` are the numbers by which raw webhooks are
    found while it runs, under a key that is destroyed at the end. ``proof`` is SHA-256 of the whole, which the
    operation log holds too.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="erasure")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    key_id = models.UUIDField()
    reason = EncryptedField()
    traces = EncryptedField(null=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True, help_text="When it last could not go on.")
    keys = models.JSONField(default=list)
    key_ids = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    proof = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ErasureQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=("region", "-asked_at", "-id"), name="erasure_list"),
            models.Index(fields=("asked_at",), condition=models.Q(finished_at=None), name="erasure_running"),
        ]

    def __str__(self) -> str:
        return f"erasure of {self.contact_id}"
