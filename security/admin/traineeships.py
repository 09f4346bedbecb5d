"""Traineeships (PM-4): begun, prolonged, ended."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.traineeships import (
    end_traineeship,
    extend_traineeship,
    hold_replies,
    set_mentors,
    start_traineeship,
)
from security.admin import fields
from security.admin.acts import Act, ActingAdmin
from security.admin.base import RefusableForm, by
from security.admin.filters import OpenFilter
from security.admin.right_forms import ChangeTraineeForm, NoForm
from security.models import Traineeship
from security.policies import colleagues_of
from security.writing import write


class TraineeForm(RefusableForm):
    user = fields.person(_("Person"))
    ends_on = fields.day(_("Last day"), required=False, help_text=_("Empty: as long as the policy says."))
    mentors = fields.people(_("Mentors"), required=False)
    holds_replies = fields.switch(
        _("Replies wait for a mentor"), help_text=_("What the trainee writes leaves once approved.")
    )

    class Meta:
        model = Traineeship
        fields = ("user", "ends_on", "mentors", "holds_replies")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seniors = colleagues_of(self.by).filter(groups__name__in=("senior", "supervisor", "admin"))
        self.fields["user"].queryset = colleagues_of(self.by)  # type: ignore[attr-defined]
        self.fields["mentors"].queryset = seniors  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The action says from when to when."""


def _runs(row: Traineeship) -> bool:
    return row.ended_at is None


def _change(who: Access, row: Traineeship, given: dict[str, Any]) -> None:
    """Each part by its own action; all or none."""
    with write(by=who):
        if given["ends_on"] != row.ends_on:
            extend_traineeship(by=who, user=row.user, ends_on=given["ends_on"], reason=given["reason"])
        if set(given["mentors"]) != set(row.mentors.all()):
            set_mentors(by=who, user=row.user, mentors=list(given["mentors"]))
        if given["holds_replies"] != row.holds_replies:
            hold_replies(by=who, user=row.user, holds=given["holds_replies"])


def _end(who: Access, row: Traineeship, given: dict[str, Any]) -> None:
    end_traineeship(by=who, user=row.user)


@admin.register(Traineeship)
class TraineeshipAdmin(ActingAdmin):
    form = TraineeForm
    list_display = ("user", "began_on", "ends_on", "standing", "mentored_by", "holds_replies")
    list_filter = (OpenFilter, "holds_replies")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    ordering = ("-began_on", "-pk")
    called_by: ClassVar[Sequence[str]] = ("user", "ends_on")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "change", _("Change it…"), _("Prolong or shorten it, or give it another mentor."), _change,
            _("It is changed."), form=ChangeTraineeForm, icon="edit_calendar", grave=False, offered=_runs,
        ),
        Act(
            "end", _("End it…"), _("They are one of the team from now on."), _end, _("It has ended."),
            form=NoForm, icon="school", grave=False, many=True, offered=_runs,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        regions = by(request).region_ids
        near = Q(user__in=Traineeship.objects.filter(user__memberships__region_id__in=regions).values("user"))
        return super().get_queryset(request).filter(near).prefetch_related("mentors")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("user", "ends_on", "mentors", "holds_replies")
        return ("user", "began_on", "ends_on", "mentored_by", "holds_replies", "ended_at")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if obj is not None:
            kwargs["form"] = RefusableForm
        return super().get_form(request, obj, change=change, **kwargs)

    @display(description=_("state"), label={"running": "success", "over": ""})
    def standing(self, row: Traineeship) -> tuple[str, Any]:
        over = row.ended_at is not None or row.ends_on < timezone.localdate()
        return ("over", _("over")) if over else ("running", _("running"))

    @display(description=_("mentors"))
    def mentored_by(self, row: Traineeship) -> str:
        return ", ".join(one.name for one in row.mentors.all()) or "—"

    def perform(self, who: Access, obj: Traineeship, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        made = start_traineeship(
            by=who,
            user=given["user"],
            mentors=list(given["mentors"]),
            holds_replies=given["holds_replies"],
            ends_on=given["ends_on"],
        )
        obj.pk, obj.user, obj.ends_on = made.pk, made.user, made.ends_on
