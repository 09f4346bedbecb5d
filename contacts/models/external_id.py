from typing import Any, ClassVar

from django.db import models

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager


class ExternalId(models.Model):
    """What another system (a shop, a CRM) calls a contact. One of a source names one contact; a contact may have
    several, of one source too. ``digest`` is the blind index of the value within its source."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="external_ids")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField()
    source = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=16)
    value = EncryptedField()
    first_seen_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "source", "digest"), name="external_id_once")]

    def __str__(self) -> str:
        return f"{self.source} id of {self.contact_id}"
