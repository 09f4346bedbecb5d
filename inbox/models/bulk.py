from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from security.access import Access
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet

DEEDS = ("assign", "resolve", "snooze", "priority", "payment", "tag", "untag")


class BulkDeedQuerySet(ScopedQuerySet["BulkDeed"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(done_by_id=access.user_id)


class BulkDeed(models.Model):
    """Something done to many conversations at once, by whom and when; with what each was before, so that it can be
    taken back (PM-11). Only whoever did it reads it.

    ``items``: per conversation ``{id, code, before, after}``; ``code`` is what it was refused with, null when it was
    done. No words of people are in it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    client_ref = models.CharField(max_length=64)
    deed = models.CharField(max_length=8, choices=[(name, name) for name in DEEDS])
    items = models.JSONField(default=list)
    done_at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(BulkDeedQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("done_by", "client_ref"), name="bulk_deed_once")]

    def __str__(self) -> str:
        return f"{self.deed} of {len(self.items)} by {self.done_by_id}"
