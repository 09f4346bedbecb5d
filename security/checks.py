"""Boot checks: every API view says what it needs."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from security.api.base import SIGNED_IN, KefuView, Public
from security.levels import declared_permissions

METHODS = ("get", "post", "put", "patch", "delete")


def api_views() -> Iterator[tuple[str, type[Any]]]:
    """Every route below ``/api/`` with its view class."""
    for route, pattern in _patterns(get_resolver().url_patterns, ""):
        view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
        if route.startswith("api/") and view is not None:
            yield route, view


def _patterns(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, route)
        else:
            yield route, pattern


@register("security")
def views_declare_their_needs(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """security.E001: a method without a declared need. security.E002: a need nobody declared."""
    problems: list[CheckMessage] = []
    for route, view in api_views():
        if not issubclass(view, KefuView):
            if not getattr(view, "public_reason", None):
                problems.append(
                    Error(
                        f"{route}: {view.__name__} is not a KefuView",
                        id="security.E001",
                        hint="Derive it from security.api.base.KefuView and declare `needs`.",
                    )
                )
            continue
        for method in METHODS:
            if not hasattr(view, method):
                continue
            need = view.needs.get(method.upper())
            if need is None:
                problems.append(
                    Error(
                        f"{route}: {view.__name__}.{method} declares no need",
                        id="security.E001",
                        hint="Add it to `needs`: a permission, SIGNED_IN, or Public(reason).",
                    )
                )
            elif not isinstance(need, Public) and need != SIGNED_IN and need not in declared_permissions():
                problems.append(
                    Error(
                        f"{route}: unknown permission {need}",
                        id="security.E002",
                        hint="Declare it in the app's permissions table.",
                    )
                )
    return problems
