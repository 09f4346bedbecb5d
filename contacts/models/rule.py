from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager, ScopedQuerySet

NAME_MAX = 60


class OfRegion(ScopedQuerySet[Any]):
    """Rows that are seen by whoever works in their region."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(region_id__in=access.region_ids)


class OfRule(ScopedQuerySet[Any]):
    """Rows that are seen by whoever works in their rule's region."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(rule__region_id__in=access.region_ids)


class Rule(models.Model):
    """What happens by itself in a region when something happens (CM-1). What it says is its newest ``RuleVersion``.

    ``position``: rules are judged in this order. ``shipped``: the key of one that Kefu brought. ``failures``: how often
    it failed in a row; ``paused_at``: it failed so often that it waits for somebody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    current = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(_("on"), default=False)
    position = models.PositiveIntegerField(default=0)
    shipped = models.CharField(max_length=30, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        verbose_name, verbose_name_plural = _("rule name"), _("rules")
        permissions = (("see_rule", "Can see rules"), ("manage_rule", "Can manage rules"))
        constraints = [
            models.UniqueConstraint(fields=("region", "shipped"), condition=~Q(shipped=""), name="rule_shipped_once")
        ]
        indexes = [models.Index(fields=("region", "position"), name="rule_list")]

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """What a rule says, from one change to the next. ``event``: a key of ``contacts.rules.events``. A rule about time
    (``after_hours``) waits so long after each ``event`` of a contact; ``cooldown_hours``: how long it leaves a contact
    alone; ``stops``: no later rule is judged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_MAX)
    event = models.CharField(max_length=40)
    after_hours = models.PositiveIntegerField(null=True)
    conditions = models.JSONField(null=True)
    actions = models.JSONField()
    cooldown_hours = models.PositiveIntegerField(default=0)
    stops = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRule)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("rule", "number"), name="rule_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.rule_id}"


STATES = (("fired", _("fired")), ("failed", _("failed")))


class RuleRun(models.Model):
    """A rule fired for what happened (``ref``), once. ``deeds``: each action with what came of it, and what it takes to
    take it back. ``verdict`` tells every condition's outcome; it may name what a customer wrote, so it is sealed.

    ``depth``: how many rules stand between it and a person. ``cut``: what it did would have set off further rules, and
    was not let.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="runs", db_index=False)
    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation_id = models.UUIDField(null=True)
    event = models.CharField(max_length=40)
    ref = models.CharField(max_length=100)
    at = models.DateTimeField()
    fired_at = models.DateTimeField()
    key_id = models.UUIDField()
    verdict = EncryptedField()
    deeds = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=STATES)
    error = models.CharField(max_length=80, blank=True, default="")
    depth = models.PositiveSmallIntegerField(default=0)
    cut = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("rule", "ref"), name="rule_run_once")]
        indexes = [
            models.Index(fields=("rule", "-fired_at", "-id"), name="rule_run_list"),
            models.Index(fields=("contact", "rule", "-fired_at"), name="rule_run_cooldown"),
            models.Index(fields=("conversation_id", "-fired_at"), name="rule_run_thread"),
        ]

    def __str__(self) -> str:
        return f"run {self.id}"

    @property
    def region_id(self) -> int:
        return self.contact.region_id
