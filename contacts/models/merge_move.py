from typing import Any, ClassVar

from django.db import models

from contacts.models.merge import ContactMerge
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet


class MergeMove(models.Model):
    """What a merge moved, so that it can be undone: ``ids`` of rows of ``model`` whose ``column`` led to ``was`` and
    leads to ``now``, at most some hundreds in a row. ``before``: columns of rows that a merge does away with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merge = models.ForeignKey(ContactMerge, on_delete=models.CASCADE, related_name="moves", db_index=False)
    key_id = models.UUIDField()
    model = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    was = models.CharField(max_length=40)
    now = models.CharField(max_length=40)
    ids = models.JSONField(default=list)
    before = EncryptedField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        indexes = [models.Index(fields=("merge", "id"), name="merge_move_order")]

    def __str__(self) -> str:
        return f"{len(self.ids)} of {self.model}"
