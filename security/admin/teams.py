"""Teams and work profiles: who shares work, and who can be given which."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from security.access import Access
from security.actions.teams import add_team, change_team, delete_team
from security.actions.work import MOST_CAPACITY, change_work
from security.admin import fields
from security.admin.acts import Act, ActingAdmin
from security.admin.base import KefuAdmin, RefusableForm, by
from security.admin.right_forms import NoForm
from security.models import Region, Team, User, WorkProfile
from security.policies import colleagues_of


class TeamForm(RefusableForm):
    """Who is in it is checked by the action: only people of the region."""

    called: ClassVar[Mapping[str, str]] = {"people": "in_team"}
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none(), widget=UnfoldAdminSelectWidget())
    name = fields.words(_("Team name"), longest=80)
    in_team = fields.people(_("People"), required=False)

    class Meta:
        model = Team
        fields = ("region", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(pk__in=self.by.region_ids)  # type: ignore[attr-defined]
        in_team: Any = self.fields["in_team"]
        in_team.queryset = colleagues_of(self.by)
        if self.instance.pk:
            in_team.queryset = in_team.queryset.filter(memberships__region=self.instance.region_id)
            in_team.initial = self.instance.people.all()
            self.fields["region"].disabled = True  # what is given to it is in its region


def _delete(who: Access, row: Team, given: dict[str, Any]) -> None:
    delete_team(by=who, team_id=row.pk)


@admin.register(Team)
class TeamAdmin(ActingAdmin):
    form = TeamForm
    fields = ("region", "name", "in_team")
    list_display = ("name", "region", "how_many")
    list_filter = (("region", RelatedDropdownFilter),)
    list_select_related = ("region",)
    search_fields = ("name",)
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "delete", _("Delete the team…"), _("What waits for the team waits for everybody then."), _delete,
            _("The team is deleted."), form=NoForm, icon="delete", danger=True, grave=False, many=True,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(region_id__in=by(request).region_ids)

    @display(description=_("people"))
    def how_many(self, row: Team) -> int:
        return row.memberships.filter(user__is_active=True).count()

    def perform(self, who: Access, obj: Team, form: Any, *, change: bool) -> None:
        people = [person.pk for person in form.cleaned_data["in_team"]]
        if change:
            change_team(by=who, team_id=obj.pk, name=form.cleaned_data["name"], people=people)
        else:
            obj.pk = add_team(by=who, region=obj.region, name=obj.name, people=people).pk


class Words(forms.CharField):
    """A list of words, written with commas between them."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [word.strip() for word in str(value or "").replace("、", ",").split(",") if word.strip()]


class WorkForm(RefusableForm):
    user = fields.person(_("Person"))
    languages = Words(label=_("Languages"), required=False, help_text=_("Codes like zh, en; empty: the own language."))
    skills = Words(label=_("Skills"), required=False, help_text=_("Words with commas between them."))
    capacity = fields.number(
        _("Capacity"),
        low=0,
        high=MOST_CAPACITY,
        required=False,
        help_text=_("Open conversations at a time; empty: what the policy says. 0: nothing is given by itself."),
    )

    class Meta:
        model = WorkProfile
        fields = ("user", "languages", "skills", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: Any = self.fields["user"]
        if self.instance.pk:
            user.queryset, user.disabled = User.objects.filter(pk=self.instance.pk), True
        else:
            user.queryset = colleagues_of(self.by).filter(work=None)


@admin.register(WorkProfile)
class WorkAdmin(KefuAdmin):
    form = WorkForm
    fields = ("user", "languages", "skills", "capacity")
    list_display = ("user", "language_words", "skill_words", "capacity")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")

    def get_queryset(self, request: HttpRequest) -> Any:
        near = User.objects.filter(memberships__region_id__in=by(request).region_ids).values("pk")
        return super().get_queryset(request).filter(user__in=near)

    @display(description=_("languages"))
    def language_words(self, row: WorkProfile) -> str:
        return ", ".join(row.languages) or "—"

    @display(description=_("skills"))
    def skill_words(self, row: WorkProfile) -> str:
        return ", ".join(row.skills) or "—"

    def perform(self, who: Access, obj: WorkProfile, form: Any, *, change: bool) -> None:
        wanted = {name: form.cleaned_data[name] for name in ("languages", "skills", "capacity")}
        change_work(by=who, user_id=obj.user_id, **wanted)
