from typing import Any, ClassVar, Self

from django.db import models

from contacts.models.order import Order
from contacts.models.product import Product
from contacts.policies import visible_contacts
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet


class OrderItemQuerySet(ScopedQuerySet["OrderItem"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_contacts(access, of="order__contact__"))


class OrderItem(models.Model):
    """A line of an order, in the order the shop lists them. ``product`` is null where the shop names none we know."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    key_id = models.UUIDField()
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="+")
    name = EncryptedField()
    sku = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    unit_minor = models.BigIntegerField(default=0)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OrderItemQuerySet)()

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku or 'something'}"
