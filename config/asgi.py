"""The ASGI application: webhooks beside Django's middleware, the live socket, Django for the rest."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware, SessionMiddleware
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from config.body_limit import bounded  # noqa: E402
from config.env import env  # noqa: E402
from config.proxies import behind_proxies  # noqa: E402
from inbox.ingest.endpoint import PREFIX as WEBHOOKS  # noqa: E402  (models need the application above)
from inbox.ingest.endpoint import webhook_endpoint  # noqa: E402
from security.live.consumer import StreamConsumer  # noqa: E402
from security.log.viewing import flush_soon  # noqa: E402
from security.network.door import socket_may_come  # noqa: E402
from security.origin import coming_from, of_scope  # noqa: E402

STREAM = "/ws/stream"
NOT_FROM_HERE, NOT_THERE = 4403, 4404
web_application = bounded(django_application)
stream_application = AllowedHostsOriginValidator(CookieMiddleware(SessionMiddleware(StreamConsumer.as_asgi())))


async def _by_kind(scope, receive, send):  # type: ignore[no-untyped-def]
    """Route by kind and path; ASGI's own types are too loose to be worth spelling out."""
    if scope["type"] == "http":
        if scope["path"].startswith(WEBHOOKS):
            return await webhook_endpoint(scope, receive, send)
        await web_application(_without_trailing_slash(scope), receive, send)
        return flush_soon()
    if scope["type"] == "websocket":
        if scope["path"] == STREAM:
            origin = of_scope(scope)
            if not await socket_may_come(origin.ip):
                return await _close(receive, send, NOT_FROM_HERE)
            with coming_from(origin):
                return await stream_application(scope, receive, send)
        return await _close(receive, send, NOT_THERE)
    return None


application = behind_proxies(_by_kind, env.trusted_proxies)


def _without_trailing_slash(scope):  # type: ignore[no-untyped-def]
    """API paths have no trailing slash; one is accepted."""
    path = scope["path"]
    if path.startswith("/api/") and path.endswith("/"):
        return {**scope, "path": path.rstrip("/"), "raw_path": path.rstrip("/").encode()}
    return scope


async def _close(receive, send, code):  # type: ignore[no-untyped-def]
    await receive()
    await send({"type": "websocket.close", "code": code})
