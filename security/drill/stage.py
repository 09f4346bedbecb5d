"""From where a drill's mails come and where their links lead: a sender and a host of their own, so that what is taught
is true of the mail. Kefu's own would teach people to distrust the real ones, and to trust others."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from security.errors import DrillNotSetUp, require

PATHS = "/go/"


@dataclass(frozen=True)
class Stage:
    """``sender``: an address. ``url``: what the links begin with."""

    sender: str
    url: str


def stage() -> Stage:
    """``DrillNotSetUp`` while it is not set, or is Kefu's own."""
    sender, url = parseaddr(settings.KEFU_DRILL_SENDER)[1], settings.KEFU_DRILL_URL
    own = {_domain(settings.DEFAULT_FROM_EMAIL), _host(settings.KEFU_PUBLIC_URL)}
    require("@" in sender and url.startswith(("https://", "http://")), DrillNotSetUp)
    require(_host(url) and not {_domain(sender), _host(url)} & own, DrillNotSetUp)
    return Stage(sender, url)


@sync_and_async_middleware
def only_drills(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware: the host of the drills shows their pages and nothing else of Kefu. Nobody signs in there."""
    if iscoroutinefunction(get_response):

        async def pass_later(request: HttpRequest) -> HttpResponseBase:
            return HttpResponseNotFound() if _is_elsewhere(request) else await get_response(request)

        return pass_later

    def pass_now(request: HttpRequest) -> HttpResponseBase:
        return HttpResponseNotFound() if _is_elsewhere(request) else get_response(request)

    return pass_now


def _is_elsewhere(request: HttpRequest) -> bool:
    host = _host(settings.KEFU_DRILL_URL)
    if not host or request.path_info.startswith(PATHS):
        return False
    return host == _host(f"//{request.META.get('HTTP_HOST', '')}") != _host(settings.KEFU_PUBLIC_URL)


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2].lower()


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
