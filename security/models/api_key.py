from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from security.ids import new_id


class ApiKey(AbstractAuthToken):
    """A key for programs, stored as a digest (SE-6). It acts as its owner, within ``permissions`` and ``region_ids``.

    What it may do is the intersection of these with what the owner may do *now*. ``None`` in both is everything of the
    owner's: only Kefu itself makes such keys, for the demo world. A revoked or ended key stays as a row for a while, so
    that its owner sees what became of it.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, default="API")
    permissions = models.JSONField(_("permissions"), null=True, help_text="As Django spells them.")
    region_ids = models.JSONField(_("regions"), null=True)
    addresses = models.JSONField(_("from these addresses only"), default=list, help_text="CIDR; empty: from anywhere.")
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    last_used_ip = models.CharField(_("last used from"), max_length=45, blank=True)
    last_used_country = models.CharField(
        _("country of last use"), max_length=2, blank=True, help_text="ISO 3166-1; empty: not known."
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    successor = models.OneToOneField(
        "self", null=True, on_delete=models.SET_NULL, related_name="predecessor", verbose_name=_("successor")
    )
    reminded_days = models.PositiveSmallIntegerField(
        null=True, help_text="The last reminder that was sent: so many days before the end; 0: that it ended."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("API key"), _("API keys")
        permissions = (("make_key", "Can make API keys"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"

    @property
    def is_narrowed(self) -> bool:
        return self.permissions is not None or self.region_ids is not None

    def is_succeeded(self, now: datetime | None = None) -> bool:
        """By a key that works; one that has ended follows nothing."""
        return self.successor is not None and not self.successor.has_ended(now)

    def has_ended(self, now: datetime | None = None) -> bool:
        """Revoked, or past its end."""
        return self.revoked_at is not None or (self.expiry is not None and self.expiry <= (now or timezone.now()))
