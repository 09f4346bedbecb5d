from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from security.models.user import User

ENDED_HOW = (
    ("ended", _("ended by hand")),
    ("promoted", _("promoted")),
    ("over", _("its last day was over")),
)


class Traineeship(models.Model):
    """Somebody's first weeks (PM-4): until ``ends_on`` they see and answer what is assigned to them and nothing else.

    It runs until its last day is over in the trainee's own time zone, or until somebody ends it. Without ``mentors``
    those who may lead trainees in the trainee's regions mentor them.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="traineeships", verbose_name=_("person"))
    began_on = models.DateField(_("began on"))
    ends_on = models.DateField(_("last day"))
    mentors = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=_("mentors"))
    holds_replies = models.BooleanField(
        _("replies wait for a mentor"), default=False, help_text=_("What the trainee writes leaves once approved.")
    )
    started_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_how = models.CharField(max_length=8, choices=ENDED_HOW, blank=True)
    # Since when those who lead are asked to promote, and until when they do not want to be asked again.
    prompted_at = models.DateTimeField(null=True)
    prompt_again_at = models.DateTimeField(null=True)

    class Meta:
        permissions = (("lead_trainee", "Can start, extend and end traineeships"),)
        verbose_name, verbose_name_plural = _("traineeship"), _("traineeships")
        constraints = [
            models.UniqueConstraint(fields=("user",), condition=Q(ended_at=None), name="one_traineeship_at_a_time"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("began_on")), name="traineeship_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} until {self.ends_on}"
