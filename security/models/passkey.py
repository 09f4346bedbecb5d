from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, DeviceManager

from security.ids import new_id


class Passkey(Device):
    """A passkey (WebAuthn credential): as a second factor, and instead of a password (SE-2).

    ``credential_id`` is what the authenticator calls it, ``rp_id`` the host name it was made for: it works there only.
    ``sign_count`` grows with use on authenticators that count; one that falls back was copied.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential_id = models.BinaryField(max_length=1023)
    credential_digest = models.BinaryField(max_length=32, unique=True)
    public_key = models.BinaryField(max_length=2048)
    rp_id = models.CharField(max_length=253)
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    backed_up = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DeviceManager()

    class Meta:
        ordering = ("made_at", "id")
        verbose_name, verbose_name_plural = _("passkey"), _("passkeys")
