"""Policy settings of rules."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class RulesPolicy(Policy):
    rules_most = bounded(_("most rules"), 100, 1, 500, _("How many rules a region may have."))
    actions_most = bounded(_("actions of a rule"), 8, 1, 30, _("How many things one rule may do."))
    depth = bounded(
        _("rules set off by rules"), 3, 0, 10, _("How many rules one after the other may set each other off.")
    )
    failures = bounded(
        _("failures until a pause"), 10, 1, 1000, _("A rule that fails so often in a row pauses and tells supervisors.")
    )
    batch = bounded(_("events at a time"), 500, 10, 5000, _("How many events are judged with the same facts."))
    attempts = bounded(_("attempts at a batch"), 5, 1, 50, _("Attempts before unjudged events are let go."))
    sweep_seconds = bounded(
        _("looked for again after (seconds)"), 20, 5, 600, _("When events that nobody judged are picked up again.")
    )
    trial_days = bounded(_("longest dry run (days)"), 90, 1, 366, _("How far back a dry run may look."))
    trial_shown = bounded(_("shown of a dry run"), 200, 10, 2000, _("How many firings a dry run lists one by one."))
    run_days = bounded(_("firings are kept (days)"), 365, 7, 3650, _("How long the firings of rules are kept."))

    class Meta:
        verbose_name = verbose_name_plural = _("rules policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
