from django.db import models
from django.utils.translation import gettext_lazy as _

from security.models.append_only import AppendOnly

ACTORS = (("person", _("Person")), ("key", _("API key")), ("system", _("Kefu itself")), ("rule", _("Rule")))


class Operation(models.Model):
    """One line of the operation log (PM-8): who did what to which object, from where. The database refuses to change or
    delete one; ``Seal`` proves that nobody did.

    ``details`` holds ids, codes and settings, before and after. Words that are encrypted elsewhere are so here as well:
    ``words`` is sealed under the object's own ``key_id``, and gone with it.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor_kind = models.CharField(_("done by (kind)"), max_length=12, choices=ACTORS)
    actor_id = models.CharField(_("done by"), max_length=40, blank=True)
    action = models.CharField(_("deed"), max_length=60)
    subject_kind = models.CharField(_("done to (kind)"), max_length=40)
    subject_id = models.CharField(_("done to"), max_length=40)
    region_id = models.BigIntegerField(_("region"), null=True)
    about_id = models.BigIntegerField(_("about whom"), null=True, help_text=_("The person a line is about."))
    ip = models.CharField(_("address"), max_length=45, blank=True)
    device = models.CharField(_("device"), max_length=120, blank=True)
    details = models.JSONField(_("details"), default=dict)
    key_id = models.UUIDField(null=True)
    words = models.BinaryField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("operation"), _("operation log")
        permissions = (
            ("see_operations", "Can read the operation log of own regions"),
            ("export_operations", "Can export the operation log of own regions"),
        )
        constraints = [AppendOnly(name="operation_append_only")]
        indexes = [
            models.Index(fields=("subject_kind", "subject_id", "id"), name="operation_subject"),
            models.Index(fields=("actor_kind", "actor_id", "id"), name="operation_actor"),
            models.Index(fields=("region_id", "id"), name="operation_region"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_id}"
