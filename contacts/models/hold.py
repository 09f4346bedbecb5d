from typing import Any, ClassVar

from django.db import models

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import User
from security.scoping import ClosedManager


class LegalHold(models.Model):
    """Nothing of a contact may be destroyed (a court, an audit): since when, why, and until when. There may
    be several at a time; it is kept until the last one ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="holds")
    key_id = models.UUIDField()
    reason = EncryptedField()
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()
    released_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        indexes = [
            models.Index(fields=("contact",), condition=models.Q(released_at=None), name="hold_running"),
        ]

    def __str__(self) -> str:
        return f"hold on {self.contact_id}"
