from django.db import models
from django.utils.translation import gettext_lazy as _

from security.models.append_only import AppendOnly


class Seal(models.Model):
    """The operations from ``first_id`` to ``last_id``, proven: ``root`` is the Merkle root over them, ``digest`` binds
    it to the seal before (``previous``) under a key that is not in the database readable (``security/log/chain.py``).

    ``leaves`` are the id and the digest of each row, so that one can be named that was changed, is missing or is new.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    first_id = models.BigIntegerField(_("from line"))
    last_id = models.BigIntegerField(_("to line"))
    count = models.PositiveIntegerField(_("lines"))
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    leaves = models.BinaryField()
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name, verbose_name_plural = _("seal"), _("seals of the operation log")
        constraints = [AppendOnly(name="seal_append_only")]

    def __str__(self) -> str:
        return f"seal {self.number}: {self.first_id}–{self.last_id}"
