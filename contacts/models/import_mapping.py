from typing import Any, ClassVar

from django.db import models

from contacts.models.data_import import SUBJECTS
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class ImportMapping(models.Model):
    """What the columns of files of one shape were taken for the last time, in one region."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    subject = models.CharField(max_length=8, choices=SUBJECTS)
    shape = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "subject", "shape"), name="import_mapping_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.shape[:8]}"
