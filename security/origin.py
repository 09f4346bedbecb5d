"""Where a request or a socket comes from: the address, and coarsely the device. Part of each line of the log."""

import ipaddress
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

# The first that fits counts: nearly everything also calls itself Chrome, Safari or Mozilla.
_BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera\b"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("iPad", r"iPad"),
    ("iPhone", r"iPhone|iPod"),
    ("Android", r"Android"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)
_PROGRAM_MAX = 40


@dataclass(frozen=True)
class Origin:
    ip: str = ""
    agent: str = ""

    @property
    def device(self) -> str:
        return device_of(self.agent)


_NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("kefu_origin", default=_NOWHERE)


def current_origin() -> Origin:
    return _current.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)


Respond = Callable[[HttpRequest], Any]


@sync_and_async_middleware
def remember_origin(get_response: Respond) -> Respond:
    """Middleware: everything a request does knows where it came from."""
    if iscoroutinefunction(get_response):

        async def respond_later(request: HttpRequest) -> Awaitable[HttpResponseBase]:
            with coming_from(_of_request(request)):
                return await get_response(request)

        return respond_later

    def respond(request: HttpRequest) -> HttpResponseBase:
        with coming_from(_of_request(request)):
            return get_response(request)

    return respond


def of_scope(scope: Any) -> Origin:
    """Of a socket."""
    agent = next((value for name, value in scope.get("headers", ()) if name == b"user-agent"), b"")
    return Origin(ip=_plain((scope.get("client") or ("",))[0]), agent=agent.decode("latin-1"))


def _of_request(request: HttpRequest) -> Origin:
    """The client's address, by the word of the proxies one names (``config/proxies.py``) and nobody else's."""
    return Origin(ip=_plain(request.META.get("REMOTE_ADDR", "")), agent=request.META.get("HTTP_USER_AGENT", ""))


def _plain(address: str) -> str:
    """``::ffff:10.0.0.1`` is 10.0.0.1; a socket in the file system is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)


@lru_cache(maxsize=1024)
def device_of(agent: str) -> str:
    """``Firefox · Windows``; of a program its own first word. No versions: they say who somebody is, not what with."""
    if "Mozilla/" not in agent:
        return "".join(sign for sign in agent.split("/")[0].strip() if sign.isprintable())[:_PROGRAM_MAX]
    browser = next((name for name, pattern in _BROWSERS if re.search(pattern, agent)), "")
    system = next((name for name, pattern in _SYSTEMS if re.search(pattern, agent)), "")
    return " · ".join(filter(None, (browser, system)))
