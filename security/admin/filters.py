"""Filters at the side of lists."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.levels import LEVELS
from security.queries import running_sessions

Pairs = list[tuple[str, Any]]


class LevelFilter(admin.SimpleListFilter):
    title, parameter_name = _("level"), "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Pairs:
        return list(LEVELS)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(groups__name=self.value()) if self.value() in dict(LEVELS) else queryset


class RunningFilter(admin.SimpleListFilter):
    """Temporary grants by where they stand now."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Pairs:
        return [
            ("running", _("running")),
            ("ahead", _("ahead")),
            ("soon", _("ends within a week")),
            ("over", _("over")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        current = Q(ended_at=None, ends_at__gt=now)
        wanted = {
            "running": current & Q(starts_at__lte=now),
            "ahead": current & Q(starts_at__gt=now),
            "soon": current & Q(ends_at__lte=now + timedelta(days=7)),
            "over": Q(ended_at__isnull=False) | Q(ends_at__lte=now),
        }
        chosen = wanted.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)


class OpenFilter(admin.SimpleListFilter):
    """What still runs, by a column that says when it ended; the subclass names it."""

    title, parameter_name = _("state"), "state"
    column = "ended_at"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Pairs:
        return [("running", _("running")), ("over", _("over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = {"running": Q(**{self.column: None}), "over": ~Q(**{self.column: None})}
        chosen = wanted.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)


class LockedFilter(admin.SimpleListFilter):
    title, parameter_name = _("locked"), "locked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Pairs:
        return [("yes", _("locked")), ("no", _("not locked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(locked_at__isnull=self.value() == "no") if self.value() in ("yes", "no") else queryset


class LiftedFilter(OpenFilter):
    column = "lifted_at"


class LiveFilter(admin.SimpleListFilter):
    """Sessions: those that count at this moment, and those that are over."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Pairs:
        return [("running", _("signed in")), ("over", _("over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        running = running_sessions().values("pk")
        if self.value() == "running":
            return queryset.filter(pk__in=running)
        return queryset.exclude(pk__in=running) if self.value() == "over" else queryset
