"""Channels and team replies, to be read; the links lead to where they are changed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from inbox.models import AssignmentRule, CannedReply, Channel, Holiday, ServiceHours, SlaPolicy
from inbox.models.assigning import METHODS
from security.access import Access
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin, by
from security.admin.object_panels import panels_of_object, register_panel
from security.admin.person_panels import Panel
from security.admin.sight_forms import LET_SEE
from security.models import Region


class ScopedReadOnlyAdmin(ReadOnlyAdmin):
    """Opens the closed manager for the admin who looks: regions hold in the admin too (PM-3)."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        self.reader = by(request)
        rows: QuerySet[Any] = self.model._default_manager.visible_to(self.reader)
        return rows.order_by(*(self.get_ordering(request) or ("pk",)))


@admin.register(Channel)
class ChannelAdmin(ActingAdmin, ScopedReadOnlyAdmin):
    list_display = ("name", "region", "phone", "provider", "state_words", "live_since")
    list_filter = (("state", ChoicesDropdownFilter), ("provider", ChoicesDropdownFilter))
    list_select_related = ("region",)
    search_fields = ("name", "phone")
    fields = ("name", "region", "phone", "provider", "base_url", "state", "paused_reason", "live_since")
    acts: ClassVar[Sequence[Act]] = (LET_SEE,)
    change_form_outer_after_template = "kefu_admin/person_panels.html"

    @display(description=_("state"), ordering="state", label={"active": "success", "paused": "warning"})
    def state_words(self, row: Channel) -> tuple[str, Any]:
        return row.state, row.get_state_display()

    def opened(self) -> Any:
        return Channel.objects.for_system("buttons of a page that was opened for its reader")

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"panels": panels_of_object(by(request), row)}


@admin.register(CannedReply)
class CannedReplyAdmin(ScopedReadOnlyAdmin):
    list_display = ("shortcut", "title", "region", "owner")
    fields = ("shortcut", "title", "region", "owner", "text")
    list_select_related = ("region", "owner")
    search_fields = ("shortcut", "title")


def _assignment(who: Access, row: Any) -> Panel:
    rule = AssignmentRule.objects.filter(channel=row).select_related("team").first()
    method = str(dict(METHODS)[rule.method]) if rule is not None else str(dict(METHODS)["off"])
    told = [method, *([rule.team.name] if rule is not None and rule.team else [])]
    return Panel(_now("Assignment"), words=" · ".join(told), more="/assigning")


def _service(who: Access, row: Region) -> Panel | None:
    if row.pk not in who.region_ids:
        return None
    of_region = [model.objects.visible_to(who).filter(region=row) for model in (ServiceHours, Holiday, SlaPolicy)]
    hours, holidays, promises = (rows.count() for rows in of_region)
    open_words = _now("%(n)s spans a week") % {"n": hours} if hours else _now("round the clock")
    cells = [
        (_now("Service hours"), open_words),
        (_now("Holidays"), holidays),
        (_now("Promised times"), promises),
        ("", format_html('<a href="/settings/service">{}</a>', _now("Change them in the inbox's settings"))),
    ]
    return Panel(_now("Service"), (), cells)


register_panel("inbox.channel", _assignment)
register_panel("security.region", _service)
