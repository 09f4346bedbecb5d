from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from security.models.user import User


class Withheld(models.Model):
    """A permission that a person's level or duty would give and that was taken from them all the same (PM-7)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="withheld", verbose_name=_("person"))
    permission = models.CharField(_("permission"), max_length=80)
    reason = models.CharField(_("reason"), max_length=500)
    withheld_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("withheld by")
    )
    withheld_at = models.DateTimeField(_("withheld since"))
    lifted_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("given back by")
    )
    lifted_at = models.DateTimeField(_("given back at"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("withheld permission"), _("withheld permissions")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "permission"), condition=Q(lifted_at=None), name="withheld_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.permission} from {self.user_id}"
