from typing import Any, ClassVar, Self

from django.db import models

from security.access import Access
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class ProductQuerySet(ScopedQuerySet["Product"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids)


class Product(models.Model):
    """Something a shop of a region sells, as that shop names it. Nothing about anybody: it is not sealed.

    ``gone_at``: the shop sells it no more; orders still point at it. ``told_at``: when the shop last changed it, so
    that older news that come late change nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    sku = models.CharField(max_length=80, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    price_minor = models.BigIntegerField(null=True, help_text="In the currency’s smallest unit.")
    url = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ProductQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "source", "external_id"), name="product_once")]
        indexes = [models.Index(fields=("region", "sku"), name="product_sku")]

    def __str__(self) -> str:
        return self.name
