from typing import Any, ClassVar

from django.db import models

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.models import Region
from security.scoping import ClosedManager


class Bounce(models.Model):
    """WhatsApp could not deliver to a contact's number, so often in a row; gone with the first message that arrives,
    and with the first one of theirs."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, primary_key=True, related_name="bounce")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        indexes = [models.Index(fields=("region", "-last_at", "contact"), name="bounce_list")]

    def __str__(self) -> str:
        return f"{self.times} to {self.contact_id}"
