from typing import Any, ClassVar, Self

from django.db import models

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.ids import new_id
from security.models import User
from security.scoping import ClosedManager, ScopedQuerySet


class MergeQuerySet(ScopedQuerySet["ContactMerge"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_contacts(access, of="kept__"))


class ContactMerge(models.Model):
    """``merged`` was found to be ``kept``, by whom and when; until ``finished_at`` rows are still moved (CM-8).

    ``MergeMove`` rows say what was moved, for as long as it can be undone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True, help_text="When it last could not go on.")
    moved = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(MergeQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("merged",), condition=models.Q(undone_at=None), name="merged_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=("asked_at",), condition=models.Q(finished_at=None), name="merge_running")]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"

    @property
    def region_id(self) -> int:
        return self.kept.region_id
