from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.channel import Channel
from inbox.policies import visible_channels
from security.access import Access
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet

KINDS = (
    ("throttle", _("too many calls")),
    ("mend", _("something must be mended")),
    ("account", _("imposed by WhatsApp")),
    ("person", _("paused by hand")),
)
SCOPES = (("all", _("everything")), ("templates", _("templates only")), ("utility", _("utility templates only")))
ENDINGS = (
    ("due", _("its time was over")),
    ("mended", _("the number works again")),
    ("lifted", _("lifted by WhatsApp")),
    ("person", _("resumed by hand")),
)


class OfChannel(ScopedQuerySet[Any]):
    """Rows that are seen by whoever sees their channel."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_channels(access, of="channel__"))


class ChannelPause(models.Model):
    """A number sends nothing (or no templates, or none of utility), since when, until when and why. Several may run at
    the same time, of what WhatsApp imposed one per code; a person who resumes the number ends all of them.

    ``until`` is null when nobody knows: then it ends when it is mended, lifted or resumed. ``code`` is an entry of
    ``whatsapp/data/errors.csv``. ``sent_before`` counts what was sent in the minutes before a throttling (TS-1).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="pauses", db_index=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    scope = models.CharField(max_length=9, choices=SCOPES, default="all")
    code = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, choices=ENDINGS, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_before = models.PositiveIntegerField(null=True)
    probe_at = models.DateTimeField(null=True, help_text="When to look whether the number works again.")

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfChannel)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("channel", "kind", "scope"),
                condition=Q(ended_at=None) & ~Q(kind="account"),
                name="one_pause_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=("channel", "scope", "code"),
                condition=Q(ended_at=None, kind="account"),
                name="one_pause_of_an_imposition",
            ),
        ]
        indexes = [models.Index(fields=("channel", "-began_at"), name="pause_of_channel")]

    def __str__(self) -> str:
        return f"{self.kind} pause of {self.channel_id}: {self.code}"
