from typing import Any, ClassVar

from django.db import models

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.models import Region
from security.scoping import ClosedManager


class PurchaseFigures(models.Model):
    """What a contact's purchases come to, in one currency: orders in a ``COUNTED`` state, what they cost together, the
    first and the last. Kept right by the actions that write orders."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="purchase_figures", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    orders = models.PositiveIntegerField()
    spent_minor = models.BigIntegerField()
    first_order_at = models.DateTimeField()
    last_order_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("contact", "currency"), name="figures_once")]
        indexes = [
            models.Index(fields=("region", "currency", "spent_minor"), name="figures_spent"),
            models.Index(fields=("region", "last_order_at"), name="figures_recency"),
        ]

    def __str__(self) -> str:
        return f"{self.orders} orders of {self.contact_id}"
