from django.db import models
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.user import User

DRILL_STATES = (
    ("planned", _("planned")),
    ("running", _("running")),
    ("over", _("over")),
    ("cancelled", _("cancelled")),
)


class PhishingDrill(models.Model):
    """A mail that looks like an attack and teaches, to people who were chosen, at a time. ``kind``: which mail, a name
    of ``security.drill.mails``."""

    title = models.CharField(_("title"), max_length=80)
    kind = models.CharField(_("mail"), max_length=24)
    planned_at = models.DateTimeField(_("planned for"))
    ends_at = models.DateTimeField(_("counted until"))
    state = models.CharField(_("state"), max_length=10, choices=DRILL_STATES, default="planned")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("phishing drill"), _("phishing drills")

    def __str__(self) -> str:
        return self.title


class DrillMail(models.Model):
    """One person's mail of a drill, and what they did with it. What anybody may have typed is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    drill = models.ForeignKey(PhishingDrill, on_delete=models.CASCADE, related_name="mails")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("drill", "person"), name="drilled_once")]

    def __str__(self) -> str:
        return f"{self.drill_id}: {self.person_id}"
