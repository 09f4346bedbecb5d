from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox.policies import visible_channels
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

PROVIDERS = (("meta", "Meta Cloud API"), ("360dialog", "360dialog"), ("simulator", _("Simulator")))
STATES = (("active", _("Active")), ("paused", _("Paused")))


class ChannelQuerySet(ScopedQuerySet["Channel"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_channels(access))


class Channel(models.Model):
    """One WhatsApp business number. ``credentials`` is ``{access_token, app_secrets: [newest, …], verify_token}``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    key_id = models.UUIDField()
    name = models.CharField(_("channel name"), max_length=80)
    provider = models.CharField(_("provider"), max_length=12, choices=PROVIDERS)
    base_url = models.URLField(
        _("address of the Graph API"), help_text=_("Where the Graph API is; the simulator differs only here.")
    )
    graph_version = models.CharField(max_length=8, default="v26.0")
    phone = models.CharField(_("phone number"), max_length=20, help_text=_("The number in E.164."))
    phone_number_id = models.CharField(max_length=32, unique=True)
    waba_id = models.CharField(max_length=32)
    portfolio_id = models.CharField(max_length=32, blank=True, help_text="Business-scoped ids count within it.")
    credentials = EncryptedField()
    state = models.CharField(_("state"), max_length=8, choices=STATES, default="active")
    paused_reason = models.CharField(_("why it is paused"), max_length=200, blank=True)
    # These four say together what the running ``ChannelPause`` rows say; read with every message that is sent.
    templates_stopped = models.BooleanField(_("no templates at the moment"), default=False)
    utility_stopped = models.BooleanField(_("no utility templates at the moment"), default=False)
    live_since = models.DateTimeField(_("in use since"), null=True)
    # The drainer's lease: one process at a time applies a channel's webhooks, in order.
    drain_lease = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ChannelQuerySet)()

    class Meta:
        ordering = ("name",)
        verbose_name, verbose_name_plural = _("channel"), _("channels")
        permissions = (
            ("see_channel", "Can see channels"),
            ("manage_channel", "Can pause, resume, test and diagnose channels"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def portfolio(self) -> str:
        """Where business-scoped ids are unique; the account stands in while the portfolio is not known."""
        return self.portfolio_id or self.waba_id


class ChannelPace(models.Model):
    """When the next message of a channel may leave; moved forward atomically, it holds over any number of workers."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, primary_key=True, related_name="pace")
    next_slot_us = models.BigIntegerField(default=0, help_text="Unix time in microseconds.")
    next_turn_us = models.BigIntegerField(default=0, help_text="Where the line of those told to wait ends; as above.")

    def __str__(self) -> str:
        return f"pace of {self.channel_id}"
