"""Permissions and duties for a time (PM-6): given, extended, ended."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.grants import end_grant, extend_grant, give_grants
from security.admin.acts import Act, ActingAdmin
from security.admin.base import RefusableForm, by
from security.admin.filters import RunningFilter
from security.admin.person_panels import right_words
from security.admin.right_forms import ExtendForm, GrantForm
from security.models import Grant
from security.policies import people_below

_COLOURS = {"running": "success", "ahead": "info", "over": ""}


def _runs(row: Grant) -> bool:
    return row.ended_at is None and row.ends_at > timezone.now()


def _extend(who: Access, row: Grant, given: dict[str, Any]) -> None:
    extend_grant(by=who, grant_id=row.pk, ends_at=given["ends_at"], reason=given["reason"])


def _end(who: Access, row: Grant, given: dict[str, Any]) -> None:
    end_grant(by=who, grant_id=row.pk, reason=given["reason"])


@admin.register(Grant)
class GrantAdmin(ActingAdmin):
    grave = True
    list_display = ("user", "right", "standing", "starts_at", "ends_at", "given_by")
    list_filter = (RunningFilter, "duty")
    list_select_related = ("user", "given_by")
    search_fields = ("user__name", "user__email", "permission", "reason")
    ordering = ("-starts_at", "-pk")
    list_before_template = "kefu_admin/calendar.html"
    called_by: ClassVar[Sequence[str]] = ("user", "right")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "extend", _("Let it end at another time…"), _("Later, or sooner."), _extend, _("It ends then."),
            form=ExtendForm, icon="more_time", offered=_runs,
        ),
        Act(
            "end", _("End it…"), _("They lose it at once."), _end, _("It has ended."), icon="timer_off", danger=True,
            many=True, offered=_runs,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        who = by(request)
        theirs = Q(user__in=people_below(who).values("pk")) | Q(user_id=who.user_id)
        self.reader = who
        return super().get_queryset(request).filter(theirs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("people", "permission", "duty", "starts_at", "ends_at", "reason")
        return ("user", "right", "state", "reason", "starts_at", "ends_at", "given_by", "given_at", "ended_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj is not None else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        kwargs["form"] = GrantForm if obj is None else RefusableForm
        return super().get_form(request, obj, change=change, **kwargs)

    @display(description=_("right"))
    def right(self, row: Grant) -> str:
        return right_words(row, self.reader)

    @display(description=_("state"), label=_COLOURS)
    def standing(self, row: Grant) -> tuple[str, Any]:
        if not _runs(row):
            return "over", _("over")
        return ("running", _("running")) if row.starts_at <= timezone.now() else ("ahead", _("ahead"))

    @display(description=_("state"))
    def state(self, row: Grant) -> str:
        """On its own page, where a label's name would be shown beside its words."""
        return str(self.standing(row)[1])

    def perform(self, who: Access, obj: Grant, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        made = give_grants(
            by=who,
            user_ids=[person.pk for person in given["people"]],
            permission=given["permission"],
            duty=given["duty"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            reason=given["reason"],
        )
        obj.pk, obj.user, obj.ends_at = made[0].pk, made[0].user, made[0].ends_at
        obj.permission, obj.duty = made[0].permission, made[0].duty
