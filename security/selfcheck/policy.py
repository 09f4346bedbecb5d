from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class SelfcheckPolicy(Policy):
    """What the self-check, behaviour rules and phishing drills take for old, long or few."""

    dormant_days = bounded(
        _("dormant after (days)"), 90, 14, 730, _("Whoever has not signed in for so long should be deactivated.")
    )
    most_admins = bounded(_("most admins"), 5, 2, 100, _("More admins than this are too many."))
    key_days = bounded(
        _("API keys are old after (days)"), 180, 30, 730, _("Keys for programs should be replaced by then (SE-6: 180).")
    )
    key_unused_days = bounded(
        _("API keys are unused after (days)"), 60, 7, 730, _("Keys nobody has used for so long should be revoked.")
    )
    mail_minutes = bounded(
        _("mails of one kind come at most once in (minutes)"),
        15,
        1,
        1440,
        _("Further alarms, and keys that end, within so many minutes come together in one mail."),
    )
    master_key_days = bounded(
        _("master key is old after (days)"), 365, 30, 3650, _("The master key should be replaced by then.")
    )
    wrapped_key_days = bounded(
        _("region and data keys are old after (days)"), 730, 30, 3650, _("They should be replaced by then (SE-7).")
    )
    certificate_days = bounded(
        _("certificate ends within (days)"), 30, 1, 90, _("So long before its end the certificate is reported.")
    )
    packages_days = bounded(
        _("packages are old after (days)"),
        90,
        14,
        730,
        _("So long after they were put here, look for newer ones."),
    )
    backup_hours = bounded(
        _("backup is old after (hours)"), 26, 1, 720, _("The last backup must not be older than this.")
    )
    answer_seconds = bounded(
        _("patience with the public address (seconds)"), 5, 1, 30, _("So long the self-check waits for its own answer.")
    )
    try_days = bounded(_("rules are tried over (days)"), 30, 1, 365, _("How far back a rule is tried on the log."))
    drill_days = bounded(
        _("links of a drill count for (days)"), 14, 1, 90, _("Who opens or reports the mail later is not counted.")
    )
    drill_team = bounded(
        _("smallest team shown in a drill"),
        3,
        2,
        50,
        _("Smaller teams are counted together: nobody is pointed at."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("self-check policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
