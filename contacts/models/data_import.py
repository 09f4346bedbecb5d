from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager, ScopedQuerySet

SUBJECTS = (("contacts", _("contacts")), ("orders", _("orders")))
IMPORT_STATES = (
    ("draft", _("being prepared")),
    ("checking", _("being checked")),
    ("running", _("running")),
    ("done", _("done")),
    ("cancelled", _("cancelled")),
    ("failed", _("failed")),
    ("undoing", _("being undone")),
    ("undone", _("undone")),
)
# Somebody works on it in the background, or has to.
AT_WORK = ("checking", "running", "undoing")


class ImportQuerySet(ScopedQuerySet["Import"]):
    def _seen_by(self, access: Access) -> Self:
        mine = self.filter(region_id__in=access.region_ids)
        return mine if access.can("contacts.import_contact") else self.none()


class Import(models.Model):
    """A file of contacts or orders that somebody brings in, from the upload to its undoing (CM-3).

    The file and what is kept of its lines are sealed under a key of the import's own, which is destroyed with them.
    ``form``: how the file is read (``contacts.imports.tables.Form``). ``columns``: their headings and samples.
    ``mapping``: column → what it means. ``settings``: what holds for all lines. ``position``: how many lines are done
    with, in the same transaction as what they did: whoever is interrupted goes on there. ``counts``: lines by what
    became of them. ``checked``: the counts of the last dry run.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_id = models.UUIDField()
    subject = models.CharField(max_length=8, choices=SUBJECTS)
    state = models.CharField(max_length=9, choices=IMPORT_STATES, default="draft")
    version = models.PositiveIntegerField(default=1)
    file_name = EncryptedField(null=True)
    size = models.PositiveBigIntegerField()
    form = models.JSONField(default=dict)
    heading = models.BooleanField(default=True)
    columns = EncryptedField(null=True)
    sheets = EncryptedField(null=True)
    mapping = models.JSONField(default=dict)
    settings = EncryptedField(null=True)
    shape = models.CharField(max_length=64, blank=True, help_text="Stands for the headings of the file.")
    raw = models.CharField(max_length=120, blank=True, help_text="The file as it came, sealed.")
    lines = models.CharField(max_length=120, blank=True, help_text="Its lines, sealed by the piece.")
    total = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    checked = models.JSONField(null=True)
    error = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Somebody works on it, and has until then to say that they still do.
    lease = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # What became of what it had made, and when nothing of it can be read or undone any more.
    undo_counts = models.JSONField(default=dict)
    emptied_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ImportQuerySet)()

    class Meta:
        permissions = (("import_contact", "Can import contacts and orders"),)
        indexes = [
            models.Index(fields=("region", "-made_at", "-id"), name="import_list"),
            models.Index(fields=("lease",), condition=models.Q(state__in=AT_WORK), name="import_at_work"),
            models.Index(fields=("made_at",), condition=models.Q(emptied_at=None), name="import_to_empty"),
        ]

    def __str__(self) -> str:
        return f"import {self.id}"
