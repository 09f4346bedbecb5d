"""What every answer tells a browser, besides what Django's own middleware and the two policies' say.

``docs/network.md`` lists all of them.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware


@sync_and_async_middleware
def answer_headers(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware."""
    if iscoroutinefunction(get_response):

        async def answer_later(request: HttpRequest) -> HttpResponseBase:
            return _told(request, await get_response(request))

        return answer_later

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _told(request, get_response(request))

    return answer


def _told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.path_info.startswith(("/api", "/admin")):  # what one person may read is nothing for a shared cache
        response.headers.setdefault("Cache-Control", "no-store")
    return response
