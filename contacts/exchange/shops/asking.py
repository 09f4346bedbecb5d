"""One request to a shop: guarded, bounded, and with what the answer means for the next one."""

import contextlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests

from contacts.exchange.shops.protocol import ShopFault
from security.outgoing.addresses import leads_inside
from security.outgoing.guarded import GuardedSession

_TIMEOUT = (5, 30)
_LARGEST = 20 * 1024 * 1024
_LONGEST_WAIT = 3600.0
_PIECE = 64 * 1024


class Asking:
    """Requests to one shop. Redirects are followed on its own host only: credentials go nowhere else."""

    def __init__(self, base_url: str, *, headers: Mapping[str, str], auth: tuple[str, str] | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self._session = GuardedSession(scheme=urlsplit(base_url).scheme)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "Kefu", **headers})
        self._session.auth = auth

    def get(self, path: str, params: Mapping[str, str]) -> tuple[Any, Mapping[str, str]]:
        """The JSON and the headers; ``ShopFault`` for everything else."""
        try:
            with self._session.get(
                f"{self.base_url}{path}", params=dict(params), timeout=_TIMEOUT, allow_redirects=False, stream=True
            ) as answer:
                _check(answer)
                return _read(answer), answer.headers
        except requests.Timeout as error:
            raise ShopFault("timeout") from error
        except requests.RequestException as error:
            raise ShopFault("inside" if leads_inside(error) else "unreachable") from error


def _check(answer: requests.Response) -> None:
    status = answer.status_code
    if status == requests.codes.too_many_requests:
        raise ShopFault("rate_limited", wait=retry_after(answer.headers) or 2.0)
    if status in (401, 403):
        raise ShopFault("refused", lasting=True)
    if status >= 500:
        raise ShopFault(f"http_{status}", wait=retry_after(answer.headers))
    if status != requests.codes.ok:
        raise ShopFault(f"http_{status}", lasting=status in (404, 410))


def _read(answer: requests.Response) -> Any:
    content = bytearray()
    for piece in answer.iter_content(_PIECE):
        content += piece
        if len(content) > _LARGEST:
            raise ShopFault("too_large", lasting=True)
    try:
        return json.loads(bytes(content))
    except ValueError as error:
        raise ShopFault("unreadable") from error


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from a number of them or a date."""
    raw = headers.get("Retry-After", "")
    with contextlib.suppress(ValueError):
        return min(max(float(raw), 0.0), _LONGEST_WAIT)
    with contextlib.suppress(ValueError, TypeError):
        return min(max((parsedate_to_datetime(raw) - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST_WAIT)
    return None
