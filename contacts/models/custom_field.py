from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

TEXT, NUMBER, DATE, BOOLEAN, CHOICE, URL = "text", "number", "date", "boolean", "choice", "url"
TYPES = (
    (TEXT, _("text")),
    (NUMBER, _("number")),
    (DATE, _("date")),
    (BOOLEAN, _("yes or no")),
    (CHOICE, _("choice")),
    (URL, _("address on the web")),
)


class FieldQuerySet(ScopedQuerySet["FieldDefinition"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids)

    def living(self) -> Self:
        return self.filter(archived_at=None)


class FieldDefinition(models.Model):
    """Something a region wants to know of its contacts (CM-2): ``key`` names it in imports and in the API.

    ``options`` of a choice: ``[{"key": …, "label": …}]``. ``filterable``: whether rules and segments may ask for it;
    what is not rests as ciphertext only (see ``FieldValue``). Type and ``filterable`` are never changed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(_("key"), max_length=40)
    label = models.CharField(_("label"), max_length=60)
    type = models.CharField(_("type"), max_length=8, choices=TYPES)
    options = models.JSONField(_("options"), default=list)
    required = models.BooleanField(_("required"), default=False)
    filterable = models.BooleanField(_("can be filtered by"), default=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(FieldQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("custom field"), _("custom fields")
        permissions = (("manage_field", "Can manage custom fields"),)
        constraints = [
            models.UniqueConstraint(fields=("region", "key"), condition=Q(archived_at=None), name="field_key_once")
        ]
        indexes = [models.Index(fields=("region", "order"), name="field_list")]

    def __str__(self) -> str:
        return self.label


class FieldValue(models.Model):
    """What a field says of a contact.

    ``value`` is sealed, whatever its type. To be found by, where the definition allows that: text, addresses, choices
    and yes or no by ``digest`` (keyed per region: equality only); numbers and dates by ``number`` (a date as its
    ordinal day), which stands in plain, since "more than" cannot be asked of anything else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="fields", db_index=False)
    definition = models.ForeignKey(FieldDefinition, on_delete=models.CASCADE, related_name="+", db_index=False)
    key_id = models.UUIDField()
    value = EncryptedField()
    digest = models.BinaryField(max_length=16, null=True)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("contact", "definition"), name="field_value_once")]
        indexes = [
            models.Index(fields=("definition", "digest"), name="field_value_digest"),
            models.Index(fields=("definition", "number"), name="field_value_number"),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} of {self.contact_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
