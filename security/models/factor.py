import re
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, DeviceManager, ThrottlingMixin
from django_otp.oath import TOTP

from security.encryption.blind_index import blind
from security.encryption.fields import EncryptedField
from security.ids import new_id

STEP_SECONDS, DIGITS = 30, 6  # what every authenticator app does
TOLERANCE = 1  # steps a clock may be off, either way
THROTTLE_SECONDS = 1  # after the first wrong code; doubled by each further one
# 50 bits each, drawn at random and kept as a keyed hash: nobody counts through them.
RECOVERY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class Factor(ThrottlingMixin, Device):
    """What somebody has besides their password (SE-2). Wrong codes slow further ones down, each kind for itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DeviceManager()

    class Meta:
        abstract = True

    def get_throttle_factor(self) -> int:
        return THROTTLE_SECONDS

    def note_use(self, at: datetime, *changed: str) -> None:
        self.last_used_at = at
        self.throttle_reset(commit=False)
        self.save(update_fields=["last_used_at", "throttling_failure_timestamp", "throttling_failure_count", *changed])

    def note_failure(self) -> None:
        self.throttle_increment(commit=False)
        self.save(update_fields=["throttling_failure_timestamp", "throttling_failure_count"])


class TotpFactor(Factor):
    """An authenticator app: its shared secret sealed, which django-otp's own device keeps readable (RFC 6238).

    A code counts once: ``last_t`` is the time step of the newest one, and only later steps are taken.
    """

    key_id = models.UUIDField()
    secret = EncryptedField(help_text="20 bytes in hexadecimal.")
    last_t = models.BigIntegerField(default=-1)

    class Meta:
        permissions = (("reset_factor", "Can reset somebody's second factor"),)
        verbose_name, verbose_name_plural = _("second factor"), _("second factors")
        constraints = [
            models.UniqueConstraint(fields=("user",), condition=Q(confirmed=True), name="one_totp_in_force"),
            models.UniqueConstraint(fields=("user",), condition=Q(confirmed=False), name="one_totp_begun"),
        ]

    def verify_token(self, token: str) -> bool:
        """Whether ``token`` is a code of now, a step before or after, and was not used. Call it with the row locked."""
        if not self.verify_is_allowed()[0]:
            return False
        now = timezone.now()
        totp = TOTP(bytes.fromhex(self.secret), step=STEP_SECONDS, digits=DIGITS)
        totp.time = now.timestamp()
        right = re.fullmatch(f"[0-9]{{{DIGITS}}}", token) and totp.verify(int(token), TOLERANCE, self.last_t + 1)
        if not right:
            self.note_failure()
            return False
        self.last_t = totp.t()
        self.note_use(now, "last_t")
        return True


class RecoveryFactor(Factor):
    """The codes for the day the telephone is gone. Each counts once; only their keyed hashes are kept."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user",), name="one_recovery_per_person")]

    def verify_token(self, token: str) -> bool:
        """Uses the code up. Call it with the row locked."""
        if not self.verify_is_allowed()[0]:
            return False
        used = self.codes.filter(digest=digest_of(self.pk, token), used_at=None).update(used_at=timezone.now())
        if not used:
            self.note_failure()
            return False
        self.note_use(timezone.now())
        return True


class RecoveryCode(models.Model):
    factor = models.ForeignKey(RecoveryFactor, on_delete=models.CASCADE, related_name="codes")
    digest = models.BinaryField(max_length=16)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("factor", "digest"), name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


def digest_of(factor_id: UUID, code: str) -> bytes:
    """However it was typed: with or without the hyphen, in capitals."""
    plain = "".join(sign for sign in code.lower() if sign in RECOVERY_SIGNS)
    return blind(f"{factor_id}\0{plain}", kind="recovery", region_id=None)
