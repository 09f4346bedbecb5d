from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import User
from security.models.append_only import AppendOnly
from security.scoping import ClosedManager, ScopedQuerySet

PURPOSES = (("marketing", _("marketing")), ("storage", _("keeping their data")), ("sharing", _("sharing their data")))
SOURCES = (
    ("whatsapp", _("told WhatsApp")),
    ("message", _("wrote it")),
    ("form", _("web form")),
    ("paper", _("on paper")),
    ("spoken", _("said it")),
)


class OfContact(ScopedQuerySet[Any]):
    """Rows that are seen by whoever sees their contact."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_contacts(access, of="contact__"))


class ConsentEntry(models.Model):
    """A person agreed to something, or took that back: what, when, how we know, and who wrote it down (CM-8).

    The register only grows; the newest entry of a purpose by ``at`` is what holds. ``evidence`` may quote what they
    wrote. ``recorded_by`` is null where WhatsApp told us.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consents", db_index=False)
    key_id = models.UUIDField()
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    given = models.BooleanField()
    source = models.CharField(max_length=10, choices=SOURCES)
    evidence = EncryptedField(null=True)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [AppendOnly(name="consent_append_only")]
        indexes = [models.Index(fields=("contact", "-at", "-id"), name="consent_of_contact")]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.contact_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
