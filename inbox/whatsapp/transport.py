"""Whether a request began to leave. TLS may break before or after that, and the exception looks the same."""

from contextvars import ContextVar
from typing import Any

import requests
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

from security.outgoing.guarded import GuardedAdapter, GuardedConnection, GuardedSecureConnection, GuardedSession

_leaving: ContextVar[bool] = ContextVar("request_leaving", default=False)


def about_to_send() -> None:
    """Call before a request that must not be repeated blindly."""
    _leaving.set(False)


def perhaps_sent() -> bool:
    """Whether since then anything of a request was handed to a connection that stood, TLS included."""
    return _leaving.get()


class _Plain(GuardedConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _leaving.set(True)
        super().send(data)


class _Secure(GuardedSecureConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _leaving.set(True)
        super().send(data)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class NotingAdapter(GuardedAdapter):
    """Sends once, and notes for ``perhaps_sent`` when it begins to."""

    pools: dict[str, Any] = {"http": _PlainPool, "https": _SecurePool}


class KeyedSession(GuardedSession):
    """A redirect to another host takes the key along in no header: requests itself drops ``Authorization`` only."""

    def __init__(self, key_header: str, *, scheme: str) -> None:
        super().__init__(scheme=scheme, adapter=NotingAdapter)
        self._key_header = key_header

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        before, after = response.request.url or "", prepared_request.url or ""
        if self.should_strip_auth(before, after):
            prepared_request.headers.pop(self._key_header, None)
        super().rebuild_auth(prepared_request, response)
