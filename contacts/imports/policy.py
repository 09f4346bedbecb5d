"""Policy settings of imports."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class ImportPolicy(Policy):
    file_mb = bounded(_("largest file (MB)"), 60, 1, 100, _("Largest file that can be imported, in megabytes."))
    unpacked_mb = bounded(
        _("largest workbook, unpacked (MB)"), 500, 10, 4000, _("A workbook that unpacks into more is not opened.")
    )
    lines = bounded(_("most lines"), 250_000, 1000, 2_000_000, _("Most lines of one file."))
    batch = bounded(
        _("lines at a time"), 200, 10, 1000, _("Lines that are taken in together: all that is lost by an interruption.")
    )
    at_once = bounded(_("imports at once"), 2, 1, 20, _("Imports that may run in one region at the same time."))
    draft_hours = bounded(
        _("a prepared import waits for (hours)"), 48, 1, 720, _("One that was not begun by then is destroyed.")
    )
    undo_days = bounded(
        _("imports can be undone for (days)"),
        30,
        1,
        365,
        _("So many days what an import changed, and the lines it refused, are kept; then its key is destroyed."),
    )

    class Meta:
        app_label = "contacts"
        verbose_name = verbose_name_plural = _("import policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
