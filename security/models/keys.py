from django.db import models

from security.ids import new_id
from security.models.region import Region


class RegionKey(models.Model):
    """A region's key-encryption key, itself wrapped by a master key. ``slot`` is ``region:3``, or ``house``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.CharField(max_length=40, unique=True)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    master_id = models.CharField(max_length=40)
    wrapped = models.BinaryField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"key of {self.slot}"


class DataKey(models.Model):
    """The key that encrypts one contact's (or one channel's, or one stream's) rows, wrapped by its region's key.

    Deleting the row makes everything under it unreadable for ever: that is how a contact is erased (SE-7).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region_key = models.ForeignKey(RegionKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=24)
    shared_slot = models.CharField(  # noqa: DJ001  (null keeps the uniqueness partial)
        max_length=64, null=True, unique=True, help_text="Set on the one key of its purpose."
    )
    wrapped = models.BinaryField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=("region_key", "purpose"), name="data_key_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} key {self.id}"
