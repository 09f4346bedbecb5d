"""Where other systems send signed webhooks: ``/webhooks/exchange/<source>``. Checked, stored once, answered; applied by
a task. Nothing is stored of whoever cannot sign."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from contacts.actions.hooks import keep_hook
from contacts.exchange.signing import ID, SIGNATURE, TIMESTAMP, is_name, is_signed
from contacts.models import ExchangePolicy, ExchangeSource

_WHY = "whether a webhook is theirs"
_LARGEST = 3 * 1024 * 1024


@csrf_exempt
@never_cache
def exchange_hook(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """202 stored, or here already; 401 not signed, or at another time; 404, 405, 413; 409 while it is paused."""
    if request.method != "POST":
        return _answer(405, "post_only")
    source: ExchangeSource | None = ExchangeSource.objects.for_system(_WHY).filter(pk=source_id).first()
    if source is None:
        return _answer(404, "not_found")
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST or len(request.body) > _LARGEST:
        return _answer(413, "too_large")
    named = request.headers.get(ID, "")
    if not is_name(named):
        return _answer(400, "id_missing")
    if not _is_theirs(request, source):
        return _answer(401, "not_signed")
    if source.paused_at is not None:
        return _answer(409, "paused")
    hook_id, is_new = keep_hook(source, nonce=hashlib.sha256(named.encode()).digest(), body=request.body)
    return JsonResponse({"id": str(hook_id), "new": is_new}, status=202)


exchange_hook.public_reason = "its signature proves who sends it"  # type: ignore[attr-defined]


def _is_theirs(request: HttpRequest, source: ExchangeSource) -> bool:
    """Signed by the source, and not long ago: what somebody recorded is worth nothing soon after."""
    stamp = request.headers.get(TIMESTAMP, "")
    if not stamp.isdecimal() or len(stamp) > 12:
        return False
    apart = timedelta(minutes=ExchangePolicy.current().clock_minutes).total_seconds()
    if abs(timezone.now().timestamp() - int(stamp)) > apart:
        return False
    given = request.headers.get(SIGNATURE, "")
    known, named = list(source.secret["signing"]), request.headers.get(ID, "")
    return is_signed(given, known, timestamp=stamp, named=named, body=request.body)


def _answer(status: int, code: str) -> HttpResponse:
    return JsonResponse({"code": code}, status=status)
