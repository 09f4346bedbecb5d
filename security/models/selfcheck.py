from django.db import models
from django.utils.translation import gettext_lazy as _

from security.models.user import User


class SelfcheckRun(models.Model):
    """One run of the self-check: its score, and what each check found, as ``selfcheck.base.Finding`` spells it.

    ``month`` (``2026-11``) is set on the one that the calendar asked for.
    """

    at = models.DateTimeField(_("at"))
    score = models.PositiveSmallIntegerField(_("score"))
    findings = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    month = models.CharField(max_length=7, null=True, unique=True)  # noqa: DJ001  (null keeps the uniqueness partial)

    class Meta:
        verbose_name, verbose_name_plural = _("self-check"), _("self-checks")
        indexes = [models.Index(fields=("-at",), name="selfcheck_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.score}"
