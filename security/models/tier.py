from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.user import User
from security.tier_policy import BASIC, TIERS

HOWS = (("admin", _("by an admin")), ("machine", _("on the machine")), ("over", _("its time was over")))


class TierSwitch(models.Model):
    """A tier that was switched to, and when (SE-4). The row ``in_force`` says what holds; without one it is basic.

    ``until``: from then on ``back_to`` holds, whether or not anybody has written that down yet.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tier = models.CharField(_("tier"), max_length=10, choices=TIERS)
    back_to = models.CharField(_("then back to"), max_length=10, choices=TIERS, default=BASIC)
    reason = models.CharField(_("reason"), max_length=500)
    how = models.CharField(_("how"), max_length=8, choices=HOWS, default="admin")
    switched_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("switched by")
    )
    at = models.DateTimeField(_("at"))
    until = models.DateTimeField(_("until"), null=True)
    in_force = models.BooleanField(default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("switch of the tier"), _("switches of the tier")
        constraints = [
            models.UniqueConstraint(fields=("in_force",), condition=Q(in_force=True), name="tier_one_in_force"),
        ]
        indexes = [models.Index(fields=("-at",), name="tier_newest")]

    def __str__(self) -> str:
        return f"{self.tier} · {self.at:%Y-%m-%d %H:%M}"


class Incident(models.Model):
    """Somebody switched incident mode on (SE-9): at least ``tier`` holds, and some rights are held back, until
    ``ends_at`` or until somebody ended it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tier = models.CharField(_("tier"), max_length=10, choices=TIERS)
    reason = models.CharField(_("reason"), max_length=500)
    begun_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("begun by")
    )
    begun_at = models.DateTimeField(_("begun at"))
    ends_at = models.DateTimeField(_("ends at"))
    ended_sessions = models.PositiveIntegerField(_("sessions ended"), default=0)
    open = models.BooleanField(default=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("ended by")
    )
    ended_why = models.CharField(_("why it ended"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("incident"), _("incidents")
        constraints = [models.UniqueConstraint(fields=("open",), condition=Q(open=True), name="incident_one_open")]
        indexes = [models.Index(fields=("-begun_at",), name="incident_newest")]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"
