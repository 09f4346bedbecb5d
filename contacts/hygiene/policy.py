"""Policy settings of number hygiene."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class HygienePolicy(Policy):
    dormant_days = bounded(
        _("silent for (days)"), 180, 30, 3650, _("Who has written nothing for so many days is proposed (SR-12: 180).")
    )
    bounces = bounded(
        _("undeliverable (times)"),
        2,
        1,
        20,
        _("A number to which so many messages in a row could not be delivered is proposed as dead."),
    )
    message_cost = bounded(
        _("cost of a marketing message (1/10,000 of a US dollar)"),
        600,
        0,
        100_000,
        _("What a marketing message costs, for the estimate of what suppressing saves."),
    )
    messages_monthly = bounded(
        _("marketing messages a month"), 4, 0, 100, _("How many marketing messages a contact is sent in a month.")
    )
    merge_undo_days = bounded(
        _("merges can be undone for (days)"), 14, 1, 90, _("So many days what a merge moved is kept.")
    )

    class Meta:
        app_label = "contacts"
        verbose_name = verbose_name_plural = _("number hygiene policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
