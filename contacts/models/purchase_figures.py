from typing import Any, ClassVar

from django.db import models

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.models import Region
from security.scoping import ClosedManager


class PurchaseFigures(models.Model):
    """What a contact's purchases come to, in one currency: orders in a ``COUNTED`` state, what they cost together, the
    first and the last. Kept right by the actions that write orders.

    ``all_orders``, ``all_last_order_at``: of all currencies together, the same in each row of a contact, so that
    contacts are counted by them without adding anything up.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="purchase_figures", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    orders = models.PositiveIntegerField()
    spent_minor = models.BigIntegerField()
    first_order_at = models.DateTimeField()
    last_order_at = models.DateTimeField()
    all_orders = models.PositiveIntegerField()
    all_last_order_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("contact", "currency"), name="figures_once")]
        indexes = [
            # With the contact in each, so that an index alone answers who they are.
            models.Index(fields=("currency", "spent_minor", "contact"), name="figures_spent"),
            models.Index(fields=("all_last_order_at", "contact"), name="figures_recency"),
            models.Index(fields=("all_orders", "contact"), name="figures_count"),
        ]

    def __str__(self) -> str:
        return f"{self.orders} orders of {self.contact_id}"
