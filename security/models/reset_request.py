from django.db import models
from django.utils import timezone

from security.encryption.fields import EncryptedField
from security.ids import new_id


class ResetRequest(models.Model):
    """Somebody forgot a password, or says so: the address as they gave it, whether or not anybody has it, until the
    mail is written. Sealed, so that nobody reads here who asked, and kept here, so that no broker can lose it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key_id = models.UUIDField()
    address = EncryptedField()
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
