"""Whose word about a client's address is believed: the named proxies', and nobody else's."""

import asyncio
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment
from config.proxies import behind_proxies
from security.origin import of_scope

CADDY = "10.0.0.5"


def client_of(peer: str, *forwarded: str, trusted: tuple[str, ...] = ("10.0.0.5/32", "172.16.0.0/12")) -> str:
    """Where a socket from ``peer`` with these headers comes from."""
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(of_scope(scope).ip)

    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    scope = {"type": "websocket", "client": (peer, 1234), "headers": headers, "scheme": "ws"}
    asyncio.run(behind_proxies(app, trusted)(scope, None, None))
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (CADDY, ("198.51.100.7",), "198.51.100.7"),
        (CADDY, ("8.8.8.8, 198.51.100.7",), "198.51.100.7"),  # the first is what the client wrote itself
        (CADDY, ("8.8.8.8", "198.51.100.7"), "198.51.100.7"),
        (CADDY, ("8.8.8.8, 198.51.100.7, 172.20.0.3",), "198.51.100.7"),  # two proxies in a row
        (CADDY, ("198.51.100.7:51234",), "198.51.100.7"),
        (CADDY, ("[2001:db8::7]:51234",), "2001:db8::7"),
        (CADDY, ("::ffff:198.51.100.7",), "198.51.100.7"),
        (f"::ffff:{CADDY}", ("198.51.100.7",), "198.51.100.7"),
        (CADDY, (), CADDY),
        (CADDY, ("",), CADDY),
        (CADDY, ("<script>",), ""),
        ("198.51.100.9", ("10.0.0.1",), "198.51.100.9"),  # nobody named it
        ("10.0.0.55", ("8.8.8.8",), "10.0.0.55"),
    ],
)
def test_a_client_is_where_the_last_named_proxy_says(peer: str, forwarded: tuple[str, ...], client: str):
    assert client_of(peer, *forwarded) == client


def test_without_a_named_proxy_the_header_is_never_looked_at():
    assert client_of("10.0.0.5", "8.8.8.8", trusted=()) == "10.0.0.5"


@pytest.mark.parametrize(
    ("peer", "claimed", "secure"),
    [
        (CADDY, "https", True),
        (f"::ffff:{CADDY}", "https", True),
        (CADDY, "http", False),
        (CADDY, "", False),
        ("198.51.100.9", "https", False),  # nobody named it
        ("127.0.0.1", "https", False),
    ],
)
def test_only_a_named_proxy_says_that_somebody_came_by_https(settings: Any, peer: str, claimed: str, secure: bool):
    settings.SECURE_HSTS_SECONDS = 60  # sent over HTTPS only, which is how this looks at what Django believes
    headers = [(b"host", b"localhost"), (b"x-forwarded-for", b"198.51.100.7"), (b"x-forwarded-proto", claimed.encode())]
    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": "/healthz", "raw_path": b"/healthz",
             "query_string": b"", "headers": headers, "client": (peer, 1), "server": ("127.0.0.1", 80),
             "scheme": "http", "root_path": ""}  # fmt: skip

    async def told() -> dict[bytes, bytes]:
        asking = ApplicationCommunicator(behind_proxies(get_asgi_application(), ("10.0.0.5/32",)), scope)
        await asking.send_input({"type": "http.request", "body": b""})
        start = await asking.receive_output(10)
        await asking.receive_output(10)
        return {name.lower(): value for name, value in start["headers"]}

    assert (b"strict-transport-security" in asyncio.run(told())) is secure


def test_the_environment_names_addresses_and_networks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KEFU_TRUSTED_PROXIES", "10.0.0.5, 172.16.0.0/12,fd00::/8")
    assert Environment().trusted_proxies == ["10.0.0.5/32", "172.16.0.0/12", "fd00::/8"]


@pytest.mark.parametrize("wrong", ["*", "0.0.0.0/0", "::/0", "caddy", "10.0.0.1/8"])
def test_everybody_and_what_is_no_network_stop_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str):
    monkeypatch.setenv("KEFU_TRUSTED_PROXIES", wrong)
    with pytest.raises(ImproperlyConfigured, match="KEFU_TRUSTED_PROXIES"):
        Environment()
