"""The first thing a request passes: may it come from there, and does its address hold an API key?"""

import re
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from security.errors import AddressRefused, KeyInAddress, Refusal
from security.models.allowed_address import ADMINS, KEYS
from security.network.allowlist import Lists, current_lists, known_lists, lets_in, lets_stranger_in
from security.origin import current_origin
from security.refusal_page import answer_refused
from security.threads import in_thread

ADMIN, API = "/admin", "/api/"
# The page on which anybody sets their first password by a link; it is no part of the admin but its address.
WELCOME = "/admin/welcome/"
SIGN_OUT = "/api/v1/session"
_KEY = re.compile(r"kefu_[0-9a-f]{16,}", re.IGNORECASE)


@sync_and_async_middleware
def door(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware. Guards the API and the admin; webhooks and health never come here to be asked."""
    if iscoroutinefunction(get_response):

        async def pass_later(request: HttpRequest) -> HttpResponseBase:
            if not _is_guarded(request):
                return answer_refused(request, KeyInAddress()) if _holds_key(request) else await get_response(request)
            lists = known_lists()
            lists = await in_thread(current_lists) if lists is None else lists
            refusal = _refusal_of(request, lists)
            return answer_refused(request, refusal) if refusal else await get_response(request)

        return pass_later

    def pass_now(request: HttpRequest) -> HttpResponseBase:
        if not _is_guarded(request):
            return answer_refused(request, KeyInAddress()) if _holds_key(request) else get_response(request)
        refusal = _refusal_of(request, current_lists())
        return answer_refused(request, refusal) if refusal else get_response(request)

    return pass_now


async def socket_may_come(address: str) -> bool:
    """Whether a live connection may be asked who it is."""
    lists = known_lists()
    return lets_stranger_in(await in_thread(current_lists) if lists is None else lists, address)


def _is_guarded(request: HttpRequest) -> bool:
    return request.path_info.startswith((API, ADMIN))


def _holds_key(request: HttpRequest) -> bool:
    return _KEY.search(request.get_full_path()) is not None


def _refusal_of(request: HttpRequest, lists: Lists) -> Refusal | None:
    address = current_origin().ip
    if request.method == "DELETE" and request.path_info == SIGN_OUT:
        return None  # whoever may not be in must be able to leave
    if request.path_info.startswith(ADMIN) and not request.path_info.startswith(WELCOME):
        allowed = lets_in(lists, ADMINS, address)
    else:  # a key that is none is refused further in, and helps nobody past the other lists
        by_key = request.META.get("HTTP_AUTHORIZATION", "").lower().startswith("api-key ")
        allowed = lets_stranger_in(lists, address) or (by_key and lets_in(lists, KEYS, address))
    if not allowed:
        return AddressRefused()
    return KeyInAddress() if _holds_key(request) else None
