from django.db import models
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.user import User


class KnownDevice(models.Model):
    """A browser in which somebody has signed in before (SE-3): recognised by the token its cookie holds, of which only
    the digest is kept, and by browser and system, which a stolen cookie lacks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices", verbose_name=_("person"))
    digest = models.BinaryField(max_length=32)
    kind = models.CharField(_("browser and system"), max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    first_seen_at = models.DateTimeField(_("first seen at"))
    last_seen_at = models.DateTimeField(_("last seen at"))
    ip = models.CharField(_("address"), max_length=45, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    trusted_until = models.DateTimeField(
        _("trusted until"), null=True, help_text="Until then no second factor is asked for at sign-in here."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("known device"), _("known devices")
        constraints = [models.UniqueConstraint(fields=("user", "digest"), name="device_once_per_person")]

    def __str__(self) -> str:
        return self.name or self.kind or "?"


class KnownCountry(models.Model):
    """A country from which somebody has signed in before."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="countries")
    country = models.CharField(max_length=2)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user", "country"), name="country_once_per_person")]

    def __str__(self) -> str:
        return f"{self.country} of {self.user_id}"
