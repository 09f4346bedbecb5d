from typing import Any, ClassVar, Self

from django.db import models

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

KINDS = (("bsuid", "Business-scoped id"), ("phone", "Phone"), ("wa_id", "WhatsApp id"), ("username", "Username"))


class IdentityQuerySet(ScopedQuerySet["Identity"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_contacts(access, of="contact__"))


class Identity(models.Model):
    """One way WhatsApp knows a contact. Matching order: business-scoped id, then ``wa_id`` (Meta: facts on identity).

    ``digest`` is the blind index of the value, for the kinds that identify unique in a region among those in use; a
    username only shows. ``current`` is false for former ids: a former number may be somebody else's by now.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=KINDS)
    digest = models.BinaryField(max_length=16)
    value = EncryptedField()
    portfolio = models.CharField(max_length=40, blank=True, help_text="The business portfolio a bsuid belongs to.")
    current = models.BooleanField(default=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(IdentityQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("region", "digest"),
                condition=models.Q(kind__in=("bsuid", "wa_id"), current=True),
                name="identity_once",
            )
        ]
        # Every batch of webhooks looks its senders up by this, history included; the constraint's index is partial.
        indexes = [models.Index(fields=("region", "digest"), name="identity_digest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.contact_id}"
