"""Daphne in the main thread."""

import logging
from collections.abc import Callable
from functools import partialmethod

from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import WebRequest
from daphne.server import Server

logging.getLogger("daphne").setLevel(logging.WARNING)
# Twisted would read every form into memory and parse it before Django does so again, and would answer a malformed one
# itself: 400 without a body.
setattr(WebRequest, "__init__", partialmethod(WebRequest.__init__, parsePOSTFormSubmission=False))  # noqa: B010


def serve_until_stopped(*, host: str, port: int, on_ready: Callable[[], None]) -> None:
    """Run until SIGINT or SIGTERM. ``on_ready`` is called once the port answers."""
    from config.asgi import application

    Server(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        ready_callable=on_ready,
        websocket_timeout=-1,
        http_timeout=None,
        server_name="Kefu",
        proxy_forwarded_address_header=None,
        application_close_timeout=3,
    ).run()
