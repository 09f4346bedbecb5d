from django.db import models
from django.utils.translation import gettext_lazy as _

from security.models.user import User


class WorkProfile(models.Model):
    """What somebody can be given: the languages they answer in, what they know about, and how much at a time.

    Without a row, or with nothing in it, the usual holds: the language they use Kefu in, no skills, and the capacity
    of the policy. ``capacity`` 0: nothing is given to them by itself.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="work", verbose_name=_("person")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("work profile"), _("work profiles")

    def __str__(self) -> str:
        return f"work of {self.user_id}"
