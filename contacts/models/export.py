from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.ids import new_id
from security.models import User
from security.scoping import ClosedManager, ScopedQuerySet

EXPORT_STATES = (
    ("making", _("is being made")),
    ("ready", _("ready")),
    ("failed", _("failed")),
    ("gone", _("destroyed")),
)


class ExportQuerySet(ScopedQuerySet["ContactExport"]):
    def _seen_by(self, access: Access) -> Self:
        mine = self.filter(asked_by_id=access.user_id) if access.can("contacts.export_contact") else self.none()
        return mine.filter(visible_contacts(access, of="contact__"))


class ContactExport(models.Model):
    """All there is of a contact, put into one file for whoever asked, for some hours (CM-8).

    The file is sealed under a key of its own, which is destroyed with it. ``done`` of ``total`` messages are in it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    key_id = models.UUIDField()
    state = models.CharField(max_length=6, choices=EXPORT_STATES, default="making")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Somebody makes it, and has until then to say that they still do.
    lease = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ExportQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=("asked_by", "contact", "-asked_at"), name="export_list"),
            models.Index(
                fields=("expires_at",), condition=models.Q(state__in=("making", "ready")), name="export_running"
            ),
        ]

    def __str__(self) -> str:
        return f"export of {self.contact_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
