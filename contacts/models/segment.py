from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from security.access import ALL, Access
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


def _counts_for(access: Access) -> bool:
    """A segment says how many there are of a kind: it is for whoever sees all of them."""
    return access.can("contacts.see_segment") and access.sight == ALL


class SegmentQuerySet(ScopedQuerySet["Segment"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids) if _counts_for(access) else self.none()

    def living(self) -> Self:
        return self.filter(archived_at=None)


class Segment(models.Model):
    """A filter over the contacts of a region under a name (CM-4). ``conditions`` were checked when they were saved
    (``contacts.conditions.tree``). ``size``: how many they held of at ``counted_at``.

    An archived one is no longer offered; what uses it goes on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    conditions = models.JSONField()
    size = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(SegmentQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("segment"), _("segments")
        permissions = (("see_segment", "Can see segments"), ("edit_segment", "Can edit segments"))
        constraints = [
            models.UniqueConstraint(fields=("region", "name"), condition=Q(archived_at=None), name="segment_once")
        ]
        indexes = [models.Index(fields=("region", "name"), name="segment_list")]

    def __str__(self) -> str:
        return self.name


class SizeQuerySet(ScopedQuerySet["SegmentSize"]):
    def _seen_by(self, access: Access) -> Self:
        seen = self.filter(segment__region_id__in=access.region_ids)
        return seen if _counts_for(access) else self.none()


class SegmentSize(models.Model):
    """How many a segment held on a day of its region."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="sizes", db_index=False)
    day = models.DateField()
    size = models.PositiveIntegerField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(SizeQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("segment", "day"), name="segment_size_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} on {self.day}: {self.size}"

    @property
    def region_id(self) -> int:
        return self.segment.region_id
