"""Django admin under the same limits as the API: its pages are no ``KefuView``."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from security.errors import TooMany
from security.limits.table import SIGN_INS, WRITES, hold_against
from security.refusal_page import answer_refused
from security.threads import in_thread

_ADMIN = "/admin"


@sync_and_async_middleware
def admin_limits(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware. What is sent is counted per person, what a stranger sends (signing in above all) per address."""
    if iscoroutinefunction(get_response):

        async def pass_later(request: HttpRequest) -> HttpResponseBase:
            refused = await in_thread(_hold, request) if _is_counted(request) else None
            return refused or await get_response(request)

        return pass_later

    def pass_now(request: HttpRequest) -> HttpResponseBase:
        return (_hold(request) if _is_counted(request) else None) or get_response(request)

    return pass_now


def _is_counted(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path_info.startswith(_ADMIN)


def _hold(request: HttpRequest) -> HttpResponse | None:
    user_id = request.user.pk if request.user.is_authenticated else None
    try:
        hold_against(SIGN_INS if user_id is None else WRITES, user_id)
    except TooMany as refusal:
        return answer_refused(request, refusal)
    return None
