from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.access import Access
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

CONTACT, CONVERSATION, BOTH = "contact", "conversation", "both"
SCOPES = ((CONTACT, _("contacts")), (CONVERSATION, _("conversations")), (BOTH, _("contacts and conversations")))
COLOURS = ("gray", "red", "orange", "yellow", "lime", "green", "teal", "cyan", "blue", "indigo", "grape", "pink")


class TagQuerySet(ScopedQuerySet["Tag"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids)

    def living(self) -> Self:
        return self.filter(archived_at=None)

    def for_scope(self, scope: str) -> Self:
        """Those that can be put on ``scope`` (contact or conversation)."""
        return self.filter(scope__in=(scope, BOTH))


class Tag(models.Model):
    """A word a region puts on contacts or conversations (CM-1). ``folded`` is the name as it is compared.

    An archived one is no longer offered nor shown; what it was put on is kept, so that it can come back. One that was
    merged is archived, and says into which.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=60)
    folded = models.TextField()
    colour = models.CharField(_("colour"), max_length=10, choices=[(one, one) for one in COLOURS], default="gray")
    group = models.CharField(_("group"), max_length=60, blank=True, default="")
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    scope = models.CharField(_("put on"), max_length=12, choices=SCOPES, default=BOTH)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(TagQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("tag"), _("tags")
        permissions = (("apply_tag", "Can put tags on"), ("manage_tag", "Can manage tags"))
        constraints = [
            models.UniqueConstraint(fields=("region", "folded"), condition=Q(archived_at=None), name="tag_once"),
        ]
        indexes = [models.Index(fields=("region", "group", "name"), name="tag_list")]

    def __str__(self) -> str:
        return self.name


class ContactTag(models.Model):
    """A tag on a contact: since when, and who put it there; ``run_id`` is the firing of the rule that did.

    ``came_from``: the tag it was before that one was merged into this one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tags", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    run_id = models.UUIDField(null=True)
    came_from = models.ForeignKey(Tag, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("contact", "tag"), name="contact_tag_once")]
        indexes = [
            models.Index(fields=("tag", "contact"), name="contact_tag_of"),
            models.Index(fields=("came_from",), condition=Q(came_from__isnull=False), name="contact_tag_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.contact_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
