from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.duty import DUTIES
from security.models.user import User


class Grant(models.Model):
    """A permission or a duty for one person from one moment to another, with the reason (PM-6).

    With ``object_pk`` the permission holds for that one object only (``object_label``: ``inbox.conversation``). Nothing
    has to happen for it to end: it is asked whether it runs *now*.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("person"))
    permission = models.CharField(_("permission"), max_length=80, blank=True)
    duty = models.CharField(_("duty"), max_length=24, choices=DUTIES, blank=True)
    object_label = models.CharField(max_length=40, blank=True)
    object_pk = models.CharField(max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    given_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        permissions = (("give_grant", "Can give permissions for a time"),)
        verbose_name, verbose_name_plural = _("temporary grant"), _("temporary grants")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="grant_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(permission="") ^ Q(duty=""), name="grant_of_one_thing"),
        ]
        indexes = [models.Index(fields=("user", "ends_at"), condition=Q(ended_at=None), name="grant_running")]

    def __str__(self) -> str:
        return f"{self.permission or self.duty} for {self.user_id} until {self.ends_at:%Y-%m-%d %H:%M}"
