"""Policy settings of the exchange with other systems."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class ExchangePolicy(Policy):
    """How much other systems may send at once."""

    rows_at_once = bounded(
        _("rows of one call"), 500, 10, 2000, _("How many contacts, orders or products one call may write.")
    )
    items_of_an_order = bounded(_("lines of an order"), 200, 1, 1000, _("How many lines one order may have."))

    class Meta:
        verbose_name = verbose_name_plural = _("exchange policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
