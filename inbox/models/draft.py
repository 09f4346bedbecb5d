from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts.models import Contact
from contacts.policies import visible_contacts
from inbox.models.conversation import Conversation
from inbox.policies import visible_conversations
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet


class DraftQuerySet(ScopedQuerySet["Draft"]):
    def _seen_by(self, access: Access) -> Self:
        reply = Q(conversation__isnull=False) & visible_conversations(access, of="conversation__")
        note = Q(contact__isnull=False) & visible_contacts(access, of="contact__")
        return self.filter(person_id=access.user_id, ended=False).filter(reply | note)


class Draft(models.Model):
    """What somebody has begun and not sent: an answer in a conversation, or a note on a contact. Nobody else reads it,
    whatever their level.

    ``content``: ``{text, reply_to, captions}``; ``upload_ids``: the files chosen for it, which are kept as long
    as it is. ``revision`` counts on with every change, so that two tabs notice each other.

    ``ended``: it was sent. The row stays for a while without text, ``content`` is ``{text: "", sent}``, so that a save
    which was on its way meanwhile does not bring back as a draft what the customer has read already.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    key_id = models.UUIDField()
    content = EncryptedField()
    upload_ids = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    ended = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(DraftQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("person", "conversation"), name="one_draft_a_conversation"),
            models.UniqueConstraint(fields=("person", "contact"), name="one_note_draft_a_contact"),
            models.CheckConstraint(
                condition=Q(conversation=None, contact__isnull=False) | Q(conversation__isnull=False, contact=None),
                name="draft_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=("changed_at",), name="draft_age")]

    def __str__(self) -> str:
        return f"draft {self.id}"

    @property
    def place(self) -> str:
        """What the client calls it by: ``reply/<conversation>`` or ``note/<contact>``."""
        return f"reply/{self.conversation_id}" if self.conversation_id else f"note/{self.contact_id}"
