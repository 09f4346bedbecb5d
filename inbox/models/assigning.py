from django.db import models

from inbox.models.channel import Channel
from security.models import Team, User

METHODS = (("off", "Off"), ("round_robin", "In turn"), ("least_loaded", "Whoever has least"))
LANGUAGE_WISHES = (("off", "Ignored"), ("prefer", "Preferred"), ("require", "Required"))


class AssignmentRule(models.Model):
    """How what waits at one number is given out by itself. Without a row, nothing is."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, primary_key=True, related_name="assignment_rule")
    method = models.CharField(max_length=12, choices=METHODS, default="off")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    skill = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGE_WISHES, default="prefer")
    returning = models.BooleanField(default=True)
    # Whose turn it was last: the next one is who follows in the order of ids.
    last_given_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.method} for {self.channel_id}"


class AssignmentTurn(models.Model):
    """The one row that is locked by whoever gives out work: people answer for several numbers and regions, and their
    capacity counts over all of them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    def __str__(self) -> str:
        return "the turn to give out work"
