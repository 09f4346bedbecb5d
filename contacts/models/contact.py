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


GONE = (("erased", "erased"), ("merged", "merged into another one"), ("undone", "its import was undone"))


class Contact(models.Model):
    """Somebody who writes to us, within one region. ``profile`` is ``{name?, profile_name?, username?}``:
    ``name`` is what agents call them, ``profile_name`` what WhatsApp says they call themselves.

    ``gone``: nobody sees it any more; its row holds the figures of reports together. ``held_at``: nothing of it may be
    destroyed since then (each open ``LegalHold`` says why).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField(db_index=True, help_text="The data key of everything about this contact.")
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
    # The team writes to them no more (a dead number, long silent): set and lifted by ``contacts.hygiene``.
    suppressed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True, help_text="Since when WhatsApp knows them by other ids than before.")
    held_at = models.DateTimeField(null=True)
    gone = models.CharField(max_length=6, choices=GONE, blank=True, default="")
    gone_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ContactQuerySet)()

    class Meta:
        permissions = (
            ("see_contact", "Can see contacts"),
            ("edit_contact", "Can edit contacts"),
            ("merge_contact", "Can merge contacts"),
            ("hold_contact", "Can keep contacts from being destroyed"),
            ("export_contact", "Can export all there is of a contact"),
            ("erase_contact", "Can erase contacts for ever"),
        )
        indexes = [
            models.Index(fields=("region", "-last_seen_at", "-id"), name="contact_recent"),
            models.Index(
                fields=("merged_into",), condition=models.Q(merged_into__isnull=False), name="contact_merged_into"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.id}"
