from typing import Any, ClassVar, Self

from django.db import models

from contacts.models.contact import Contact
from contacts.policies import visible_contacts
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import User
from security.scoping import ClosedManager, ScopedQuerySet


class NoteQuerySet(ScopedQuerySet["Note"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_contacts(access, of="contact__"))


class Note(models.Model):
    """What a colleague wants the team to know about a contact. The contact never sees it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes", db_index=False)
    key_id = models.UUIDField()
    text = EncryptedField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(NoteQuerySet)()

    class Meta:
        indexes = [models.Index(fields=("contact", "-created_at"), name="note_recent")]

    def __str__(self) -> str:
        return f"note on {self.contact_id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
