from typing import Any, ClassVar

from django.db import models

from contacts.models.contact import Contact
from contacts.models.data_import import Import
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet

TRACES = (("contact", "contact"), ("order", "order"), ("tag", "tag"), ("field", "field"), ("consent", "consent"))


class ImportTrace(models.Model):
    """What an import made or changed, so that it can be undone: ``before`` is how it was (sealed like all there is of
    the contact), ``was`` and ``version`` are the versions before and after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="traces", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    key_id = models.UUIDField()
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=TRACES)
    object_id = models.UUIDField()
    made = models.BooleanField()
    was = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    before = EncryptedField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        indexes = [models.Index(fields=("of", "id"), name="import_trace_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} of {self.of_id}"
