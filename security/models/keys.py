from django.db import models
from django.utils import timezone

from security.ids import new_id
from security.models.region import Region


class RegionKey(models.Model):
    """A region's key-encryption key, itself wrapped by a master key. ``slot`` is ``region:3``, or ``house``; one that
    was replaced is ``retired/…`` until no data key is wrapped by it any more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.CharField(max_length=64, unique=True)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    master_id = models.CharField(max_length=40)
    wrapped = models.BinaryField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"key of {self.slot}"


class MasterKeyUse(models.Model):
    """Since when a master key wraps region keys: it is as old as that, however new what it wraps."""

    master_id = models.CharField(max_length=40, primary_key=True)
    first_used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.master_id} since {self.first_used_at:%Y-%m-%d}"


class DataKey(models.Model):
    """The key that encrypts one contact's (or one channel's, or one stream's) rows, wrapped by its region's key.

    Deleting the row makes everything under it unreadable for ever: that is how a contact is erased (SE-7).
    ``replaced_by``: new rows are sealed under that key, and old ones are moved to it until ``settled_at``. The replaced
    one stays all the same: lines of the operation log were sealed under it, and those are never changed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region_key = models.ForeignKey(RegionKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=24)
    shared_slot = models.CharField(  # noqa: DJ001  (null keeps the uniqueness partial)
        max_length=64, null=True, unique=True, help_text="Set on the one key of its purpose."
    )
    wrapped = models.BinaryField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=("region_key", "purpose"), name="data_key_purpose"),
            models.Index(
                fields=("replaced_by",), condition=models.Q(replaced_by__isnull=False), name="data_key_former"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} key {self.id}"


class DestroyedKey(models.Model):
    """A data key that was destroyed, and when: what every process asks for, so that it forgets what it had opened."""

    id = models.UUIDField(primary_key=True, editable=False)
    destroyed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"destroyed {self.id}"


class KeyRotation(models.Model):
    """New data keys for everybody, which takes hours and is continued where it was interrupted: every key made before
    ``began_at`` is replaced. ``done`` counts the contacts and channels that have theirs."""

    kind = models.CharField(max_length=8, default="data", editable=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("kind",), condition=models.Q(ended_at=None), name="one_key_rotation_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total} since {self.began_at:%Y-%m-%d}"
