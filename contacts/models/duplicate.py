from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager, ScopedQuerySet

DUPLICATE_STATES = (("open", _("to be looked at")), ("apart", _("two people")), ("merged", _("merged")))


class DuplicateQuerySet(ScopedQuerySet["Duplicate"]):
    def _seen_by(self, access: Access) -> Self:
        if not access.can("contacts.merge_contact"):
            return self.none()
        return self.filter(visible_contacts(access, of="one__"), visible_contacts(access, of="other__"))


class Duplicate(models.Model):
    """Two contacts that may be one, found by machine, decided by a person (SR-12). ``one`` has the smaller id. Who was
    said to be two people is not proposed again. ``kinds``: by what they were found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    one = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    kinds = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=DUPLICATE_STATES, default="open")
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(DuplicateQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("one", "other"), name="duplicate_once")]
        indexes = [
            models.Index(fields=("region", "-found_at", "-id"), condition=Q(state="open"), name="duplicate_open")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"
