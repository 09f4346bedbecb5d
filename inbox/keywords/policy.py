"""Policy settings of the keywords: what is counted, and from when on a term has risen."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class KeywordPolicy(Policy):
    rise_percent = bounded(
        _("risen by (%)"),
        20,
        1,
        1000,
        _("A term has risen when its share of conversations is this much above its baseline (CM-5: 20 %)."),
    )
    doubt_percent = bounded(
        _("by chance at most (%)"),
        5,
        1,
        100,
        _("Of the rises that are told so many may be chance. 100: chance is not asked about."),
    )
    baseline_days = bounded(_("baseline (days)"), 28, 7, 364, _("The days before that a term is compared with."))
    baseline_least = bounded(
        _("baseline at least (days)"), 7, 1, 364, _("With fewer counted days before it nothing is said to have risen.")
    )
    least_customers = bounded(
        _("counted from (customers)"),
        3,
        2,
        100,
        _(
            "A term is kept for a day when at least so many customers wrote it: none tells of one person. Words of "
            "your own list and those somebody follows are counted from the first."
        ),
    )
    terms_a_day = bounded(_("terms of a day"), 5000, 100, 50_000, _("The commonest so many of a day are kept."))
    kept_days = bounded(_("counts are kept (days)"), 750, 60, 3650, _("Older days are forgotten."))

    class Meta:
        verbose_name = verbose_name_plural = _("keyword policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
