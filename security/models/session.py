import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.device import KnownDevice
from security.models.user import User
from security.session_policy import SessionPolicy

HOWS = (
    ("password", _("password")),
    ("factor", _("password and second factor")),
    ("trusted", _("password, in a trusted browser")),
    ("passkey", _("passkey")),
    ("link", _("link")),
)
# Why a session is no more; ``idle`` and ``expired`` are also what a row says that nobody has ended yet.
SIGNED_OUT, REVOKED, BY_ADMIN, PASSWORD, LOCKED, ADDRESS, IDLE, EXPIRED = (
    "signed_out", "revoked", "by_admin", "password", "locked", "address", "idle", "expired",
)  # fmt: skip
WHYS = (
    (SIGNED_OUT, _("signed out")),
    (REVOKED, _("ended in another browser")),
    (BY_ADMIN, _("ended by an admin")),
    (PASSWORD, _("the password changed")),
    (LOCKED, _("the account was locked")),
    (ADDRESS, _("its address is not allowed any more")),
    (IDLE, _("idle too long")),
    (EXPIRED, _("expired")),
)


class BrowserSession(models.Model):
    """A browser's session: Django's data of it, and once somebody is signed in in it, who, from where and how.

    The key that the cookie holds is not kept, only its digest: whoever reads the database or a backup cannot use what
    they find (SE-3). ``last_active_at`` is when its person last did something (SE-7), written once a minute at most.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    data = models.TextField()
    expires_at = models.DateTimeField()
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("person")
    )
    how = models.CharField(_("how"), max_length=12, choices=HOWS, blank=True)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    last_active_at = models.DateTimeField(_("last active at"), default=timezone.now)
    ip = models.CharField(_("address"), max_length=45, blank=True)
    device = models.CharField(_("device"), max_length=120, blank=True)
    known_device = models.ForeignKey(
        KnownDevice, null=True, on_delete=models.SET_NULL, related_name="sessions", verbose_name=_("known device")
    )
    country = models.CharField(_("country"), max_length=2, blank=True, help_text="ISO 3166-1; empty: not known.")
    latitude = models.FloatField(null=True, help_text="Degrees, where the database of places says so.")
    longitude = models.FloatField(null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_why = models.CharField(_("why"), max_length=12, choices=WHYS, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("session"), _("sessions")
        indexes = [
            models.Index(fields=("user", "last_active_at"), name="sessions_of_person"),
            models.Index(fields=("last_active_at",), condition=Q(ended_at=None), name="sessions_running"),
        ]

    def __str__(self) -> str:
        return f"{self.device or '?'} · {self.begun_at:%Y-%m-%d %H:%M}"

    def over(self, now: datetime) -> str:
        """Why it counts no more at ``now``; empty while it does. Nobody has to have ended it."""
        if self.ended_at is not None:
            return self.ended_why or SIGNED_OUT
        if self.expires_at <= now:
            return EXPIRED
        return IDLE if self.user_id is not None and self.idle_at <= now else ""

    @property
    def idle_at(self) -> datetime:
        """When its person is signed out, should they do nothing more."""
        return self.last_active_at + SessionPolicy.current().idle


def digest_of_key(key: str) -> bytes:
    """Keys are 32 random signs: nobody counts through them."""
    return hashlib.sha256(key.encode()).digest()
