"""Risky conversations (TS-7): what words raise one in a region, who is told, and what came of each."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.case import OfConversation, OfMessage
from inbox.models.conversation import Conversation
from inbox.models.message import Message
from inbox.models.sla import OfRegion
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager

RISK_KINDS = (
    ("fraud", _("fraud")),
    ("threat", _("threat")),
    ("self_harm", _("self-harm")),
    ("legal", _("legal matter")),
    ("other", _("something else")),
)
RISK_STATES = (
    ("open", _("open")),
    ("taken", _("taken")),
    ("escalated", _("escalated")),
    ("closed", _("closed")),
    ("false_alarm", _("false alarm")),
)
WAITING = ("open", "escalated")
LANGUAGES = (("zh", "中文"), ("yue", "粵語"), ("en", "English"))
MOST_SEVERE = 3


class RiskPolicy(models.Model):
    """Whether a region's messages are watched. ``minutes`` is how long supervisors have, who come after the steps."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True, related_name="+")
    watches = models.BooleanField(default=True)
    minutes = models.PositiveSmallIntegerField(default=10, validators=[MinValueValidator(1), MaxValueValidator(1440)])
    # Processes compile the words anew when it has moved.
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    def __str__(self) -> str:
        return f"risk in {self.region_id}"


class RiskRule(models.Model):
    """What one kind of risk is in a region: how many mentions within how many hours raise it, how severe it is, and
    what whoever deals with it should do, in both languages."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RISK_KINDS)
    mentions = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(100)])
    window_hours = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    severity = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEVERE)]
    )
    advice_zh = models.TextField(blank=True)
    advice_en = models.TextField(blank=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "kind"), name="risk_rule_once")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.region_id}"


class RiskTerm(models.Model):
    """A word of a region's lists."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RISK_KINDS)
    language = models.CharField(max_length=3, choices=LANGUAGES)
    text = models.CharField(max_length=60)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "kind", "text"), name="risk_term_once")]

    def __str__(self) -> str:
        return self.text


class RiskStep(models.Model):
    """Who is told, one after the other: these people and whoever has the skill, for so many minutes. After the last
    step come the region's supervisors, and then the admins."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(default=10)
    skill = models.CharField(max_length=40, blank=True)
    people = models.ManyToManyField(User, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "position"), name="risk_step_once")]

    def __str__(self) -> str:
        return f"step {self.position} of {self.region_id}"


class RiskCase(models.Model):
    """Something risky goes on in a conversation: who dealt with it, or when the next ones are told (``due_at``).

    ``level`` is how far along the steps it has come. ``priority_before`` is what a false alarm gives back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="risks")
    key_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=RISK_KINDS)
    severity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=11, choices=RISK_STATES, default="open")
    level = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    priority_before = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = EncryptedField(null=True)
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reason = EncryptedField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        permissions = (
            ("flag_risk", "Can flag conversations as risky, and take those that are theirs to take"),
            ("manage_risk", "Can edit the words that make a conversation risky, and who is told"),
        )
        constraints = [
            models.UniqueConstraint(fields=("conversation",), condition=Q(closed_at=None), name="one_risk_at_a_time")
        ]
        indexes = [
            models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="risk_due"),
            models.Index(fields=("raised_at", "id"), condition=Q(closed_at=None), name="risk_running"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.conversation_id}"


class RiskMention(models.Model):
    """A message mentions a word. Kept before there are enough of them to be a ``case``, and counted then; what
    belongs to a case is not counted for another one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(RiskCase, null=True, on_delete=models.CASCADE, related_name="mentions")
    # No constraint of the database: a word that is removed while a batch commits must not undo the batch.
    term = models.ForeignKey(
        RiskTerm, null=True, on_delete=models.SET_NULL, related_name="mentions", db_constraint=False
    )
    key_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=RISK_KINDS)
    word = EncryptedField()
    times = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfMessage)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("message", "term"), name="risk_mention_once")]
        indexes = [models.Index(fields=("conversation", "at"), name="risk_mentions_of")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.message_id}"
