from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.channel import Channel
from inbox.models.conversation import Conversation
from inbox.sla_policies import warnings_for
from security.access import Access
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

KINDS = (("first", _("first reply")), ("next", _("next reply")), ("resolution", _("resolution")))
STAGES = (("near", _("at risk")), ("breach", _("broken")))


class OfRegion(ScopedQuerySet[Any]):
    """Rows of a region that its people see."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids)


class ServiceHours(models.Model):
    """When a region serves customers, in its own time: a span of a weekday (0 is Monday). ``closes`` at 00:00 is the
    day's end. A region without any serves round the clock."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    opens = models.TimeField()
    closes = models.TimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("region", "weekday", "opens"), name="service_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="service_hours_on_a_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day on which a region does not serve customers."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    name = models.CharField(max_length=80, blank=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "on"), name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.on}"


class SlaPolicy(models.Model):
    """How soon customers of a region (of one channel, or of one priority) are promised an answer and a resolution. The
    most particular one holds. What is null is not promised."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")
    priority = models.PositiveSmallIntegerField(null=True)
    first_minutes = models.PositiveIntegerField(null=True)
    next_minutes = models.PositiveIntegerField(null=True)
    resolution_hours = models.PositiveIntegerField(null=True)
    within_hours = models.BooleanField(default=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        verbose_name, verbose_name_plural = _("promised time"), _("promised times")
        constraints = [  # once each: null is a value of its own here, and to no database it is
            models.UniqueConstraint(
                fields=("region",), condition=Q(channel=None, priority=None), name="sla_policy_of_region_once"
            ),
            models.UniqueConstraint(
                fields=("region", "channel"),
                condition=Q(channel__isnull=False, priority=None),
                name="sla_policy_of_channel_once",
            ),
            models.UniqueConstraint(
                fields=("region", "priority"),
                condition=Q(channel=None, priority__isnull=False),
                name="sla_policy_of_priority_once",
            ),
            models.UniqueConstraint(fields=("region", "channel", "priority"), name="sla_policy_of_both_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}/{self.channel_id}/{self.priority}"


class WarningQuerySet(ScopedQuerySet["SlaBreach"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(warnings_for(access, of="conversation__"))


class SlaBreach(models.Model):
    """A promise was at risk, or broken, and that was told; once for each time it was due."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    due_for = models.CharField(max_length=10, choices=KINDS)
    stage = models.CharField(max_length=6, choices=STAGES)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(WarningQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("conversation", "due_for", "due_at", "stage"), name="sla_breach_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.due_for} in {self.conversation_id}"
