from django.db import models
from django.utils.translation import gettext_lazy as _

from security.models.region import Region
from security.models.user import User


class Team(models.Model):
    """People of one region who share work: what is given to a team waits for anybody of it."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="teams", verbose_name=_("region"))
    name = models.CharField(_("team name"), max_length=80)
    people = models.ManyToManyField(
        User, through="TeamMembership", through_fields=("team", "user"), related_name="teams", verbose_name=_("people")
    )

    class Meta:
        ordering = ("region_id", "name", "id")
        verbose_name, verbose_name_plural = _("team"), _("teams")
        permissions = (("arrange_work", "Can arrange teams and who is given which work"),)
        constraints = [models.UniqueConstraint(fields=("region", "name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """A person is in a team; who put them there, and when."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="team_memberships")
    added_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("team", "user"), name="team_membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in team {self.team_id}"
