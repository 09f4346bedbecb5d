from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from security.models.user import User

HOW = (("admin", _("by an admin")), ("rule", _("by a behaviour rule")), ("owner", _("by the person themselves")))


class AccountLock(models.Model):
    """Somebody may not sign in and their keys are refused, until it is lifted (SE-8): unlike being deactivated, it is
    about a suspicion and is taken back. ``User.locked_at`` mirrors the open one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="locks", verbose_name=_("person"))
    how = models.CharField(_("how"), max_length=8, choices=HOW)
    reason = models.CharField(_("reason"), max_length=500)
    locked_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("locked by")
    )
    locked_at = models.DateTimeField(_("locked at"))
    until = models.DateTimeField(_("until"), null=True)
    was_owners = models.BooleanField(_("the person locked it first"), default=False, editable=False)
    lifted_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("unlocked by")
    )
    lifted_at = models.DateTimeField(_("unlocked at"), null=True)
    lifted_why = models.CharField(_("why it was unlocked"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("locked account"), _("locked accounts")
        constraints = [
            models.UniqueConstraint(fields=("user",), condition=Q(lifted_at=None), name="account_locked_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.reason}"

    def reason_words(self) -> str:
        """Kefu gives the reason of the person's own lock; anybody else's stays as it was written."""
        return gettext(self.reason) if self.how == "owner" else self.reason
