from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class ApiKey(AbstractAuthToken):
    """A key for programs, stored as a digest. It acts as its owner and never sees more than they do (SE-6)."""

    name = models.CharField(max_length=80, default="API")

    class Meta:
        verbose_name, verbose_name_plural = _("API key"), _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"
