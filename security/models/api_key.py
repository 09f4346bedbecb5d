from django.db import models
from knox.models import AbstractAuthToken


class ApiKey(AbstractAuthToken):
    """A key for programs, stored as a digest. It acts as its owner and never sees more than they do (SE-6)."""

    name = models.CharField(max_length=80, default="API")

    class Meta:
        verbose_name = "API key"

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"
