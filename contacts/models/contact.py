from typing import Any, ClassVar, Self

from django.db import models

from contacts.policies import visible_contacts
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class ContactQuerySet(ScopedQuerySet["Contact"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_contacts(access))


class Contact(models.Model):
    """Somebody who writes to us, within one region. ``profile`` is ``{name?, profile_name?, username?}``:
    ``name`` is what agents call them, ``profile_name`` what WhatsApp says they call themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField(help_text="The data key of everything about this contact.")
    profile = EncryptedField()
    language = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    # Their own word on marketing, and when it was said; an older one that comes late does not count.
    marketing_stopped_at = models.DateTimeField(null=True)
    marketing_told_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True, help_text="Since when WhatsApp knows them by other ids than before.")

    objects: ClassVar[Any] = ClosedManager.from_queryset(ContactQuerySet)()

    class Meta:
        permissions = (("see_contact", "Can see contacts"), ("edit_contact", "Can edit contacts"))
        indexes = [models.Index(fields=("region", "-last_seen_at", "-id"), name="contact_recent")]

    def __str__(self) -> str:
        return f"contact {self.id}"
