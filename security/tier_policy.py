"""The three tiers by name, and the numbers of switching between them and of incident mode (SE-4, SE-9)."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded

BASIC, ADVANCED, ENTERPRISE = "basic", "advanced", "enterprise"
TIERS = ((BASIC, _("Basic")), (ADVANCED, _("Advanced")), (ENTERPRISE, _("Enterprise")))
TIER_NAMES = tuple(name for name, _words in TIERS)


class TierPolicy(Policy):
    """How long people have to meet a new tier, and what an incident does."""

    grave = True

    grace_minutes = bounded(
        _("time to meet a new tier (minutes)"),
        60,
        0,
        1440,
        _("Whoever is signed in when the tier rises is asked at the next call after so long; new sign-ins at once."),
    )
    incident_grace_minutes = bounded(
        _("time to meet it in an incident (minutes)"), 10, 0, 240, _("The same where an incident raises the tier.")
    )
    incident_tier = models.CharField(
        _("an incident raises the tier to"),
        max_length=10,
        default=ADVANCED,
        choices=TIERS[1:],
        help_text=_("At least; a higher tier that is in force stays."),
    )
    incident_hours = bounded(
        _("an incident lasts (hours)"), 24, 1, 720, _("What is proposed; every incident has an end.")
    )
    incident_most_hours = bounded(
        _("an incident lasts at most (hours)"),
        168,
        1,
        720,
        _("Whoever needs longer begins another one, with a reason."),
    )
    device_link_minutes = bounded(
        _("the link that confirms a device holds for (minutes)"), 30, 5, 1440, _("Mailed where the tier knows devices.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("tier policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.grace_minutes)

    @property
    def incident_grace(self) -> timedelta:
        return timedelta(minutes=self.incident_grace_minutes)
