"""Whose word about a client is believed, its address and whether it came by HTTPS: that of the proxies the operator
names, and of nobody else.

The rest is uvicorn's own middleware, around everything (requests, sockets, webhooks) whatever the server: behind a
named proxy the client is the last address of ``X-Forwarded-For`` that is not a named proxy itself. What a client wrote
there before it reached the first of them is never looked at. ``X-Forwarded-Proto`` makes the scope's scheme, which is
what Django goes by: of anybody else it means nothing.
"""

import ipaddress
from collections.abc import Sequence
from typing import Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


def behind_proxies(app: Any, trusted: Sequence[str]) -> Any:
    """``app`` told where its clients are, by proxies in the networks ``trusted``; without any, ``app`` as it is."""
    if not trusted:
        return app
    believed: Any = ProxyHeadersMiddleware(app, list(trusted))

    async def application(scope: Any, receive: Any, send: Any) -> Any:
        return await believed(_unwrapped(scope), receive, send)

    return application


def _unwrapped(scope: Any) -> Any:
    """A server that listens on IPv6 calls an IPv4 proxy ``::ffff:10.0.0.1``."""
    host, *rest = scope.get("client") or ("",)
    try:
        mapped = ipaddress.IPv6Address(host).ipv4_mapped
    except ValueError:
        return scope
    return {**scope, "client": (str(mapped), *rest)} if mapped else scope
