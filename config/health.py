"""``/healthz``: the process lives. ``/readyz``: it can serve, with what is missing named."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers with Kefu's tables in it and the cache answers, else 503."""
    checks = {"database": _database, "cache": _cache}
    results = {name: _works(check) for name, check in checks.items()}
    ready = all(result == "ok" for result in results.values())
    return JsonResponse({"status": "ok" if ready else "not ready", **results}, status=200 if ready else 503)


def _works(check: object) -> str:
    try:
        check()  # type: ignore[operator]
    except Exception as error:  # noqa: BLE001  (whatever is wrong, the answer names it)
        return type(error).__name__
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM security_streamhead LIMIT 1")


def _cache() -> None:
    cache.set("readyz", "ok", 5)
    if cache.get("readyz") != "ok":
        raise ConnectionError("the cache forgot")
