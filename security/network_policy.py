"""The numbers of API keys and of how often things may be done, each changeable without a deploy."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class KeyPolicy(Policy):
    """API keys (SE-6)."""

    grave = True

    key_days = bounded(
        _("longest life of a key (days)"), 180, 1, 730, _("A key ends after at most so many days (SE-6: 180).")
    )
    overlap_days = bounded(
        _("overlap when a key is rotated (days)"), 7, 0, 60, _("So long the old key goes on beside its successor.")
    )
    calls_per_second = bounded(
        _("calls per second and key"), 5, 1, 10_000, _("What a key may do in the long run (SE-6: 5).")
    )
    burst = bounded(_("calls of a key at once"), 5, 1, 10_000, _("So many calls may come at the same moment."))
    first_reminder_days = bounded(
        _("first reminder (days before)"), 30, 2, 365, _("When the owner is first reminded that a key ends.")
    )
    second_reminder_days = bounded(_("second reminder (days before)"), 7, 2, 90, _("When the owner is reminded again."))
    keys_most = bounded(_("keys per person"), 20, 1, 1000, _("How many running keys somebody may have."))
    kept_days = bounded(
        _("ended keys are shown for (days)"), 90, 1, 730, _("After so many days an ended key leaves the lists.")
    )
    last_reminder_days = bounded(_("last reminder (days before)"), 1, 1, 30, _("When the owner is reminded last."))

    class Meta:
        verbose_name = verbose_name_plural = _("API key policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def reminders(self) -> list[int]:
        """Days before the end, the last first."""
        return sorted({self.last_reminder_days, self.second_reminder_days, self.first_reminder_days})


class LimitPolicy(Policy):
    """How often and how much: far above what people do at work, far below what a program can do."""

    grave = True

    writes_per_minute = bounded(
        _("changes per minute and person"), 600, 30, 100_000, _("Everything that changes something, in the long run.")
    )
    writes_burst = bounded(_("changes at once"), 300, 10, 100_000, _("So many may come at the same moment."))
    sign_ins_per_minute = bounded(
        _("sign-ins per minute and address"),
        30,
        1,
        10_000,
        _("Tries to sign in, or to reset a password, right and wrong."),
    )
    sign_ins_burst = bounded(
        _("sign-ins of an address at once"), 60, 1, 10_000, _("A whole office may begin its day behind one address.")
    )
    exports_per_hour = bounded(_("exports per hour and person"), 60, 1, 10_000, _("Files made of many rows."))
    uploads_per_hour = bounded(_("uploads per hour and person"), 600, 10, 100_000, _("Files sent to Kefu."))
    upload_mb_per_hour = bounded(
        _("megabytes uploaded per hour and person"), 4000, 120, 1_000_000, _("All files of an hour together.")
    )
    frames_per_second = bounded(
        _("words per second on a live connection"),
        20,
        5,
        1000,
        _("A browser tab says a few; beyond this it is closed."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
