"""Every refusal of the API in one shape: ``{code, message, field, remedy}``."""

import logging
import math
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from security.errors import Invalid, NotAllowed, NotFound, NotSignedIn, Refusal, TooMany

logger = logging.getLogger(__name__)


class MethodRefused(Refusal):
    code, status = "method_not_allowed", 405
    message = _("This address does not take that method.")


class BodyUnreadable(Refusal):
    code, status = "body_unreadable", 400
    message = _("The request body could not be read.")
    remedy = _("Send one JSON object, or a form with the file.")


class BodyTooLarge(Refusal):
    code, status = "body_too_large", 413
    message = _("The request body is too large.")
    remedy = _("Send less at once, or a smaller file.")


class TypeRefused(Refusal):
    code, status = "media_type_refused", 415
    message = _("This content type is not accepted here.")


class AnswerRefused(Refusal):
    code, status = "not_acceptable", 406
    message = _("This address cannot answer in the form that was asked for.")
    remedy = _("Ask for application/json, or leave out the Accept header.")


class CsrfRefused(Refusal):
    code, status = "csrf_failed", 403
    message = _("The page is out of date.")
    remedy = _("Reload the page and try again.")


class OwnFault(Refusal):
    code, status = "server_error", 500
    message = _("Something went wrong on our side.")
    remedy = _("Nothing was changed. Try again; if it stays, tell your administrator the time.")


_PLAIN: tuple[tuple[tuple[type[Exception], ...], type[Refusal]], ...] = (
    ((Http404, exceptions.NotFound), NotFound),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), NotSignedIn),
    ((PermissionDenied, exceptions.PermissionDenied), NotAllowed),
    ((exceptions.MethodNotAllowed,), MethodRefused),
    ((exceptions.NotAcceptable,), AnswerRefused),
    ((exceptions.UnsupportedMediaType,), TypeRefused),
    ((exceptions.ParseError,), BodyUnreadable),
    ((RequestDataTooBig,), BodyTooLarge),
    ((exceptions.Throttled,), TooMany),
)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's hook: whatever a view raised becomes a refusal with the right status."""
    refusal = as_refusal(error)
    if isinstance(refusal, OwnFault):
        logger.exception("unhandled error in %s", context.get("view").__class__.__name__, exc_info=error)
    # In JSON whatever the address itself answers in (the schema is YAML, the documentation HTML).
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    response = Response(refusal.as_json(), status=refusal.status)
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(max(1, math.ceil(wait)))
    return response


def as_refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, exceptions.ValidationError):
        return _first_of(error.detail)
    for kinds, refusal in _PLAIN:
        if isinstance(error, kinds):
            return refusal()
    return OwnFault()


def _first_of(detail: Any, field: str | None = None) -> Refusal:
    """DRF collects every field's errors; the first one is what the form shows."""
    if isinstance(detail, dict):
        name, inner = next(iter(detail.items()))
        deeper = field if name == "non_field_errors" else (f"{field}.{name}" if field else str(name))
        return _first_of(inner, deeper)
    if isinstance(detail, list):
        place, first = next(((place, item) for place, item in enumerate(detail) if item), (0, ""))
        # The errors of one object in a list of them: its place belongs to the name.
        return _first_of(first, f"{field}.{place}" if isinstance(first, dict) and field else field)
    refusal = Invalid(message=str(detail), field=field)
    refusal.code = getattr(detail, "code", "invalid")  # type: ignore[misc]
    return refusal


def csrf_refused(request: HttpRequest, reason: str = "") -> JsonResponse:
    """Django's CSRF failure page, in our shape."""
    refusal = CsrfRefused()
    return JsonResponse(refusal.as_json(), status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """A request Django itself refuses: a foreign host name, a suspicious path."""
    return JsonResponse(Invalid(message=_("This request cannot be understood.")).as_json(), status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse(NotFound().as_json(), status=404)


def own_fault(request: HttpRequest) -> JsonResponse:
    return JsonResponse(OwnFault().as_json(), status=500)
