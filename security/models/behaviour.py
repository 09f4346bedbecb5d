from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.lock import AccountLock
from security.models.user import User

WATCHES = (
    ("anybody", _("Anybody")),
    ("level", _("People of a level")),
    ("duty", _("People with a duty")),
    ("keys", _("API keys")),
)
MEASURES = (("lines", _("How often it is done")), ("rows", _("How many rows it is about")))
SEVERITIES = (("notice", _("notice")), ("warning", _("warning")), ("critical", _("critical")))
FOLLOWS = (
    ("tell", _("Tell the admins")),
    ("end_sessions", _("Tell the admins and end the sessions")),
    ("lock", _("Tell the admins and lock the account")),
)
DONE = (
    ("told", _("the admins were told")),
    ("sessions_ended", _("their sessions were ended")),
    ("locked", _("the account was locked")),
    ("spared", _("not locked: the last admin")),
)
ALARM_STATES = (
    ("open", _("waits for a decision")),
    ("false_alarm", _("false alarm")),
    ("confirmed", _("confirmed")),
)
MOST_COUNTED, MOST_MINUTES = 1_000_000, 7 * 24 * 60


class BehaviourRule(models.Model):
    """What is suspicious, as data (SE-8): ``actions`` of the operation log done ``threshold`` times (or about so many
    rows) by one person within ``window_minutes``, at these hours where their region is.

    ``actions``: deeds (``contact.viewed``), or all of a subject (``policy.*``). None: it is not read from the log, but
    ``raise_alarm`` is called by what notices it. ``days``: 0 is Monday; none means every day. ``shipped``: it came with
    Kefu and is called as ``behaviour.shipped`` says in the reader's language, until somebody gives it a ``name``.
    """

    shipped = models.CharField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("rule name"), max_length=80, blank=True)
    is_on = models.BooleanField(_("on"), default=True)
    watches = models.CharField(_("watches"), max_length=8, choices=WATCHES, default="anybody")
    watched = models.CharField(_("level or duty"), max_length=24, blank=True)
    actions = models.JSONField(_("deeds"), default=list)
    measure = models.CharField(_("measured by"), max_length=8, choices=MEASURES, default="lines")
    threshold = models.PositiveIntegerField(
        _("from how many on"), validators=[MinValueValidator(1), MaxValueValidator(MOST_COUNTED)]
    )
    window_minutes = models.PositiveIntegerField(
        _("within (minutes)"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    from_hour = models.PositiveSmallIntegerField(_("from hour"), null=True, validators=[MaxValueValidator(23)])
    until_hour = models.PositiveSmallIntegerField(_("until hour"), null=True, validators=[MaxValueValidator(24)])
    days = models.JSONField(_("days"), default=list)
    severity = models.CharField(_("severity"), max_length=10, choices=SEVERITIES, default="warning")
    follows = models.CharField(_("what follows"), max_length=14, choices=FOLLOWS, default="tell")

    class Meta:
        verbose_name, verbose_name_plural = _("behaviour rule"), _("behaviour rules")
        permissions = (("handle_alarm", "Can decide on alarms and change behaviour rules"),)
        constraints = [
            models.UniqueConstraint(fields=("shipped",), condition=~Q(shipped=""), name="behaviour_shipped_once"),
            models.CheckConstraint(
                condition=Q(threshold__gte=1, threshold__lte=MOST_COUNTED)
                & Q(window_minutes__gte=1, window_minutes__lte=MOST_MINUTES),
                name="behaviour_is_bounded",
            ),
            models.CheckConstraint(
                condition=Q(from_hour=None, until_hour=None)
                | Q(from_hour__isnull=False, from_hour__lte=23, until_hour__isnull=False, until_hour__lte=24),
                name="behaviour_hours_in_pairs",
            ),
        ]

    def __str__(self) -> str:
        from security.behaviour.shipped import called  # it is built on the models

        return called(self)

    @property
    def code(self) -> str:
        """For the log, which knows words for the shipped ones."""
        return self.name or self.shipped


class BehaviourAlarm(models.Model):
    """A rule that one person set off, once: while it is open, and for what came before it was decided, there is no
    second one. ``lines``: ids in the operation log, the newest few hundred. ``seen_upto``: lines up to here raise no
    other alarm of this rule about this person. ``held_until``: when the account would have been unlocked, where it was
    locked for a time already and this made it endless."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(BehaviourRule, on_delete=models.PROTECT, related_name="alarms", verbose_name=_("rule"))
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    raised_at = models.DateTimeField(_("raised at"))
    severity = models.CharField(_("severity"), max_length=10, choices=SEVERITIES)
    measured = models.PositiveIntegerField(_("how much"))
    lines = models.JSONField(_("lines of the log"), default=list)
    facts = models.JSONField(_("details"), default=dict)
    seen_upto = models.BigIntegerField()
    done = models.CharField(_("what followed"), max_length=14, choices=DONE)
    lock = models.ForeignKey(AccountLock, null=True, on_delete=models.SET_NULL, related_name="alarms")
    held_until = models.DateTimeField(null=True)
    state = models.CharField(_("state"), max_length=12, choices=ALARM_STATES, default="open")
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("alarm"), _("alarms")
        constraints = [
            models.UniqueConstraint(fields=("rule", "person"), condition=Q(state="open"), name="alarm_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.person}"


class BehaviourCursor(models.Model):
    """One row: up to which line of the operation log the rules have looked."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    upto = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.upto)
