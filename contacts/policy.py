"""Policy settings of the contacts app."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class ContactsPolicy(Policy):
    name_max = bounded(_("longest name"), 120, 20, 500, _("Longest name of a contact, in characters."))
    note_max = bounded(_("longest note"), 4000, 200, 20000, _("Longest note, in characters."))

    class Meta:
        verbose_name = verbose_name_plural = _("contacts policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class PrivacyPolicy(Policy):
    """How long what leaves the house stays within reach, and how long there is to notice that history shall go."""

    export_hours = bounded(
        _("an export can be downloaded for (hours)"),
        48,
        1,
        720,
        _("After so many hours the export of a contact is destroyed, with its key."),
    )
    retention_wait_hours = bounded(
        _("shorter retention begins after (hours)"),
        24,
        1,
        720,
        _("When a region is to delete, or to keep less long, it begins so many hours later: time to notice."),
    )
    grave = True

    class Meta:
        verbose_name = verbose_name_plural = _("privacy policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


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
