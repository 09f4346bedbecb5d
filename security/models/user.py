import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from security.models.region import Membership, Region

AVAILABILITIES = (("available", _("Available")), ("away", _("Away")))


class UserManager(BaseUserManager["User"]):
    """Django's own look-ups; people are made by ``actions.people.add_person``."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. Their level is the one level group they are in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=10, default="zh-hant")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Taipei")
    availability = models.CharField(_("availability"), max_length=12, choices=AVAILABILITIES, default="available")
    away_since = models.DateTimeField(null=True, editable=False)
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Take this away from people who left; their name stays.")
    )
    is_staff = models.BooleanField(_("may open the admin"), default=False, help_text=_("May open Django admin."))
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    sign_outs = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session: each is signed with it."
    )
    password_set_at = models.DateTimeField(_("password set at"), default=timezone.now, editable=False)
    reset_mailed_at = models.DateTimeField(null=True, editable=False)
    factor_removed_at = models.DateTimeField(
        null=True, editable=False, help_text="Codes given before count no more: a factor was taken away then."
    )
    locked_at = models.DateTimeField(
        _("locked at"), null=True, editable=False, help_text="Mirrors the open AccountLock: asked by every sign-in."
    )
    executive_since = models.DateTimeField(
        _("executive since"), null=True, editable=False, help_text="Comes in by the executives’ way only, by passkey."
    )
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)
    regions = models.ManyToManyField(
        Region, through=Membership, through_fields=("user", "region"), related_name="people", verbose_name=_("regions")
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("id",)
        verbose_name, verbose_name_plural = _("person"), _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What Django's own pages call them."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is signed with: it ends when the password changes, or when all of them are ended. While the
        account is locked it is never the same twice, so that no session holds, whichever door it came in by."""
        if self.locked_at is not None:
            return secrets.token_hex()
        salt = "security.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.password}:{self.sign_outs}", secret=secret, algorithm="sha256").hexdigest()
