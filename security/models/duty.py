from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from security.levels import DATA_PROTECTION, FINANCE, MARKETING_SENDER
from security.models.user import User

DUTIES = (
    (MARKETING_SENDER, _("Marketing sender")),
    (FINANCE, _("Finance")),
    (DATA_PROTECTION, _("Data protection")),
)


class DutyHolding(models.Model):
    """A duty besides the level (PM-2), with who gave it and when.

    A marketing sender takes a ``seat``, and each seat is taken once: two admins who hand out the last one at the same
    moment cannot both succeed, whatever they read before.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duty_holdings", verbose_name=_("person"))
    duty = models.CharField(_("duty"), max_length=24, choices=DUTIES)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True)
    given_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)

    class Meta:
        permissions = (("give_duty", "Can give and take duties"),)
        verbose_name, verbose_name_plural = _("duty"), _("duties")
        constraints = [
            models.UniqueConstraint(fields=("user", "duty"), name="duty_held_once"),
            models.UniqueConstraint(fields=("duty", "seat"), name="duty_seat_once"),
            models.CheckConstraint(
                condition=Q(duty=MARKETING_SENDER, seat__isnull=False, seat__gte=1)
                | (~Q(duty=MARKETING_SENDER) & Q(seat=None)),
                name="marketing_sender_has_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.duty}"
