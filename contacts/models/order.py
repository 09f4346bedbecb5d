from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager

STATES = (
    ("pending", _("not paid yet")),
    ("paid", _("paid")),
    ("shipped", _("on its way")),
    ("delivered", _("delivered")),
    ("returning", _("being returned")),
    ("returned", _("returned")),
    ("refunded", _("refunded")),
    ("cancelled", _("cancelled")),
)
# Those that are a purchase; what was given back, or never paid, is none.
COUNTED = ("paid", "shipped", "delivered", "returning")
# Those of which something is still to come.
OPEN = ("pending", "paid", "shipped", "returning")


class Order(models.Model):
    """What a contact ordered in a shop. The shop has the last word: Kefu holds what it was told.

    ``ref_digest`` is the blind index of what the source calls the order (once per source and region), ``number_digest``
    of the number that customers quote. ``told_at``: when the source last changed it, so that older news that come late
    change nothing. Amounts are whole numbers of the currency's smallest unit. After an erasure amounts and times stay,
    for the figures of reports.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="orders", db_index=False)
    key_id = models.UUIDField()
    source = models.CharField(max_length=40)
    ref_digest = models.BinaryField(max_length=16, null=True)
    ref = EncryptedField()
    number_digest = models.BinaryField(max_length=16, null=True)
    number = EncryptedField()
    state = models.CharField(max_length=10, choices=STATES, default="pending")
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    placed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        permissions = (("write_order", "Can write what other systems know"),)
        constraints = [models.UniqueConstraint(fields=("region", "source", "ref_digest"), name="order_once")]
        indexes = [
            models.Index(fields=("contact", "-placed_at", "-id"), name="order_of_contact"),
            models.Index(fields=("region", "-placed_at", "-id"), name="order_recent"),
            models.Index(fields=("region", "number_digest"), name="order_number"),
        ]

    def __str__(self) -> str:
        return f"order {self.id} {self.state}"
