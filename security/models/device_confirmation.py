from django.db import models
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.user import User

HOWS = (
    ("first", _("the first device of the account")),
    ("known", _("known before, and the second factor")),
    ("link", _("the link of a mail, and the second factor")),
    ("admin", _("by an admin")),
)


class DeviceConfirmation(models.Model):
    """That a device is somebody's own, or is asked to count as such (SE-4, from the tier *advanced* on).

    Apart from ``KnownDevice``, which says where somebody has signed in: whoever waits for a confirmation has not yet.
    Both know the device by the digest of the token in its cookie, and by browser and system.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="confirmations", verbose_name=_("person"))
    digest = models.BinaryField(max_length=32)
    kind = models.CharField(_("browser and system"), max_length=120, blank=True)
    ip = models.CharField(_("address"), max_length=45, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    mailed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    how = models.CharField(_("how"), max_length=8, choices=HOWS, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("device to confirm"), _("devices to confirm")
        constraints = [models.UniqueConstraint(fields=("user", "digest"), name="device_confirmed_once")]

    def __str__(self) -> str:
        return self.kind or "?"
