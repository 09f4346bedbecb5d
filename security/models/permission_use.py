from django.db import models
from django.utils.translation import gettext_lazy as _

from security.models.user import User


class PermissionUse(models.Model):
    """How often somebody used a permission on one day, and how often it was refused them for want of it (PM-10)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    permission = models.CharField(max_length=80)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("use of a permission"), _("use of permissions")
        permissions = (("see_health", "Can see how permissions are used"),)
        constraints = [models.UniqueConstraint(fields=("user", "permission", "day"), name="use_once_a_day")]
        indexes = [models.Index(fields=("day",), name="use_day")]

    def __str__(self) -> str:
        return f"{self.permission} by {self.user_id} on {self.day}"
