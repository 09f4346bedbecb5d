from django.db import models
from django.utils import timezone

from security.models.user import User


class PastPassword(models.Model):
    """A password somebody had, as its hash: they cannot take it again for a while (SE-1)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-set_at", "-id")
        indexes = [models.Index(fields=("user", "-set_at"), name="past_passwords")]

    def __str__(self) -> str:
        return f"a password of {self.user_id}"
