from django.db import models
from django.utils.translation import gettext_lazy as _


class Operation(models.Model):
    """One line of the operation log (PM-8): who did what to which object. Append-only.

    ``previous_hash`` and ``entry_hash`` are the shape of the hash chain; sealing fills them in id order.
    ``details`` holds ids, codes and before/after of settings, never the text of a message.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor_kind = models.CharField(_("done by (kind)"), max_length=12)
    actor_id = models.CharField(_("done by"), max_length=40, blank=True)
    action = models.CharField(_("deed"), max_length=60)
    subject_kind = models.CharField(_("done to (kind)"), max_length=40)
    subject_id = models.CharField(_("done to"), max_length=40)
    region_id = models.BigIntegerField(_("region"), null=True)
    details = models.JSONField(_("details"), default=dict)
    previous_hash = models.BinaryField(max_length=32, null=True)
    entry_hash = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("operation"), _("operation log")
        indexes = [
            models.Index(fields=("subject_kind", "subject_id", "id"), name="operation_subject"),
            models.Index(fields=("actor_kind", "actor_id", "id"), name="operation_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_id}"
