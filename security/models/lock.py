from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.user import User


class LockQuerySet(models.QuerySet["AccountLock"]):
    def in_force(self) -> "LockQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)


class AccountLock(models.Model):
    """Nobody signs in to the account, by no password, passkey or key, until the lock is lifted or its time is over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="locks", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=500)
    locked_at = models.DateTimeField(_("locked at"), default=timezone.now)
    locked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField(_("until"), null=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True)
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = LockQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("account lock"), _("account locks")
        indexes = [models.Index(fields=("user",), condition=Q(lifted_at=None), name="locks_not_lifted")]

    def __str__(self) -> str:
        return f"lock of {self.user_id} since {self.locked_at:%Y-%m-%d %H:%M}"


def is_locked(user: User) -> bool:
    return bool(AccountLock.objects.in_force().filter(user=user).exists())
