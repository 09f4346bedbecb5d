"""An HTTP session that connects only where ``addresses`` allows: each hop's name is resolved once, what it resolved to
is checked, and exactly that is connected to. So a name that answers otherwise the second time gains nothing, and
neither does a redirect."""

import socket
import sys
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from security.outgoing.addresses import reachable

_MOST_REDIRECTS = 5


class _Checked:
    """What replaces urllib3's own way of connecting; it reads the name again and would connect to whatever comes."""

    def _new_conn(self: Any) -> socket.socket:
        try:
            made = self._to_one_of(reachable(self._dns_host, self.port))
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} was not reached within {self.timeout} s") from error
        except OSError as error:
            raise NewConnectionError(self, f"no connection to {self.host}: {error}") from error
        sys.audit("http.client.connect", self, self.host, self.port)
        return made

    def _to_one_of(self: Any, addresses: list[str]) -> socket.socket:
        for address in addresses[:-1]:
            try:
                return self._to(address)
            except OSError:
                continue  # the next one may be there
        return self._to(addresses[-1])

    def _to(self: Any, address: str) -> socket.socket:
        return create_connection((address, self.port), self.timeout, socket_options=self.socket_options)


class GuardedConnection(_Checked, HTTPConnection):
    """Over plain HTTP."""


class GuardedSecureConnection(_Checked, HTTPSConnection):
    """Over TLS: the certificate must be the name's, wherever that led."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = GuardedConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = GuardedSecureConnection


class GuardedAdapter(HTTPAdapter):
    """``pools``: by scheme, of connections that derive from the two above."""

    pools: dict[str, Any] = {"http": _PlainPool, "https": _SecurePool}

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = dict(self.pools)


class GuardedSession(requests.Session):
    """Over TLS only where it began so; neither the environment's proxies nor its passwords are used."""

    def __init__(self, *, scheme: str, adapter: type[GuardedAdapter] = GuardedAdapter) -> None:
        super().__init__()
        self.trust_env = False
        self.max_redirects = _MOST_REDIRECTS
        self.adapters.clear()
        for one in ("https", "http") if scheme == "http" else ("https",):
            self.mount(f"{one}://", adapter(max_retries=0))
