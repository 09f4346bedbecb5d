"""Browsers somewhere in the world, in which the cast signs in over the API. The addresses are of public resolvers."""

import secrets
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from security.models import BrowserSession, KnownDevice, User
from security.models.session import digest_of_key
from security.session_policy import SessionPolicy
from tests.conftest import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
TAIPEI, TOKYO, GERMANY = "168.95.1.1", "202.12.27.33", "194.25.0.125"
AT_HOME = "192.168.1.20"


def browser(ip: str = TAIPEI, agent: str = CHROME) -> Client:
    """A browser nobody has signed in in."""
    return Client(SERVER_NAME="localhost", REMOTE_ADDR=ip, headers={"user-agent": agent, "accept-language": "en"})


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    body = {"email": f"{name}@kefu.test", "password": password}
    return client.post("/api/v1/session", body, content_type="application/json")


def signed_in(name: str, ip: str = TAIPEI, agent: str = CHROME) -> Client:
    client = browser(ip, agent)
    assert sign_in(client, name).status_code == 200
    return client


def row_of(client: Client) -> BrowserSession:
    return row_of_key(client.cookies["kefu_session"].value)


def row_of_key(key: str) -> BrowserSession:
    return BrowserSession.objects.get(digest=digest_of_key(key))


def idle_for(row: BrowserSession, **span: float) -> None:
    """Its person has done nothing for so long."""
    row.refresh_from_db()
    row.last_active_at -= timedelta(**span)
    row.save(update_fields=["last_active_at"])


def let_days_pass(user: User, hours: float) -> None:
    """All of their sign-ins were so much longer ago."""
    for row in BrowserSession.objects.filter(user=user):
        row.begun_at -= timedelta(hours=hours)
        row.last_active_at -= timedelta(hours=hours)
        row.save(update_fields=["begun_at", "last_active_at"])


def set_policy(**numbers: int) -> None:
    SessionPolicy.objects.update_or_create(pk=1, defaults=numbers)
    SessionPolicy.forget()


def kept_session(user: User) -> BrowserSession:
    """A session of ``user`` in a known device, whose cookie nobody has."""
    now = timezone.now()
    device = KnownDevice.objects.create(user=user, digest=secrets.token_bytes(32), first_seen_at=now, last_seen_at=now)
    return BrowserSession.objects.create(
        user=user, digest=secrets.token_bytes(32), expires_at=now + timedelta(days=1), known_device=device
    )
