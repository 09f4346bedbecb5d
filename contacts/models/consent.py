from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region, User
from security.models.append_only import AppendOnly
from security.scoping import ClosedManager, ScopedQuerySet

PURPOSES = (("marketing", _("marketing")), ("storage", _("keeping their data")), ("sharing", _("sharing their data")))
SOURCES = (
    ("whatsapp", _("told WhatsApp")),
    ("message", _("wrote it")),
    ("form", _("web form")),
    ("paper", _("on paper")),
    ("spoken", _("said it")),
    ("import", _("brought by an import")),
    ("api", _("told by another program")),
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


class ConsentProof(models.Model):
    """A file that proves a line of the register: a signed form, a recording, a screenshot. Sealed like what it proves,
    and as little to be changed; it goes with its contact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    entry = models.OneToOneField(ConsentEntry, on_delete=models.CASCADE, related_name="proof")
    key_id = models.UUIDField()
    name = EncryptedField()
    mime_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    file = models.CharField(max_length=100)
    added_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    def __str__(self) -> str:
        return f"proof of {self.entry_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id


class RulesOfRegion(ScopedQuerySet[Any]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids)


class ConsentRules(models.Model):
    """With which words people of a region stop and resume marketing, and what they are answered (SR-2). A region that
    has none of its own goes by those Kefu ships (``contacts.consent.shipped``). ``replies`` is ``{stop: {zh, en},
    start: {zh, en}}``."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True, related_name="+")
    stop_words = models.JSONField(default=list)
    start_words = models.JSONField(default=list)
    confirms = models.BooleanField(default=True)
    replies = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(RulesOfRegion)()

    class Meta:
        permissions = (("manage_consent", "Can edit the words with which people stop marketing"),)

    def __str__(self) -> str:
        return f"consent in {self.region_id}"
