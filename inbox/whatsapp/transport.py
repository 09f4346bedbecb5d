"""Whether a request began to leave. TLS may break before or after that, and the exception looks the same."""

from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

_leaving: ContextVar[bool] = ContextVar("request_leaving", default=False)


def about_to_send() -> None:
    """Call before a request that must not be repeated blindly."""
    _leaving.set(False)


def perhaps_sent() -> bool:
    """Whether since then anything of a request was handed to a connection that stood, TLS included."""
    return _leaving.get()


class _Plain(HTTPConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _leaving.set(True)
        super().send(data)


class _Secure(HTTPSConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _leaving.set(True)
        super().send(data)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class NotingAdapter(HTTPAdapter):
    """Sends once, and notes for ``perhaps_sent`` when it begins to."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
