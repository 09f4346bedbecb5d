"""Regions: added, renamed, moved to another time zone; who works there, and who sees them besides."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.people import add_region
from security.actions.regions import change_region
from security.admin import fields
from security.admin.acts import Act, ActingAdmin
from security.admin.base import RefusableForm, by
from security.admin.object_panels import panels_of_object
from security.admin.sight_forms import LET_SEE
from security.models import Region


class RegionForm(RefusableForm):
    called: ClassVar[Mapping[str, str]] = {}
    name = fields.words(_("Region name"), longest=80)
    code = fields.words(
        _("Code"),
        longest=32,
        help_text=_("Small letters, digits and hyphens; it stays as it is."),
    )
    time_zone = fields.choice(
        _("Time zone"), (), searched=True, help_text=_("Service hours and promised times are counted in it.")
    )

    class Meta:
        model = Region
        fields = ("name", "code", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.instance.time_zone or "Asia/Taipei"
        self.fields["time_zone"].choices = fields.time_zones(zone)  # type: ignore[attr-defined]
        self.fields["time_zone"].initial = zone
        self.fields["code"].disabled = self.instance.pk is not None


@admin.register(Region)
class RegionAdmin(ActingAdmin):
    form = RegionForm
    list_display = ("name", "code", "time_zone", "people_count")
    search_fields = ("name", "code")
    fields = ("name", "code", "time_zone")
    acts: ClassVar[Sequence[Act]] = (LET_SEE,)
    change_form_outer_after_template = "kefu_admin/person_panels.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        active = Count("memberships", filter=Q(memberships__user__is_active=True))
        return super().get_queryset(request).annotate(active=active)

    @display(description=_("people"), ordering="active")
    def people_count(self, row: Any) -> int:
        return int(row.active)

    def acts_for(self, request: HttpRequest, row: Any) -> list[Act]:
        return [act for act in super().acts_for(request, row) if row.pk in by(request).region_ids]

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"panels": panels_of_object(by(request), row)}

    def perform(self, who: Access, obj: Region, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        if change:
            change_region(by=who, region_id=obj.pk, name=given["name"], time_zone=given["time_zone"])
        else:
            obj.pk = add_region(by=who, code=given["code"], name=given["name"], time_zone=given["time_zone"]).pk
