"""People: added, changed, put out; with everything they hold on one page."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display

from security.access import Access
from security.actions.duties import give_duty, take_duty
from security.actions.invitations import invite
from security.actions.levels import set_level
from security.actions.people import add_person, change_person, join_region, leave_region
from security.admin.acts import Act, ActingAdmin, Shown, show_once
from security.admin.base import by
from security.admin.filters import LevelFilter, LockedFilter
from security.admin.links import link_kept, to_link
from security.admin.person_acts import ACTS, link_words
from security.admin.person_forms import AddPersonForm, ChangePersonForm
from security.admin.person_panels import panels_of
from security.levels import LEVELS
from security.models import User

_COLOURS = {"admin": "danger", "supervisor": "warning", "senior": "info", "agent": "success", "observer": ""}
_GRAVE = {"email", "level", "is_active", "duties", "in_regions"}


@admin.register(User)
class PersonAdmin(ActingAdmin):
    grave = True
    list_display = ("person", "email", "level", "places", "can_sign_in", "last_login")
    list_display_links = ("person",)
    list_filter = (LevelFilter, "is_active", LockedFilter, ("regions", RelatedDropdownFilter))
    search_fields = ("name", "email")
    search_help_text = _("Name or e-mail address")
    ordering = ("name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "email", "level", "in_regions", "duties")}),
        (_("Settings"), {"fields": ("language", "time_zone", "hired_on", "availability", "is_active")}),
        (_("Reason"), {"fields": ("reason",)}),
    )
    add_fieldsets = (
        (None, {"fields": ("name", "email", "level", "in_regions")}),
        (_("Settings"), {"fields": ("language", "time_zone", "hired_on")}),
        (_("Signing in"), {"fields": ("password", "reason")}),
    )
    change_form_outer_after_template = "kefu_admin/person_panels.html"
    acts: ClassVar[Sequence[Act]] = ACTS

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups", "regions")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        kwargs["form"] = ChangePersonForm if obj is not None else AddPersonForm
        return super().get_form(request, obj, change=change, **kwargs)

    @display(description=_("name"), ordering="name", header=True)
    def person(self, row: User) -> list[str]:
        return [row.name, "", row.name[:1]]

    @display(description=_("level"), label=_COLOURS)
    def level(self, row: User) -> tuple[str, Any]:
        held = {group.name for group in row.groups.all()}
        return next(((name, words) for name, words in LEVELS if name in held), ("", _("none")))

    @display(description=_("regions"))
    def places(self, row: User) -> str:
        return ", ".join(region.name for region in row.regions.all()) or "—"

    @display(description=_("may sign in"), boolean=True, ordering="is_active")
    def can_sign_in(self, row: User) -> bool:
        return row.is_active and row.locked_at is None

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"panels": panels_of(by(request), row)}

    def is_grave(self, form: Any, *, change: bool) -> bool:
        return bool(_GRAVE & set(form.changed_data)) and (change or form.cleaned_data["level"] == "admin")

    def perform(self, who: Access, obj: User, form: Any, *, change: bool) -> None:
        if change:
            _change(who, obj, form)
        else:
            _add(who, obj, form.cleaned_data)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: Any = None) -> HttpResponse:
        if not getattr(obj, "kefu_invited", False):
            return super().response_add(request, obj, post_url_continue)
        return to_link(request, obj)

    def _once(self, request: HttpRequest, row: Any, shown: Shown) -> HttpResponse:
        return to_link(request, row)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.link_page)
        return [path("<int:person_id>/link/", page, name="security_user_link"), *super().get_urls()]

    def link_page(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Where the answer to making a link leads: loading it again makes nothing again."""
        row = self.get_object(request, str(person_id))
        link = None if row is None else link_kept(request, row)
        if row is None or link is None:
            messages.warning(request, _("The link is not shown any more; make a new one under Actions."))
            return redirect("admin:security_user_changelist" if row is None else self.after([row]))
        address = request.build_absolute_uri(reverse("admin:welcome", args=link))
        return show_once(self, request, link_words(address), back=self.after([row]))


def _add(who: Access, obj: User, given: dict[str, Any]) -> None:
    made = add_person(
        by=who,
        email=given["email"],
        name=given["name"],
        password=given["password"] or None,
        level=given["level"],
        regions=given["in_regions"],
        language=given["language"],
        time_zone=given["time_zone"],
        hired_on=given["hired_on"],
        reason=given["reason"],
    )
    obj.pk = made.pk
    if not given["password"]:
        invite(by=who, user=made, needed=False)
        obj.kefu_invited = True  # type: ignore[attr-defined]


def _change(who: Access, obj: User, form: Any) -> None:
    """Being put out comes last: whoever may not be, keeps everything else as well."""
    given, reason = form.cleaned_data, form.cleaned_data["reason"]
    own = [name for name in form.changed_data if name in ChangePersonForm.Meta.fields]
    change_person(by=who, user=obj, changed=own, reason=reason)
    if "level" in form.changed_data:
        set_level(by=who, user=obj, level=given["level"], reason=reason)
    wanted, present = set(given["in_regions"]), set(obj.regions.all())
    for region in wanted - present:
        join_region(by=who, user=obj, region=region)
    for region in present - wanted:
        leave_region(by=who, user=obj, region=region, reason=reason)
    if "duties" in form.changed_data:
        held = set(obj.duty_holdings.values_list("duty", flat=True))
        for duty in sorted(held - set(given["duties"])):
            take_duty(by=who, user=obj, duty=duty, reason=reason)
        for duty in sorted(set(given["duties"]) - held):
            give_duty(by=who, user=obj, duty=duty, reason=reason)
