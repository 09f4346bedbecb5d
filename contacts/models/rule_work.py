from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.consent import OfContact
from contacts.models.contact import Contact
from contacts.models.rule import OfRegion, Rule
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager


class RuleBatch(models.Model):
    """Things that happened in one write and that rules have not been asked about yet; deleted once they were.

    ``subjects``: ``[contact, conversation or null, time, {kind: id}]`` each. ``depth`` and ``cause``: the run of a rule
    that did it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=40)
    subjects = models.JSONField()
    depth = models.PositiveSmallIntegerField(default=0)
    cause = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    def __str__(self) -> str:
        return f"{self.event} {self.id}"


class RuleDue(models.Model):
    """When a rule about time is to look at a contact: moved on with each event it counts from (``since``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    conversation_id = models.UUIDField(null=True)
    since = models.DateTimeField()
    due_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfContact)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("rule", "contact"), name="rule_due_once")]
        indexes = [models.Index(fields=("due_at",), name="rule_due_next")]

    def __str__(self) -> str:
        return f"{self.rule_id} for {self.contact_id}"


TRIAL_STATES = (
    ("waiting", _("waiting")),
    ("running", _("running")),
    ("done", _("done")),
    ("failed", _("failed")),
)


class RuleTrial(models.Model):
    """A dry run: what a rule, as it is or as somebody is writing it, would have done in the last ``days``.

    ``found``: the newest of ``fired``, ``{contact, conversation, at}`` each. ``of_today``: facts that were asked as
    they are today, since nobody knows how they were.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    rule = models.ForeignKey(Rule, null=True, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    days = models.PositiveIntegerField()
    draft = models.JSONField()
    state = models.CharField(max_length=8, choices=TRIAL_STATES, default="waiting")
    looked = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fired = models.PositiveIntegerField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)
    of_today = models.JSONField(default=list)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        indexes = [
            models.Index(fields=("asked_at",), condition=Q(state__in=("waiting", "running")), name="rule_trial_running")
        ]

    def __str__(self) -> str:
        return f"trial {self.id}"
