from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox.models.channel import Channel
from inbox.models.pause import OfChannel
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager

SEVERITIES = (("info", _("for information")), ("warning", _("warning")), ("critical", _("critical")))


class AccountEvent(models.Model):
    """What WhatsApp told about a number or its account beside messages: appended, never changed.

    ``key`` names the event as Meta's documents say to recognise a repetition; it is unique per channel. ``content`` is
    what was told, ``field`` the webhook's own. Warnings wait to be seen by somebody (``seen_at``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="account_events", db_index=False)
    key_id = models.UUIDField()
    field = models.CharField(max_length=64)
    event = models.CharField(max_length=64, blank=True)
    severity = models.CharField(max_length=8, choices=SEVERITIES)
    key = models.CharField(max_length=64)
    content = EncryptedField()
    at = models.DateTimeField(help_text="WhatsApp's own time of it, else the time of receipt.")
    received_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfChannel)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("channel", "key"), name="account_event_once")]
        indexes = [
            models.Index(fields=("channel", "-at", "-id"), name="account_event_recent"),
            models.Index(
                fields=("channel",),
                condition=models.Q(seen_at=None) & ~models.Q(severity="info"),
                name="account_event_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.event} {self.at}"


class ChannelHealth(models.Model):
    """How WhatsApp judges a number, as last told or asked. Words are Meta's own (GREEN, TIER_2K, APPROVED …).

    ``told_at`` holds when each value was told (``{value: ISO time}``): a late webhook must not undo a newer one.
    """

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, primary_key=True, related_name="health")
    quality = models.CharField(max_length=32, blank=True)
    throughput = models.CharField(max_length=32, blank=True)
    limit = models.CharField(max_length=32, blank=True, help_text="People who may be written to first, per 24 hours.")
    verified_name = models.CharField(max_length=255, blank=True)
    name_status = models.CharField(max_length=32, blank=True)
    number_status = models.CharField(max_length=32, blank=True)
    review = models.CharField(max_length=32, blank=True)
    ban = models.CharField(max_length=32, blank=True)
    ban_date = models.CharField(max_length=64, blank=True, help_text="As told: a text, not always a date.")
    payment = models.CharField(max_length=32, blank=True)
    username = models.CharField(max_length=64, blank=True)
    can_send = models.CharField(max_length=32, blank=True)
    problems = models.JSONField(default=list, help_text="[{entity, code, words, solution}]")
    told_at = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True)
    check_error = models.CharField(max_length=40, blank=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfChannel)()

    def __str__(self) -> str:
        return f"health of {self.channel_id}"


class KnownTemplate(models.Model):
    """What webhooks and look-ups told of a template: enough to know what may be sent. The wording belongs to
    ``templates_mgr``. ``told_at`` holds when each value was told, like a number's health."""

    waba_id = models.CharField(max_length=32)
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=16)
    category = models.CharField(max_length=32, blank=True)
    status = models.CharField(max_length=32, blank=True)
    quality = models.CharField(max_length=32, blank=True)
    told_at = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("waba_id", "name", "language"), name="known_template_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
