"""Policy settings of trainees and of reviews: the numbers behind PM-4."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class CoachingPolicy(Policy):
    held_minutes = bounded(
        _("a held reply is decided within (minutes)"),
        15,
        1,
        1440,
        _("When no mentor has decided on a trainee's reply for so long, the supervisors are told."),
    )
    held_window_minutes = bounded(
        _("told before the window closes (minutes)"),
        30,
        1,
        720,
        _("How long before the service window closes the supervisors are told of replies that still wait."),
    )
    promotion_cases = bounded(
        _("promotion after (cases)"), 500, 1, 100_000, _("Finished cases before promotion is proposed (PM-4: 500).")
    )
    promotion_percent = bounded(
        _("promotion from (% accuracy)"), 95, 1, 100, _("Accuracy before promotion is proposed (PM-4: 95 %).")
    )
    promotion_reviews = bounded(
        _("promotion after (reviews)"), 20, 1, 1000, _("Reviewed cases that accuracy must at least rest on.")
    )
    promotion_again_days = bounded(
        _("asked again after (days)"), 14, 1, 365, _("When a promotion was put off, it is proposed again after this.")
    )
    reopened_days = bounded(
        _("reopened within (days)"),
        7,
        1,
        90,
        _("A finished case that is taken up again within so many days counts as not correct."),
    )
    pass_percent = bounded(
        _("a review is passed from (%)"), 75, 1, 100, _("Average of the marks from 1 to 5 that a passed review needs.")
    )
    measured_days = bounded(
        _("progress of the team (days)"), 90, 7, 730, _("Days over which the progress of those who learned is told.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("coaching policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
