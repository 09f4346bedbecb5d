"""Policy settings of the exchange with other systems."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class ExchangePolicy(Policy):
    """How much other systems may send at once."""

    rows_at_once = bounded(
        _("rows of one call"), 500, 10, 2000, _("How many contacts, orders or products one call may write.")
    )
    items_of_an_order = bounded(_("lines of an order"), 200, 1, 1000, _("How many lines one order may have."))
    clock_minutes = bounded(
        _("clocks may differ (minutes)"), 5, 1, 60, _("A signed webhook of another time than this is not taken.")
    )
    hook_days = bounded(_("webhooks are kept (days)"), 7, 1, 30, _("How long the bodies of applied webhooks are kept."))
    pull_minutes = bounded(_("shops are asked every (minutes)"), 10, 1, 1440, _("How often a connected shop is read."))
    delivery_hours = bounded(
        _("deliveries are tried for (hours)"), 72, 1, 168, _("After that they are dead until somebody replays them.")
    )
    delivery_days = bounded(_("delivery log (days)"), 30, 1, 365, _("How long settled deliveries can be looked at."))
    subscriptions_most = bounded(
        _("most subscriptions"), 20, 1, 200, _("How many addresses of a region may be told what happens.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("exchange policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
