from typing import Any, ClassVar

from django.db import models

from contacts.models.contact import Contact
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

MATCHES = (("phone", "phone"), ("external", "external id"), ("name_order", "name and order number"))


class MatchKey(models.Model):
    """What tells that two contacts may be one: keyed digests of a number in its one form, of an id of another system,
    of a name with the number of an order. Written anew for contacts that changed (``contacts.hygiene.matching``)."""

    id = models.BigAutoField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=MATCHES)
    digest = models.BinaryField(max_length=16)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        indexes = [models.Index(fields=("region", "kind", "digest"), name="match_key_place")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.contact_id}"
