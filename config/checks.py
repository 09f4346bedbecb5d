"""Production checks (``manage.py check --deploy``, and at every production start)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

LEAST_SECRET = 50


@register("config", deploy=True)
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """config.E001 … E007: what must hold before strangers may reach this server."""
    return list(_problems())


def _problems() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG is on", id="config.E001", hint="Unset KEFU_DEBUG.")
    if len(settings.SECRET_KEY) < LEAST_SECRET:
        yield Error(
            "the secret key is missing or short",
            id="config.E002",
            hint="Set KEFU_SECRET_KEY to 50 random characters or more.",
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield Error("every host name is allowed", id="config.E003", hint="Set KEFU_ALLOWED_HOSTS to your domain.")
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Error(
            "cookies may travel without HTTPS", id="config.E004", hint="Set KEFU_HTTPS=1 behind a proxy with TLS."
        )
    if not settings.SECURE_HSTS_SECONDS:
        yield Error("HSTS is off", id="config.E005", hint="Set KEFU_HTTPS=1, and KEFU_HSTS_SECONDS to a year.")
    if not settings.KEFU_MASTER_KEYS:
        yield Error(
            "no master key",
            id="config.E006",
            hint="Set KEFU_MASTER_KEYS=id:secret and keep a copy apart from the database's backups.",
        )
    if str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
        yield Warning("SQLite carries one machine", id="config.W001", hint="Set DATABASE_URL to PostgreSQL for a team.")
    yield from _half_set_up()


def _half_set_up() -> Iterator[CheckMessage]:
    """It runs, and something that people count on does not."""
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        yield Warning(
            "no mail is sent",
            id="config.W008",
            hint="Set KEFU_MAIL_URL, or nobody hears of a sign-in to their account from a new device.",
        )
    if settings.SESSION_COOKIE_SECURE and not settings.KEFU_TRUSTED_PROXIES:
        yield Warning(
            "no proxy is named",
            id="config.W009",
            hint="Set KEFU_TRUSTED_PROXIES, or nothing that the proxy with TLS says of clients is believed.",
        )
    if settings.CELERY_BROKER_URL.startswith("memory"):
        yield Warning(
            "workers in this process only", id="config.W002", hint="Set REDIS_URL to run workers of their own."
        )
