"""A refusal before any page of Django admin is built: a small page for who reads, JSON for who programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation

from security.errors import Refusal

_ADMIN = "/admin"


def answer_refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """In the reader's language; with ``Retry-After`` where waiting helps."""
    answer: HttpResponse
    if request.path_info.startswith(_ADMIN) and "text/html" in request.headers.get("accept", ""):
        shown = {"refusal": refusal, "language": translation.get_language()}
        answer = HttpResponse(render_to_string("kefu_lock/refused.html", shown), status=refusal.status)
    else:
        answer = JsonResponse(refusal.as_json(), status=refusal.status)
    wait = getattr(refusal, "wait", None)
    if wait is not None:
        answer["Retry-After"] = str(wait)
    return answer
