"""People, regions and the operation log in Django admin. Writes go through the same actions as everything else."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from security.access import access_of
from security.actions.levels import set_level
from security.actions.people import change_person, join_region, leave_region
from security.actions.policies import change_policy
from security.actions.teams import add_team, change_team, delete_team
from security.actions.work import change_work
from security.admin_forms import PersonForm, told
from security.admin_work import TeamForm, WorkForm
from security.errors import Refusal
from security.models import Operation, Region, Seal, SecurityPolicy, Team, User, WorkProfile
from security.writing import write

# The levels are Django groups written from the code: changed or deleted here they would only lock people out.
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(admin.ModelAdmin[User]):
    form = PersonForm
    list_display = ("name", "email", "is_active", "is_staff")
    search_fields = ("name", "email")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people are added with a password by `manage.py add_person`

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # a person who left is made inactive; their name stays on what they wrote

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> type[PersonForm]:  # type: ignore[override]
        form: type[PersonForm] = super().get_form(request, obj, **kwargs)  # type: ignore[assignment]
        form.by = access_of(request.user)  # type: ignore[arg-type]
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the form found right may be refused a moment later, when two admins act at once."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            self.message_user(request, told(refusal), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        by = access_of(request.user)  # type: ignore[arg-type]
        wanted, present = set(form.cleaned_data["in_regions"]), set(obj.regions.all())
        with write(by=by):
            change_person(
                by=by, user=obj, changed=[name for name in form.changed_data if name in PersonForm.Meta.fields]
            )
            if not obj.groups.filter(name=form.cleaned_data["level"]).exists():
                set_level(by=by, user=obj, level=form.cleaned_data["level"])
            for region in wanted - present:
                join_region(by=by, user=obj, region=region)
            for region in present - wanted:
                leave_region(by=by, user=obj, region=region)


class ByAction(admin.ModelAdmin[Any]):
    """What is written through actions, which may refuse: the refusal is shown, nothing is changed."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            self.message_user(request, told(refusal), messages.ERROR)
            return HttpResponseRedirect(request.path)


@admin.register(Team)
class TeamAdmin(ByAction):
    form = TeamForm
    list_display = ("name", "region")
    list_filter = ("region",)
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(region_id__in=access_of(request.user).region_ids)  # type: ignore[arg-type]

    def save_model(self, request: HttpRequest, obj: Team, form: Any, change: bool) -> None:  # noqa: FBT001
        by = access_of(request.user)  # type: ignore[arg-type]
        people = [person.pk for person in form.cleaned_data["in_team"]]
        if change:
            change_team(by=by, team_id=obj.pk, name=form.cleaned_data["name"], people=people)
        else:
            obj.pk = add_team(by=by, region=obj.region, name=obj.name, people=people).pk

    def delete_model(self, request: HttpRequest, obj: Team) -> None:
        delete_team(by=access_of(request.user), team_id=obj.pk)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for team in queryset:
            self.delete_model(request, team)


@admin.register(WorkProfile)
class WorkAdmin(ByAction):
    form = WorkForm
    list_display = ("user", "languages", "skills", "capacity")

    def get_queryset(self, request: HttpRequest) -> Any:
        mine = access_of(request.user).region_ids  # type: ignore[arg-type]
        return super().get_queryset(request).filter(user__memberships__region_id__in=mine).distinct()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # emptied, it says nothing either

    def save_model(self, request: HttpRequest, obj: WorkProfile, form: Any, change: bool) -> None:  # noqa: FBT001
        fields = {name: form.cleaned_data[name] for name in ("languages", "skills", "capacity")}
        change_work(by=access_of(request.user), user_id=obj.user_id, **fields)  # type: ignore[arg-type]


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Looking, not touching."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RegionOfLine(admin.SimpleListFilter):
    """By the names of regions: looking for those that occur would read the whole log."""

    title, parameter_name = _("region"), "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(region.pk), region.name) for region in Region.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Operation]) -> QuerySet[Operation]:
        value = self.value()
        return queryset.filter(region_id=value) if value and value.isdecimal() else queryset


@admin.register(Operation)
class OperationAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor_kind", "actor_id", "action", "subject_kind", "subject_id", "region_id", "ip", "device")
    list_filter = ("actor_kind", RegionOfLine)
    search_fields = ("=actor_id", "^action", "=subject_id", "=ip")
    search_help_text = _(
        "The id of a person or an object, the beginning of a deed (conversation.assigned), an address."
    )
    exclude = ("key_id", "words")  # readable in the client, for those who may see the object
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ("number", "first_id", "last_id", "count", "sealed_at")
    exclude = ("root", "previous", "digest", "leaves")
    ordering = ("-number",)
    show_full_result_count = False


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "time_zone")


class PolicyAdmin(admin.ModelAdmin[Any]):
    """One row of settings: opened from the list, changed through the action, never added or deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not self.model._default_manager.exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        change_policy(by=access_of(request.user), policy=obj, changed=form.changed_data)  # type: ignore[arg-type]


admin.site.register(SecurityPolicy, PolicyAdmin)
