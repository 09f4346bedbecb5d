from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.ids import new_id
from security.models import User
from security.scoping import ClosedManager

WHYS = (("bounced", _("nothing is delivered")), ("dormant", _("silent for long")), ("other", _("another reason")))


class Suppression(models.Model):
    """A contact gets no marketing because of how their number is: since when, why, and until when (SR-12). While one is
    open, ``Contact.suppressed_at`` says so. ``reason`` is the team's, about many at once: no word on a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="suppressions")
    why = models.CharField(max_length=8, choices=WHYS)
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        permissions = (("suppress_contact", "Can suppress contacts"),)
        constraints = [
            models.UniqueConstraint(
                fields=("contact",), condition=models.Q(lifted_at=None), name="suppressed_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.why} of {self.contact_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
